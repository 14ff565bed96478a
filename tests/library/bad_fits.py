"""Calls of `fit` that are wrong in one thing, and what must be so after each of them."""

from types import SimpleNamespace

import numpy as np
import pytest
from cases import network, same_states

import dlcourse as dl

X, Y = dl.moons(41)  # 41 = 3 * 13 + 2: no batch of one
XV, YV = dl.moons(30, seed=1)
V, T = ValueError, TypeError


class Plain:
    """A student's optimizer: lr and step(w, g), nothing else."""

    def __init__(self, lr):
        self.lr = lr
        self.v = None

    def step(self, w, g):
        self.v = g.copy() if self.v is None else 0.9 * self.v + g
        w -= self.lr * self.v


class Saving(Plain):
    def state_dict(self):
        return {} if self.v is None else {"v": self.v.copy()}

    def load_state_dict(self, state, like):
        self.v = state["v"].copy() if "v" in state else None


class NoLike(Saving):
    def load_state_dict(self, state):
        pass


class HoldsNone(Saving):
    def state_dict(self):
        return {"v": self.v}


class ReadOnly(Plain):
    lr = property(lambda self: 0.1)

    def __init__(self):
        self.v = None


class Closure(Plain):
    def step(self, closure=None):
        pass


def changed(labels, index, value):
    labels = np.array(labels, np.result_type(labels.dtype, np.asarray(value).dtype))
    labels[index] = value
    return labels


def wrapped(z, y):
    """A loss of one's own around ours."""
    return dl.softmax_cross_entropy(z, y)


def regression():
    return dl.Sequential(dl.Linear(2, 1))


def norm_at_the_end():
    return dl.Sequential(dl.Linear(2, 3), dl.ReLU(), dl.Linear(3, 2), dl.BatchNorm(2))


