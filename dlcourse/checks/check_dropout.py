"""The check of a dropout layer: masks are random, so it looks at what every mask must keep."""

import numpy as np

from ..dropout import Dropout
from .engine.calling import Call
from .engine.judging import Seen, judge
from .engine.protocol import built, layer_class
from .engine.reporting import check
from .engine.signatures import check_defaults
from .mistakes import MISTAKES

SHAPE = (400, 105)
START = {
    "forward": "if train is False return x; else draw one number per entry of x, "
    "self.rng.random(x.shape), make the mask of those to keep, and scale what is kept",
    "backward": "forward kept the mask; the same mask and the same factor filter dy",
}
PROPERTIES = {
    "share": "a unit is dropped with the probability rate, and kept with 1 - rate",
    "factor": "kept values are multiplied by 1/(1 - rate), so that the mean over masks is x",
    "pattern": "every entry is dropped or kept by a draw of its own",
    "fresh": "every training pass draws a new mask",
    "stream": "the masks come from self.rng and from nothing else: the same seed repeats them",
    "inference": "with train=False nothing is dropped and nothing is scaled: y = x",
    "unmoved": "inference draws no random numbers, so that it can be done at any time",
    "backward": "the gradient goes through the same mask, with the same factor, as the signal",
    "zero": "rate 0 drops nothing",
    "smaller": "a batch of another size (the last of an epoch) gets a mask of its own size",
}


@check
def dropout(cls):
    """Check a dropout layer.

    Parameters
    ----------
    cls : type
        A subclass of `Layer` that can be made by ``cls(rate=0.2)``, draws its masks from
        ``self.rng``, and has ``forward(x, train=False)`` and ``backward(dy)``, as
        `Dropout` has them.

    Raises
    ------
    AssertionError
        If it does anything else than inverted dropout: with what differs, the property
        that is broken, and the known mistake that it equals, if there is one.

    Examples
    --------
    >>> from dlcourse import Dropout, checks
    >>> checks.dropout(Dropout)
    >>> class Mine(Dropout):
    ...     def backward(self, dy):
    ...         return dy
    >>> checks.dropout(Mine)
    Traceback (most recent call last):
    AssertionError: Mine(rate=0.2).backward(dy): ... should be 0 but is 1
      broken property: the gradient goes through the same mask, ...
      likely cause: backward returns dy as it came; dropped units ...
    """
    layer_class(cls, "dropout")
    check_defaults(cls, Dropout, cls.__name__, "rate")
    check_defaults(cls.forward, Dropout.forward, f"{cls.__name__}.forward", "train")
    judge(cls, Dropout, observe, PROPERTIES, MISTAKES["dropout"])


def observe(cls):
    """What can be seen of a dropout layer without knowing how it draws its masks."""
    for rate, dtype in ((0.2, np.float64), (0.7, np.float32)):
        yield from _at_rate(cls, rate, dtype)
    layer, name = built(cls, rate=0.0)
    layer.rng = np.random.default_rng(0)
    x = np.random.default_rng(1).normal(size=(5, 4))
    y = _forward(layer, name, x, "train=True").array(x, "y")
    yield Seen("zero", f"{name}.forward(x, train=True): y", y - x, atol=1e-9)


