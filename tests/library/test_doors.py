"""What comes in: arrays that compute in another way are refused, and hints work when followed."""

import re

import numpy as np
import pytest
import scipy.sparse

import dlcourse as dl

X, Y = dl.moons(40)
MODEL = dl.Sequential(dl.Linear(2, 6), dl.BatchNorm(6), dl.Linear(6, 2))


class Plain(np.ndarray):
    """A subclass that changes nothing."""


class Scaled(np.ndarray):
    def __mul__(self, other):
        return 2 * np.asarray(self) * other


class Carries(np.ndarray):
    """A mask that NumPy would drop in silence."""

    def __array_finalize__(self, obj):
        self.mask = getattr(obj, "mask", None)


class Picks(np.ndarray):
    def __getitem__(self, key):
        return np.asarray(self)[::-1][key]


ODD = {
    "matrix": np.matrix,
    "masked": lambda x: np.ma.masked_less(x, 0),
    "scaled": lambda x: x.view(Scaled),
    "carries": lambda x: x.view(Carries),
    "picks": lambda x: x.view(Picks),
}
FINE = {
    "subclass": lambda x: x.view(Plain),
    "recarray": lambda x: x.view(np.recarray),
    "fortran": np.asfortranarray,
    "reversed": lambda x: x[::-1].copy()[::-1],
}