# what differs from a call that works, the error, and what its text must hold
BAD_DATA = [
    ({"batch_size": 20}, V, "BatchNorm(8) needs at least 2 rows", "41", "batches of 20", "x[:-1]"),
    ({"batch_size": 1}, V, "needs at least 2 rows", "batch of one"),
    ({"train": (X[:1], Y[:1])}, V, "needs at least 2 rows", "1 examples"),
    ({"model": norm_at_the_end, "batch_size": 8}, V, "BatchNorm(2) needs", "batches of 8"),
    *(
        ({"train": (X, changed(Y, i, bad)), "loss": loss}, V, "from 0 to 1", f"got {bad}")
        for i in (0, 17, -1)
        for bad in (2, -1)
        for loss in (dl.softmax_cross_entropy, wrapped)
    ),
    ({"valid": (XV, changed(YV, -1, 2))}, V, "from 0 to 1", "got 2"),
    ({"valid": (XV, changed(YV, 29, -1)), "loss": wrapped}, V, "from 0 to 1", "got -1"),
    ({"train": (X, Y * 1.0)}, T, "whole numbers", "float64"),
    ({"train": (X, Y == 1)}, T, "whole numbers", "bool"),
    ({"train": (X, np.array(["a", "b"])[Y])}, T, "train targets", "<U1", "return_inverse"),
    ({"train": (X, Y.astype("M8[s]"))}, T, "train targets", "datetime64"),
    ({"train": (X, Y.astype(complex))}, T, "train targets", "complex"),
    ({"train": (X, np.array([None] * 41))}, T, "train targets", "object"),
    ({"valid": (XV, YV.astype(object))}, T, "valid targets", "object"),
    ({"train": (X, np.ma.masked_array(Y, Y == 0))}, T, "train targets", "MaskedArray"),
    ({"train": (np.ma.masked_array(X), Y)}, T, "train inputs", "MaskedArray"),
    ({"train": (X.view(np.matrix), Y)}, T, "train inputs", "matrix"),
    ({"valid": (XV, YV[None].view(np.matrix))}, T, "valid targets", "matrix"),
    ({"train": (X, np.array(1))}, V, "train targets", "single value"),
    ({"train": (np.array(1.0), Y)}, V, "train inputs", "single value"),
    ({"train": (X, {1: 2})}, T, "train targets", "dict"),
    ({"train": (X, Y[:, None])}, V, "(41,)", "(41, 1)"),
    ({"train": (X, np.eye(2)[Y].astype(int))}, V, "one-hot", "argmax"),
    ({"train": (X, Y), "loss": dl.mean_squared_error}, V, "the same shape"),
    ({"train": (X, X), "valid": (XV, XV[:, :1]), "loss": dl.mean_squared_error}, V, "same shape"),
    ({"train": (X.astype(float), Y)}, T, "float32", "float64", "x.astype(np.float32)"),
    ({"valid": (XV.astype(float), YV)}, T, "float32", "float64"),
    ({"train": (X[:, :1], Y)}, V, "(N, 2)"),
    ({"valid": (XV[:, :1], YV)}, V, "(N, 2)"),
    ({"valid": (XV[:0], YV[:0])}, V, "valid needs", "0 inputs"),
    ({"train": (changed(X, (40, 1), np.float32(np.nan)), Y)}, V, "train inputs", "NaN"),
    ({"valid": (changed(XV, (29, 1), np.float32(np.inf)), YV)}, V, "valid inputs", "infinite"),
    ({"model": lambda: "net"}, T, "model must be a network", "'net'"),
]
BAD_SETTINGS = [
    ({"loss": None}, T, "loss must be a function"),
    ({"loss": lambda z, y: 1.0}, T, "loss must return two things", "float"),
    ({"loss": lambda z, y: (z, z)}, T, "loss must return a number first"),
    ({"loss": lambda z, y: (1.0, None)}, T, "gradient like the outputs", "None"),
    ({"loss": lambda z, y: (1.0, z[:1])}, T, "gradient like the outputs"),
    ({"loss": lambda z, y: (1.0, z.astype(float))}, T, "gradient like", "float64"),
    ({"on_epoch": "print"}, T, "on_epoch must be a function", "'print'"),
    ({"schedule": 0.5}, T, "schedule must be a function", "0.5"),
    ({"schedule": lambda t: "half"}, T, "schedule(1)", "'half'"),
    ({"schedule": lambda t: np.nan}, V, "schedule(1)", "nan"),
    ({"schedule": lambda t: -1.0}, V, "schedule(1)", "-1"),
    ({"schedule": lambda t: np.ones(2)}, T, "schedule(1)"),
    ({"schedule": lambda: 1.0}, T, "argument"),
    ({"epochs": 0}, V, "epochs must be at least 1"),
    ({"epochs": 2.0}, T, "epochs must be a whole number"),
    ({"batch_size": 0}, V, "batch_size must be at least 1"),
    ({"batch_size": True}, T, "batch_size must be a whole number"),
    ({"seed": -1}, V, "seed must be at least 0"),
    ({"patience": 0}, V, "patience must be at least 1"),
    ({"patience": 2, "valid": None}, V, "patience=2 needs validation data"),
    ({"patience": 2, "monitor": "loss"}, V, "monitor must be one of", "valid_accuracy", "'loss'"),
    ({"patience": 2, "monitor": ["valid_loss"]}, V, "monitor must be one of"),
    ({"patience": 2, "min_delta": -0.1}, V, "min_delta must be at least 0"),
    ({"patience": 2, "min_delta": np.nan}, V, "min_delta must be finite"),
    ({"monitor": "valid_accuracy"}, V, "do nothing without patience", "patience=5"),
    ({"min_delta": 0.1}, V, "do nothing without patience"),
    (
        {
            "model": regression,
            "train": (X, X[:, :1]),
            "valid": (XV, XV[:, :1]),
            "loss": dl.mean_squared_error,
            "patience": 2,
            "monitor": "valid_accuracy",
        },
        V,
        "monitor='valid_accuracy' needs class numbers",
        "monitor='valid_loss'",
    ),
    ({"optimizer": "adam"}, T, "lr and step(w, g)", "'adam'"),
    ({"optimizer": dl.Adam}, T, "lr and step(w, g)"),
    ({"optimizer": SimpleNamespace(lr=0.1, step=3)}, T, "lr and step(w, g)"),
    ({"optimizer": Plain("0.1")}, T, "optimizer.lr must be a number", "'0.1'"),
    ({"optimizer": Plain(np.nan)}, V, "optimizer.lr must be finite"),
    ({"optimizer": ReadOnly()}, T, "lr must be an attribute that can be set"),
    ({"optimizer": Closure(0.1)}, T, "step must take (w, g)"),
]
SAVING = [
    ({"optimizer": Plain(0.1)}, T, "no state_dict and no load_state_dict", "leave out checkpoint"),
    ({"optimizer": NoLike(0.1)}, T, "load_state_dict must take (state, like)"),
    ({"optimizer": HoldsNone(0.1)}, T, "'v'", "leave out what is not there yet"),
]


def refused(folder, changes, error, *fragments, **more):
    """The call raises; network, optimizer, streams, data and files keep every bit."""
    call = {"model": network, "train": (X, Y), "valid": (XV, YV), "optimizer": dl.Adam()}
    call |= {"epochs": 2, "batch_size": 13, **more, **changes}
    model = call.pop("model")()
    train, optimizer = call.pop("train"), call["optimizer"]
    if isinstance(optimizer, dl.Optimizer) and hasattr(model, "theta"):  # in the middle of its way
        optimizer.step(model.theta, np.ones_like(model.theta))

    def everything():
        states = [o.state_dict() for o in (model,) if hasattr(o, "theta")]
        inside = {} if isinstance(optimizer, type) else dict(getattr(optimizer, "__dict__", {}))
        return [
            *states,
            {"inside": np.array(repr(inside))},
            {"grad": getattr(model, "grad", np.zeros(0)).copy()},
            {path.name: np.array(raw_of(path)) for path in sorted(folder.iterdir())},
            {"data": np.array(repr((train, call["valid"])))},
        ]

    before = everything()
    with pytest.raises(error) as caught:
        dl.fit(model, train, **call)
    for fragment in fragments:
        assert fragment in str(caught.value), str(caught.value)
    for a, b in zip(before, everything(), strict=True):
        assert same_states(a, b)


def raw_of(path):
    return repr((path.lstat().st_mode, path.read_bytes() if path.is_file() else ""))
