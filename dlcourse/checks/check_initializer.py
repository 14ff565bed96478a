"""The check of an initializer: random weights are judged by their variance and their shape."""

import numpy as np

from .. import initializers as library
from .asked_for import INITIALIZERS, name_in
from .engine.calling import Call
from .engine.judging import Seen, judge
from .engine.protocol import function
from .engine.reporting import Finding, check
from .mistakes import MISTAKES

START = (
    "n_in, n_out = shape; find the variance in the chapter, take its root for the standard "
    "deviation, and draw with rng.normal(0, std, shape) or rng.uniform(-bound, bound, shape)"
)
PROPERTIES = {
    "shape": "the result has the shape (n_in, n_out) that was asked for, whatever it is",
    "mean": "the weights have the mean 0",
    "variance": "the variance of a weight is that of the rule, for wide and for narrow layers",
    "distribution": "the weights are drawn from the distribution in the name: normal or uniform",
    "different": "the weights differ from one another, so that units can become different",
    "stream": "the weights come from rng and from nothing else: rewound, it repeats them",
}


@check
def initializer(f, like):
    """Check an initializer.

    Parameters
    ----------
    f : callable
        ``f(rng, shape) -> array`` with ``shape = (n_in, n_out)``.
    like : callable
        Which rule it should be: `lecun_normal`, `lecun_uniform`, `xavier_normal`,
        `xavier_uniform`, `he_normal` or `he_uniform`.

    Raises
    ------
    AssertionError
        If the variance, the distribution or the use of `rng` differs: with what was
        measured, the property that is broken, and the known mistake that it equals.

    Notes
    -----
    The draws need not be those of the library; 80,000 weights tell a variance to within
    one percent.

    Examples
    --------
    >>> from dlcourse import checks, he_normal
    >>> checks.initializer(he_normal, like=he_normal)
    >>> def mine(rng, shape):
    ...     return rng.normal(0, (1 / shape[0]) ** 0.5, shape)
    >>> checks.initializer(mine, like=he_normal)
    Traceback (most recent call last):
    AssertionError: mine(rng, (600, 150)): n_in times the variance should be about 2 but is 1
      broken property: the variance of a weight is that of the rule, ...
      likely cause: the 2 of He's rule is missing: this is LeCun's, 1/n_in.
    """
    function(f, "initializer", "my_he_normal")
    name = name_in("initializer", like, library)

    def observe(answer):
        for shape in INITIALIZERS[name]:
            yield from _moments(answer, shape)

    judge(f, like, observe, PROPERTIES, MISTAKES[name])


def _moments(f, shape):
    """Moments of the weights that `f` draws, and whether they follow the stream."""
    name, n_in = getattr(f, "__name__", "f"), shape[0]
    W = _drawn(f, name, shape, 4)
    what = f"{name}(rng, {shape})"
    W = W.astype(float)
    spread = W.std() or 1.0
    yield Seen("different", what, _share(W[:1] == W), ("the share equal to the first row",))
    yield Seen("different", what, _share(W[:, :1] == W), ("the share equal to the first column",))
    if (W[:1] == W).all() or (W[:, :1] == W).all():
        return  # the moments of so few numbers say nothing
    mean = W.mean(keepdims=True).ravel() / spread
    yield Seen("mean", what, mean, ("mean / standard deviation",), atol=0.03)
    size = W.var(keepdims=True).ravel() * n_in
    yield Seen("variance", what, size, ("n_in times the variance",), rtol=0.05)
    ends = np.array([np.abs(W - W.mean()).max() / spread])
    kurtosis = np.mean(((W - W.mean()) / spread) ** 4, keepdims=True).ravel()
    name4 = ("the mean fourth power, in standard deviations, (normal 3, uniform 1.8)",)
    yield Seen("distribution", what, kurtosis, name4, atol=0.2)
    far = np.minimum(ends, 3)
    name_far = "the largest weight, in standard deviations (3 or more counts as 3),"
    yield Seen("distribution", what, far, (name_far,), atol=0.15)
    again, other = (_drawn(f, name, shape, seed) for seed in (4, 5))
    equal = _share(again == W)
    yield Seen("stream", what, equal, ("the share of weights repeated by the same seed",))
    equal = _share(other == W)
    yield Seen("stream", what, equal, ("the share of weights repeated by another seed",))


def _share(found):
    return np.mean(found, keepdims=True).ravel().round(2)


def _drawn(f, name, shape, seed):
    call = Call(f"{name}(rng, {shape})", f, np.random.default_rng(seed), shape, start=START)
    W = np.asarray(call.value) if isinstance(call.value, np.matrix) else call.value
    if isinstance(W, np.ndarray) and W.shape == shape and W.dtype.kind == "f":
        return W
    if isinstance(W, np.ndarray) and W.shape == shape:
        raise Finding(
            f"{call.title} has the dtype {W.dtype}{call.at(call.last_line())}",
            "weights are floats",
            "integers cannot hold small weights; draw with rng.normal or rng.uniform",
            "wrong dtype",
        )
    return call.check_array(W, np.empty(shape), "the result")
