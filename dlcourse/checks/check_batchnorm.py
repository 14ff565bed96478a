"""The check of a batch-normalization layer: both modes, the running statistics, all gradients."""

import numpy as np

from ..batchnorm import BatchNorm
from .engine.calling import Call
from .engine.judging import Seen, judge
from .engine.protocol import built, fitted, layer_class, wired
from .engine.reporting import Finding, check
from .engine.signatures import check_defaults
from .mistakes import MISTAKES

N, UNITS, EPS, MOMENTUM = 6, 3, 0.02, 0.3
START = {
    "forward": "in training: mean and variance over axis 0, x_hat, then gamma * x_hat + beta; "
    "in inference the same line with running_mean and running_var",
    "backward": "dbeta is the sum of dy over axis 0, dgamma that of x_hat * dy; write both into "
    "self.dbeta[...] and self.dgamma[...]; then dx by the formula of the chapter",
}
PROPERTIES = {
    "start": "gamma starts at 1 and beta at 0: at first the layer only normalizes",
    "running start": "the running mean starts at 0 and the running variance at 1",
    "training": "in training: y = gamma (x - mean) / sqrt(var + eps) + beta, with mean and "
    "variance over the rows of this batch, divided by N",
    "running mean": "running_mean <- (1 - momentum) running_mean + momentum mean",
    "running var": "running_var <- (1 - momentum) running_var + momentum var N/(N - 1)",
    "inference": "in inference the running statistics stand in for those of the batch",
    "apart": "each layer has running statistics of its own",
    "large": "far from 0, too, the variance is that of x - mean: mean(x^2) - mean^2 loses it",
    "unmoved": "inference changes nothing: the running statistics stay as they are",
    "dbeta": "dbeta = sum over rows of dy, written into the array self.dbeta",
    "dgamma": "dgamma = sum over rows of x_hat dy, written into the array self.dgamma",
    "dx": "dx = gamma / sqrt(var + eps) (dy - mean of dy - x_hat * mean of x_hat dy)",
}


@check
def batchnorm(cls):
    """Check a batch-normalization layer.

    Parameters
    ----------
    cls : type
        A subclass of `Layer` that can be made by ``cls(3, eps=1e-5, momentum=0.1)`` and
        follows `BatchNorm`: `initial` gives ``gamma`` and ``beta``, `forward` keeps
        ``running_mean`` and ``running_var``, `backward` fills ``dgamma`` and ``dbeta``.

    Raises
    ------
    AssertionError
        If anything differs: with the entry, the property that is broken, and the known
        mistake that it equals, if there is one.

    Examples
    --------
    >>> from dlcourse import BatchNorm, checks
    >>> checks.batchnorm(BatchNorm)
    >>> class Mine(BatchNorm):
    ...     def initial(self, rng):
    ...         return {"gamma": np.zeros(self.n), "beta": np.zeros(self.n)}
    >>> checks.batchnorm(Mine)
    Traceback (most recent call last):
    AssertionError: Mine(n=3, ...).initial(rng): gamma[0] should be 1 but is 0
      broken property: gamma starts at 1 and beta at 0: ...
      likely cause: gamma starts at 0, so that the layer gives nothing but beta; ...
    """
    layer_class(cls, "batchnorm")
    check_defaults(cls, BatchNorm, cls.__name__, "eps", "momentum")
    check_defaults(cls.forward, BatchNorm.forward, f"{cls.__name__}.forward", "train")
    judge(cls, BatchNorm, observe, PROPERTIES, MISTAKES["batchnorm"])


