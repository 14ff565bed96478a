"""Early stopping: the best epoch comes back, the run ends, and a killed one ends the same way."""

import numpy as np
import pytest
from cases import network, same_bits, same_states

import dlcourse as dl
from dlcourse import History
from dlcourse.early_stopping import EarlyStopping

TRAIN = dl.moons(61, noise=0.3)
VALID = dl.moons(50, noise=0.3, seed=1)
FIELDS = ("loss", "lr", "valid_loss", "valid_accuracy")


def learned(model):
    """What early stopping brings back: weights and running statistics, not streams of masks."""
    return {k: v for k, v in model.state_dict().items() if not k.endswith("rng")}


def run(model=None, optimizer=None, **call):
    call = {"epochs": 60, "batch_size": 20, "patience": 3, "seed": 2} | call
    model = network() if model is None else model
    optimizer = dl.Adam(0.05) if optimizer is None else optimizer
    call.setdefault("batch_size", 20)
    train = call.pop("train", (TRAIN[0][:60], TRAIN[1][:60]))
    return model, dl.fit(model, train, VALID, optimizer=optimizer, **call)


def best_by_hand(values, lower, min_delta):
    """The best epoch after each epoch, in the plainest words."""
    best, so_far = 0, []
    for i, value in enumerate(values):
        gain = values[best] - value if lower else value - values[best]
        best = i if gain > min_delta else best
        so_far.append(best)
    return so_far


@pytest.mark.parametrize("min_delta", [0.0, 0.02])
@pytest.mark.parametrize("patience", [1, 3, 8])
@pytest.mark.parametrize("monitor", ["valid_loss", "valid_accuracy"])
def test_the_best_epoch_by_hand(monitor, patience, min_delta):
    """All weights of a run without patience, and the rule applied to them by hand."""
    states = []
    _, whole = run(patience=None, on_epoch=lambda e, m, h: states.append(learned(m)))
    so_far = best_by_hand(getattr(whole, monitor), monitor == "valid_loss", min_delta)
    last = next(i for i, best in enumerate(so_far) if i - best == patience)
    model, history = run(patience=patience, monitor=monitor, min_delta=min_delta)
    assert len(history) == last + 1 < 60
    assert history.stopped is True
    assert history.best_epoch == so_far[last]
    assert same_states(learned(model), states[history.best_epoch])
    for field in FIELDS:
        assert same_bits(getattr(history, field), getattr(whole, field)[: last + 1])
    loss, accuracy = dl.evaluate(model, *VALID)
    assert loss == history.valid_loss[history.best_epoch]
    assert accuracy == history.valid_accuracy[history.best_epoch]
    assert f"best epoch {history.best_epoch}, stopped)" in repr(history)


def test_patience_of_all_epochs_restores_the_best_and_never_stops():
    model, history = run(patience=60)
    assert (len(history), history.stopped) == (60, False)
    assert history.best_epoch == history.valid_loss.argmin() < 59
    assert dl.evaluate(model, *VALID)[0] == history.valid_loss.min()


def test_without_patience_nothing_is_restored():
    states = []
    model, history = run(
        patience=None, epochs=9, on_epoch=lambda e, m, h: states.append(learned(m))
    )
    assert (history.best_epoch, history.stopped) == (None, False)
    assert same_states(learned(model), states[-1])


@pytest.mark.parametrize("answer", [True, np.True_])
@pytest.mark.parametrize("patience", [None, 60])
def test_on_epoch_ends_training_by_returning_true(tmp_path, answer, patience):
    def enough(epoch, model, history):
        return answer if epoch == 4 else None

    path = tmp_path / "run.npz"
    model, history = run(patience=patience, on_epoch=enough, checkpoint=path)
    assert (len(history), history.stopped) == (5, True)
    again, second = run(patience=patience, checkpoint=path)  # stays stopped, even without on_epoch
    assert (len(second), second.stopped, second.best_epoch) == (5, True, history.best_epoch)
    assert same_states(model.state_dict(), again.state_dict())
    longer, _ = run(patience=patience, epochs=80, checkpoint=path)
    assert same_states(model.state_dict(), longer.state_dict())


@pytest.mark.parametrize("answer", [None, False, np.False_, 1, "stop", [True], np.ones(3), {1: 2}])
def test_any_other_answer_does_not_end_training(answer):
    """setdefault, append and the like return what was never meant as an order."""
    _, history = run(epochs=3, on_epoch=lambda *_: answer)
    assert (len(history), history.stopped) == (3, False)


def test_a_condition_on_the_history_ends_training():
    _, history = run(patience=None, on_epoch=lambda e, m, h: h.loss[-1] < 0.3)
    assert history.loss[-1] < 0.3 <= history.loss[:-1].min()
    assert history.stopped is True


def test_whatever_ends_training_the_best_weights_come_back():
    class Stop(BaseException):
        pass

    states = []

    def on_epoch(epoch, model, history):
        states.append(learned(model))
        if epoch == 12:
            raise Stop

    model, optimizer = network(), dl.Adam(0.05)
    with pytest.raises(Stop):
        run(model, optimizer, patience=30, on_epoch=on_epoch)
    losses = run(patience=None, epochs=13)[1].valid_loss
    assert losses.argmin() < 12
    assert same_states(learned(model), states[losses.argmin()])


def test_divergence_leaves_the_best_weights_and_the_history():
    def poison(epoch, model, history):
        if epoch == 5:
            model.theta[:] = np.nan

    model = network()
    with pytest.raises(dl.Diverged) as caught:
        run(model, on_epoch=poison, patience=9)
    history = caught.value.history
    assert len(history) == 6
    assert dl.evaluate(model, *VALID)[0] == history.valid_loss[history.best_epoch]


def test_the_network_can_be_trained_on_from_the_best_epoch():
    model, optimizer = network(), dl.Adam(0.05)
    run(model, optimizer)
    before = model.theta.copy()
    _, history = run(model, optimizer, epochs=1, patience=None)
    assert len(history) == 1
    assert not np.array_equal(before, model.theta)


def test_the_rule_alone():
    """Ties are no gain; min_delta is strict; what is kept is a copy."""
    model, history = dl.Sequential(dl.Linear(1, 1)), History()
    stopping = EarlyStopping(2, "valid_accuracy", 0.125)
    ended = []
    for value in (0.5, 0.5, 0.625, 0.75, 0.8125):
        history.add(1.0, 0.1, 1.0, value)
        model.theta[:] = value
        ended.append(stopping.look(model, history))
    assert ended == [False, False, True, False, False]
    assert history.best_epoch == 3
    model.theta[:] = 0
    stopping.restore(model)
    assert model.theta.tolist() == [0.75, 0.75]


def test_the_figure_marks_the_best_epoch():
    pytest.importorskip("matplotlib").use("agg")
    _, history = run()
    labels = [line.get_label() for line in history.plot().axes[0].lines]
    assert labels == ["training", "validation", "best epoch"]
    mark = history.plot().axes[0].lines[-1]
    assert set(mark.get_xdata()) == {history.best_epoch + 1}
    _, plain = run(patience=None, epochs=2)
    assert len(plain.plot().axes[0].lines) == 2