# every place where an array of inputs or outputs comes in
DOORS = {
    "predict": lambda x: MODEL.predict(x),
    "forward": lambda x: MODEL.forward(x),
    "accuracy": lambda x: dl.accuracy(MODEL, x, Y),
    "evaluate": lambda x: dl.evaluate(MODEL, x, Y),
    "fit": lambda x: dl.fit(MODEL, (x, Y), optimizer=dl.SGD(1e-9), epochs=1).loss,
    "fit, valid": lambda x: dl.fit(MODEL, (X, Y), (x, Y), optimizer=dl.SGD(1e-9), epochs=1).loss,
    "Linear": lambda x: dl.Linear(2, 3).start(np.random.default_rng(0)).forward(x),
    "LayerNorm": lambda x: dl.LayerNorm(2).start(np.random.default_rng(0)).forward(x),
    "GELU": lambda x: dl.GELU().forward(x),
    "Dropout": lambda x: dl.Dropout(0.5).start(np.random.default_rng(0)).forward(x, train=True),
    "softmax": lambda x: dl.softmax_cross_entropy(x, Y)[1],
    "mean squared, z": lambda x: dl.mean_squared_error(x, X)[1],
    "mean squared, y": lambda x: dl.mean_squared_error(X, x)[1],
    "check_gradients": lambda x: list(dl.check_gradients(dl.Tanh(), x).values()),
    "statistics": lambda x: dl.activation_statistics(MODEL, x)["mean"],
    "optimizer": lambda x: dl.SGD(0.1).step(np.zeros_like(X), x),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", ODD)
def test_what_computes_in_another_way_is_refused(door, kind):
    before = MODEL.theta.copy()
    with pytest.raises(TypeError, match="plain NumPy array but got .*convert it first"):
        DOORS[door](ODD[kind](X.copy()))
    assert np.array_equal(MODEL.theta, before)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", FINE)
def test_what_computes_alike_gives_the_same_bits(door, kind):
    got, right = DOORS[door](FINE[kind](X.copy())), DOORS[door](X)
    np.testing.assert_array_equal(np.asarray(got, float), np.asarray(right, float))


def test_a_file_in_memory_works(tmp_path):
    np.save(tmp_path / "x.npy", X)
    x = np.load(tmp_path / "x.npy", mmap_mode="r")
    assert np.array_equal(MODEL.predict(x), MODEL.predict(X))
    dl.fit(MODEL, (x, Y), optimizer=dl.SGD(1e-9), epochs=1)


def follow(call, names):
    """Do what the error of `call` says and give the result."""
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    hint = str(caught.value).rsplit("; ", 1)[1]
    return eval(re.sub(r"^[^:]*: ", "", hint).split(", or ")[0], {"np": np, **names})


TEXT = np.array(["no", "yes"])[Y]
LABELS = [
    TEXT,
    list(TEXT),
    Y[:, None],
    Y.astype(bool),
    Y.astype(float),
    Y.astype(object),
    np.eye(2)[Y],
    Y.astype(str),
]


@pytest.mark.parametrize("labels", LABELS, ids=str)
def test_hints_for_labels_work(labels):
    right, _ = dl.softmax_cross_entropy(X, Y)
    followed = follow(lambda: dl.softmax_cross_entropy(X, labels), {"labels": labels})
    assert dl.softmax_cross_entropy(X, followed)[0] == right


INPUTS = [
    scipy.sparse.csr_matrix(X),
    scipy.sparse.coo_array(X),
    X.tolist(),
    (X * 4).astype(int),
    X.astype(object),
    X.astype(str),
    np.matrix(X),
    X.astype(">f4"),
    X.astype(np.float64),
    X[0],
]


@pytest.mark.parametrize("x", INPUTS, ids=lambda x: type(x).__name__)
def test_hints_for_inputs_work(x):
    for _ in range(3):  # a second hint may follow the first
        try:
            assert MODEL.predict(x).shape[1] == 2
        except (TypeError, ValueError):
            x = follow(lambda x=x: MODEL.predict(x), {"x": x})
    assert MODEL.predict(x).shape[1] == 2


def test_hints_for_tables_and_tensors_work():
    pd, torch = pytest.importorskip("pandas"), pytest.importorskip("torch")
    for x in (pd.DataFrame(X), torch.tensor(X), torch.tensor(X, requires_grad=True)):
        x = follow(lambda x=x: MODEL.predict(x), {"x": x})
        assert MODEL.predict(x).shape == (40, 2)


WRONG = {
    "text": (TEXT[:, None].repeat(2, 1), "'"),
    "complex": (X + 1j, "complex"),
    "dates": (X.astype("datetime64[D]"), "dates"),
    "spans": (X.astype("timedelta64[D]"), "spans of time"),
    "bool": (X > 0, "True and False"),
    "None": (np.where(X > 1, None, X), "None at"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_targets_that_are_no_numbers_are_named(kind):
    y, words = WRONG[kind]
    with pytest.raises(TypeError, match=f"y must be numbers but hold .*{words}"):
        dl.mean_squared_error(X, y)
    with pytest.raises(TypeError, match=f"labels must be whole numbers but hold .*{words}"):
        dl.softmax_cross_entropy(X, y[:, 0] if kind != "None" else np.where(Y > 0, None, Y))


def test_one_output_for_two_classes():
    with pytest.raises(ValueError, match="two outputs: Linear"):
        dl.softmax_cross_entropy(X[:, :1], Y)


UNCLEAR = {
    "predict 0-d": lambda: MODEL.predict(np.array(1.0, np.float32)),
    "check_gradients 0-d": lambda: dl.check_gradients(dl.Tanh(), np.array(1.0)),
    "statistics of no rows": lambda: dl.activation_statistics(MODEL, X[:0]),
    "accuracy of no rows": lambda: dl.accuracy(MODEL, X[:0], Y[:0]),
    "subnetworks of a list": lambda: dl.subnetworks(MODEL, X.tolist()),
    "monte_carlo of a list": lambda: dl.monte_carlo(dl.Sequential(dl.Dropout()), X.tolist(), 2),
    "update_ratio of a list": lambda: dl.update_ratio(MODEL, MODEL.theta.tolist()),
    "state, a list": lambda: MODEL.load_state_dict([1]),
    "state, None": lambda: MODEL.load_state_dict(None),
    "vector of text": lambda: MODEL.vector(lambda layer, name, array: "a"),
    "vector of a shape": lambda: MODEL.vector(lambda layer, name, array: np.ones(3)),
    "vector of NaN": lambda: MODEL.vector(lambda layer, name, array: np.nan),
}


@pytest.mark.parametrize("call", UNCLEAR)
def test_clear_errors(call):
    with pytest.raises((TypeError, ValueError), match=r"must|needs"):
        UNCLEAR[call]()