def observe(cls):
    """What a batch-normalization layer does, step by step."""
    rng = np.random.default_rng(3)
    scale, shift = rng.uniform(2, 4, UNITS), rng.uniform(3, 6, UNITS) * [1, -1, 1]
    batches = rng.normal(size=(3, N, UNITS)) * scale + shift
    layer, name = built(cls, n=UNITS, eps=EPS, momentum=MOMENTUM)
    places = wired(layer, name, np.float64, rng)
    if set(places) != {"gamma", "beta"}:
        raise Finding(
            f"{name}.initial(rng) names {sorted(places)}",
            "what is learned is gamma and beta",
            'return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}',
            "other names",
        )
    for key in ("gamma", "beta"):
        what = f"{name}.initial(rng): {key}"
        cause = f"make one number for each unit: np.{'ones' if key == 'gamma' else 'zeros'}(self.n)"
        yield Seen("start", what, fitted(places[key][0], (UNITS,), what, cause))
    yield from _running(layer, name, "running start", "running start")

    gamma, beta = np.array([0.5, -1.5, 2.5]), np.array([1.0, -2.0, 3.0])
    for key, value in (("gamma", gamma), ("beta", beta)):
        places[key][0][...] = value.reshape(places[key][0].shape)
    for x in batches[:2]:
        call = _forward(layer, name, x, True)
        yield Seen("training", f"{name}.forward(x, train=True): y", call.array(x, "y"))
        yield from _running(layer, name, "running mean", "running var")

    dy = rng.normal(size=(N, UNITS)) + 0.5
    back = Call(f"{name}.backward(dy)", layer.backward, dy, start=START["backward"])
    for key in ("beta", "gamma"):
        yield Seen(f"d{key}", f"{name}.backward(dy): d{key}", places[key][1].reshape(UNITS).copy())
    yield Seen("dx", f"{name}.backward(dy): dx", back.array(dy, "dx"))

    x = batches[2]
    before = _statistics(layer, name)
    y = _forward(layer, name, x, False).array(x, "y")
    yield Seen("inference", f"{name}.forward(x): y", y)
    moved = _statistics(layer, name) - before
    yield Seen("unmoved", f"{name}.forward(x): change of [running_mean, running_var]", moved)
    built(cls, n=UNITS, eps=EPS, momentum=MOMENTUM)
    moved = _statistics(layer, name) - before
    what = f"{name}, after another layer was made: change of [running_mean, running_var]"
    yield Seen("apart", what, moved)
    yield from _narrow(cls, batches.astype(np.float32), dy.astype(np.float32))


def _forward(layer, name, x, train):
    title = f"{name}.forward(x, train=True)" if train else f"{name}.forward(x)"
    return Call(title, layer.forward, x, start=START["forward"], train=train)


def _running(layer, name, *stages):
    keys, values = ("running_mean", "running_var"), _statistics(layer, name)
    for stage, key, value in zip(stages, keys, values, strict=True):
        yield Seen(stage, f"{name}: {key}", value)


def _statistics(layer, name):
    """Both running statistics, as two rows."""
    rows = []
    for key, start in (("running_mean", "zeros"), ("running_var", "ones")):
        value = getattr(layer, key, None)
        if value is None:
            raise Finding(
                f"{name}.{key} should have shape ({UNITS},) but is None",
                "each unit has a running mean and a running variance",
                f"make it in __init__: self.{key} = np.{start}(n)",
                "no running statistics",
            )
        cause = f"make it in __init__: self.{key} = np.{start}(n)"
        rows.append(fitted(value, (UNITS,), f"{name}.{key}", cause))
    return np.array(rows)


def _narrow(cls, batches, dy):
    """The same in float32: dtype in = dtype out."""
    layer, name = built(cls, n=UNITS, eps=EPS, momentum=MOMENTUM)
    wired(layer, name, np.float32, np.random.default_rng(0))
    for key in ("running_mean", "running_var"):
        if key not in layer.state:
            raise Finding(
                f"{name}.state does not name {key}, so it is not saved with the network and "
                f"keeps its own dtype",
                "what a layer keeps besides what it learns is named in state",
                'write into the class: state = ("running_mean", "running_var")',
                "state",
            )
    y = _forward(layer, name, batches[0], True).array(dy, "y")
    yield Seen("training", f"{name}.forward(x, train=True): y", y, rtol=1e-3, atol=1e-4)
    back = Call(f"{name}.backward(dy)", layer.backward, dy, start=START["backward"])
    yield Seen("dx", f"{name}.backward(dy): dx", back.array(dy, "dx"), rtol=1e-3, atol=1e-4)
    y = _forward(layer, name, batches[1], False).array(dy, "y")
    yield Seen("inference", f"{name}.forward(x): y", y, rtol=1e-3, atol=1e-4)
    far = batches[2] + np.float32(3000)
    y = _forward(layer, name, far, True).array(dy, "y")
    yield Seen("large", f"{name}.forward(x + 3000, train=True): y", y, rtol=1e-2, atol=1e-2)