def _at_rate(cls, rate, dtype):
    layer, name = built(cls, rate=rate)
    layer.rng = np.random.default_rng(7)
    rng = np.random.default_rng(1)
    x = (rng.uniform(1, 2, SHAPE) * rng.choice([-1, 1], SHAPE)).astype(dtype)
    x[:, :5] = 0  # a kept unit may well be 0; its gradient passes all the same
    on = np.index_exp[:, 5:]
    training = f"{name}.forward(x, train=True): y"

    y = _forward(layer, name, x, "train=True").array(x, "y")
    dropped = y[on] == 0
    share = dropped.mean(keepdims=True).ravel()
    yield Seen("share", training, share, ("the share of dropped units",), atol=0.02)
    yield _factors("factor", training, y[on], x[on], ~dropped, "y/x at a kept entry")
    yield Seen("pattern", training, _pattern(dropped), PATTERN, atol=0.6)
    yield Seen("pattern", training, _repeated(dropped), REPEATED)
    again = _forward(layer, name, x, "train=True").array(x, "y")
    yield _agreement("fresh", training, y, again, on, "the share of masks equal in two passes")
    everywhere = np.where(x == 0, 1, x).astype(dtype)
    passes = [_forward(layer, name, everywhere, "train=True").array(x, "y") for _ in range(4)]
    differ = np.array([float(len({np.count_nonzero(y_pass) for y_pass in passes}) > 1)])
    yield Seen("pattern", training, differ, ("whether the number dropped varies (1: yes)",))
    for seed, which in ((7, "the same"), (8, "another")):
        other, _ = built(cls, rate=rate)
        other.rng = np.random.default_rng(seed)
        again = _forward(other, name, x, "train=True").array(x, "y")
        yield _agreement(
            "stream", training, y, again, on, f"the share repeated by {which} self.rng"
        )

    before = layer.rng.bit_generator.state
    y = _forward(layer, name, x, "train=False").array(x, "y")
    drawn = np.array([float(layer.rng.bit_generator.state != before)])
    yield Seen("unmoved", f"{name}.forward(x)", drawn, ("whether self.rng was used (0: no)",))
    alone = np.ones(x[on].shape, bool)
    yield _factors("inference", f"{name}.forward(x): y", y[on], x[on], alone, "y/x")

    y = _forward(layer, name, x, "train=True").array(x, "y")
    dropped = y[on] == 0
    dy = (rng.uniform(1, 2, SHAPE) * rng.choice([-1, 1], SHAPE)).astype(dtype)
    back = Call(f"{name}.backward(dy)", layer.backward, dy, start=START["backward"])
    dx = back.array(x, "dx")
    what = f"{name}.backward(dy)"
    yield _factors("backward", what, dx[on], dy[on], dropped, "dx/dy at a dropped entry")
    yield _factors("backward", what, dx[on], dy[on], ~dropped, "dx/dy at a kept entry")
    share = (dx[:, :5] == 0).mean(keepdims=True).ravel()
    yield Seen("backward", what, share, ("the share of dx = 0 where x = 0",), atol=0.05)

    y = _forward(layer, name, x[:7], "train=True").array(x[:7], "y")
    yield Seen("smaller", training, np.array(y.shape))


def _forward(layer, name, x, mode):
    train = {"train": mode == "train=True"}
    return Call(f"{name}.forward(x, {mode})", layer.forward, x, start=START["forward"], **train)


def _factors(stage, what, y, x, where, name):
    """Smallest and largest y/x: equal where all entries share one factor."""
    ratio = (y[where] / x[where]).astype(float)
    ends = np.array([ratio.min(), ratio.max()]) if ratio.size else np.zeros(2)
    return Seen(stage, what, ends, (f"the smallest {name}", f"the largest {name}"), atol=1e-3)


PATTERN = (
    "the spread of the number dropped in a row, relative to independent draws,",
    "the spread of the number dropped in a column, relative to independent draws,",
)


def _pattern(dropped):
    """Standard deviation of the counts in rows and columns over that of independent draws."""
    p = dropped.mean()
    one = p * (1 - p) or 1
    rows, columns = dropped.sum(axis=1).var(), dropped.sum(axis=0).var()
    relative = np.array([rows / dropped.shape[1], columns / dropped.shape[0]]) / one
    return np.minimum(np.sqrt(relative), 3)


REPEATED = (
    "the share of rows whose mask no other row has",
    "the share of columns whose mask no other column has",
    "the share of rows in which nothing, or everything, is dropped",
)


def _repeated(dropped):
    """Whether rows or columns share a mask, or are left out."""
    rows, columns = ({line.tobytes() for line in lines} for lines in (dropped, dropped.T))
    whole = dropped.all(axis=1) | ~dropped.any(axis=1)
    return np.array([len(rows) / len(dropped), len(columns) / len(dropped.T), whole.mean()])


def _agreement(stage, what, a, b, on, name):
    share = np.mean((a[on] == 0) == (b[on] == 0), keepdims=True).ravel()
    return Seen(stage, what, share, (name,), atol=0.03)
