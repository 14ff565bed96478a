"""Loss and accuracy: what goes in is looked at, and outputs that are no numbers are no result."""

import numpy as np
import pytest

import dlcourse as dl

X, Y = dl.moons(40)


def network(value=None):
    model = dl.Sequential(dl.Linear(2, 4), dl.ReLU(), dl.Linear(4, 2))
    if value is not None:
        model.theta[-1] = value  # the last bias
    return model


def test_by_hand():
    model = network()
    scores = model.predict(X)
    right = sum(int(row[1] > row[0]) == label for row, label in zip(scores, Y, strict=True))
    assert dl.accuracy(model, X, Y) == right / 40
    loss, share = dl.evaluate(model, X, Y)
    assert share == right / 40
    assert loss == dl.softmax_cross_entropy(scores, Y)[0]


@pytest.mark.parametrize("judge", [dl.accuracy, dl.evaluate])
@pytest.mark.parametrize("n", [1, 40])
def test_outputs_that_are_no_numbers_are_no_accuracy(judge, n):
    with pytest.raises(FloatingPointError, match=rf"{n} of the network's {2 * n} outputs are NaN"):
        judge(network(np.nan), X[:n], Y[:n])
    model = network()
    model.theta[:] = np.nan
    with pytest.raises(FloatingPointError, match="outputs are NaN"):
        judge(model, X[:n], Y[:n])


def test_infinite_scores_are_judged_where_they_are_clear():
    """Minus infinity is a class that is ruled out."""
    assert dl.accuracy(network(-np.inf), X, np.zeros(40, int)) == 1
    assert dl.evaluate(network(-np.inf), X, np.zeros(40, int)) == (0.0, 1.0)


class Lossless(dl.Layer):
    """Right in training; `value` in inference, as running statistics that overflowed."""

    def __init__(self, value):
        self.value = value

    def forward(self, x, train=False):
        y = x.copy() if train else x * np.float32(self.value)
        self.remember(train, y)
        return y

    def backward(self, dy):
        self.recall(dy)
        return dy


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("patience", [None, 2])
def test_fit_says_diverged_for_validation_that_is_no_number(value, patience):
    model = dl.Sequential(dl.Linear(2, 2), Lossless(1.0), dl.Linear(2, 2))

    def later(epoch, model, history):
        if epoch == 1:
            model.layers[1].value = value

    call = {"optimizer": dl.SGD(0.1), "epochs": 5, "on_epoch": later, "patience": patience}
    with pytest.raises(dl.Diverged, match="validation loss .* epoch 2 .*layer 1, Lossless") as e:
        dl.fit(model, (X, Y), (X, Y), **call)
    assert (e.value.epoch, len(e.value.history)) == (2, 2)
    assert np.isfinite(e.value.history.valid_loss).all()


def test_overflowing_running_statistics_are_no_accuracy():
    """Either the statistics stay usable, or fit says Diverged; never accuracy 0.5 and NaN."""
    x = X * np.float32(1e20)
    model = dl.Sequential(dl.BatchNorm(2), dl.Linear(2, 2))
    history, text = None, "the validation loss"
    try:
        history = dl.fit(model, (x, Y), (x, Y), optimizer=dl.SGD(0.1), epochs=5, batch_size=10)
    except dl.Diverged as error:
        text = str(error)
    assert "the validation loss" in text
    if history is not None:
        assert np.isfinite(history.valid_loss).all()
        assert np.isfinite(model.predict(x)).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_loss_of_ones_own_that_is_not_finite_in_validation(value):
    def loss(z, y):
        own, dz = dl.softmax_cross_entropy(z, y)
        return (own if len(z) < 40 else value), dz

    call = {"optimizer": dl.SGD(0.1), "epochs": 5, "batch_size": 10, "loss": loss}
    with pytest.raises(dl.Diverged, match="validation loss .*the loss itself"):
        dl.fit(network(), (X, Y), (X, Y), **call)


@pytest.mark.parametrize("kind", [np.random.MT19937, np.random.Philox, np.random.SFC64])
def test_the_report_does_not_hide_the_error(kind):
    """Whatever goes wrong while looking for the layer, the loss is what is told."""
    model = dl.Sequential(dl.Dropout(0.5), dl.Linear(2, 2))
    model.layers[0].rng = np.random.Generator(kind(0))
    with pytest.raises(dl.Diverged, match="the loss is no longer finite in epoch 0"):
        dl.fit(model, (X, Y), optimizer=dl.SGD(1e38), epochs=1, batch_size=5)


def test_a_layer_that_fails_when_it_is_asked_again_does_not_hide_the_error():
    class Once(Lossless):
        def forward(self, x, train=False):
            if train and hasattr(self, "seen"):
                raise OverflowError("never seen")
            if train:
                self.seen = True
            return super().forward(x, train)

    def loss(z, y):
        return np.nan, z

    call = {"optimizer": dl.SGD(0.1), "epochs": 1, "batch_size": 5, "loss": loss}
    with pytest.raises(dl.Diverged, match=r"loss is no longer finite .*failed: never seen"):
        dl.fit(dl.Sequential(dl.Linear(2, 2), Once(1.0)), (X, Y), **call)


# the door

RNG = np.random.default_rng(0)
JUDGES = {
    "accuracy": lambda x, y: dl.accuracy(network(), x, y),
    "evaluate": lambda x, y: dl.evaluate(network(), x, y),
    "minibatches": lambda x, y: dl.minibatches(x, y, 2, RNG),
    "fit": lambda x, y: dl.fit(network(), (x, y), optimizer=dl.SGD(0.1), epochs=1),
}


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(
    ("y", "fragment"),
    [
        (np.array(1), "single value"),
        (1, "int"),
        (None, "NoneType"),
        (np.ma.masked_array(Y, Y == 1), "MaskedArray"),
        (Y[None].view(np.matrix), "matrix"),
        (np.array(["a", "b"])[Y], "return_inverse"),
        (Y.astype(object), "object"),
        (Y.astype(complex), "complex"),
        (Y.astype("M8[D]"), "datetime64"),
        ({"a": 1}, "dict"),
    ],
    ids=lambda value: f"{value!r:.20}",
)
@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_targets_that_are_refused(judge, y, fragment):
    with pytest.raises((TypeError, ValueError), match=fragment):
        JUDGES[judge](X, y)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(
    "x",
    [np.array(1.0), None, np.ma.masked_array(X, X > 0), X.view(np.matrix), X.astype(object)],
    ids=lambda value: f"{value!r:.20}",
)
@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_inputs_that_are_refused(judge, x):
    with pytest.raises((TypeError, ValueError), match="x|inputs"):
        JUDGES[judge](x, Y)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("kind", [list, tuple, np.uint8, np.int8, ">i8", np.int64])
def test_labels_that_are_fine(judge, kind):
    y = kind(Y.tolist()) if kind in (list, tuple) else Y.astype(kind)
    JUDGES[judge](X, y)


def test_minibatches_refuses_at_the_call():
    """Not at the first batch, which may come much later."""
    with pytest.raises(ValueError, match="of the same length but got 40 and 3"):
        dl.minibatches(X, Y[:3], 2, RNG)
    with pytest.raises(TypeError, match="batch_size must be a whole number"):
        dl.minibatches(X, Y, 2.0, RNG)
