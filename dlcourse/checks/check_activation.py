"""The check of an activation function: its values, its slope, and both far from 0."""

import numpy as np

from .. import activations as library
from .asked_for import ACTIVATIONS, name_in
from .engine.calling import Call
from .engine.judging import Seen, judge
from .engine.protocol import built, fitted, layer_class, wired
from .engine.reporting import Finding, check
from .engine.signatures import check_defaults, lacking
from .mistakes import MISTAKES

START = {
    "forward": "write the formula for one number, then let NumPy do it for all: np.where(x > 0, "
    "..., ...) chooses entry by entry; keep what backward needs",
    "backward": "dx = f'(x) * dy, entry by entry; forward kept x",
}
PROPERTIES = {
    "f": "y = f(x), entry by entry",
    "kink": "at x = 0, too, y = f(x)",
    "far": "far from 0 nothing overflows: y is finite where f(x) is",
    "start": "the slope is learned, and starts where its setting says",
    "slope": "dx = f'(x) dy, with the derivative taken at x",
    "slope at 0": "at 0 the slope is the course's choice (ReLU and its kin: that of the left side)",
    "far slope": "far from 0 the slope is that of f, too",
    "learned": "da = the sum of min(0, x) dy, over all it is shared by, written into self.da",
    "same": "an activation does the same in training and in inference",
}


@check
def activation(cls, like):
    """Check an activation function.

    Parameters
    ----------
    cls : type
        A subclass of `Layer` (or of the library's `Activation`) that takes the arguments
        of `like`.
    like : type
        Which function it should be: one of the library's activations.

    Raises
    ------
    AssertionError
        If a value or a slope differs: with the entry, the property that is broken, and
        the known mistake that it equals, if there is one.

    Examples
    --------
    >>> from dlcourse import ELU, ReLU, checks
    >>> checks.activation(ELU, like=ELU)
    >>> class Mine(ReLU):
    ...     def df(self, x, y):
    ...         return x >= 0
    >>> checks.activation(Mine, like=ReLU)
    Traceback (most recent call last):
    AssertionError: Mine().backward(dy): dx at x = 0 should be 0 but is -3
      broken property: at 0 the slope is the course's choice ...
      likely cause: the slope at 0 is 1; the course and PyTorch take 0: ...
    """
    layer_class(cls, "activation")
    name = name_in("activation", like, library)
    check_defaults(cls, like, cls.__name__)
    check_defaults(cls.forward, like.forward, f"{cls.__name__}.forward", "train")

    def observe(answer):
        for settings in ACTIVATIONS[name]:
            yield from _curve(answer, lacking(answer, like) | settings)

    judge(cls, like, observe, PROPERTIES, MISTAKES[name])


def _curve(cls, settings):
    """Values and slopes: near 0, at 0, far away, and in float32."""
    layer, name = built(cls, **settings)
    places = wired(layer, name, np.float64, np.random.default_rng(0))
    if "a" in places:
        what = f"{name}.initial(rng): a"
        cause = "np.full(self.num_parameters, self.init)"
        shape = (settings.get("num_parameters", 1),)
        yield Seen("start", what, fitted(places["a"][0], shape, what, cause))
        a = places["a"][0]
        a[...] = (np.linspace(1.5, 2.5, a.size) * a.ravel()).reshape(a.shape)  # as learning does
    rng = np.random.default_rng(5)
    x = rng.uniform(0.1, 4, (5, 9)) * rng.choice([-1, 1], (5, 9))
    dy = rng.uniform(0.5, 2, x.shape) * rng.choice([-1, 1], x.shape)
    zero, far = np.zeros((1, 9)), np.linspace(-1000, 1000, 9)[None]
    names = [f"dx at x = {v:g}" for v in far[0]]

    yield Seen("f", f"{name}.forward(x): y", _forward(layer, name, x, False))
    yield Seen("same", f"{name}.forward(x, train=True): y", _forward(layer, name, x, True))
    yield Seen("slope", f"{name}.backward(dy): dx", _backward(layer, name, dy))
    if places:
        if "a" not in places:
            raise Finding(
                f"{name}.initial(rng) names {sorted(places)}",
                "what is learned is the slope a",
                'return {"a": np.full(self.num_parameters, self.init)}',
                "other names",
            )
        yield Seen("learned", f"{name}.backward(dy): da", places["a"][1].flatten())
    yield Seen("kink", f"{name}.forward(0)", _forward(layer, name, zero, True), rtol=0, atol=1e-12)
    dx = _backward(layer, name, np.full(zero.shape, -3.0))[0, :1]
    yield Seen("slope at 0", f"{name}.backward(dy)", dx, ("dx at x = 0",), atol=1e-9)
    yield Seen("far", f"{name}.forward(x): y", _forward(layer, name, far, True))
    dx = _backward(layer, name, np.full(far.shape, 2.0))[0]
    yield Seen("far slope", f"{name}.backward(dy)", dx, names)

    layer, name = built(cls, **settings)
    wired(layer, name, np.float32, np.random.default_rng(0))
    y = _forward(layer, name, x.astype(np.float32), True)
    yield Seen("f", f"{name}.forward(x): y", y, rtol=1e-3, atol=1e-4)
    dx = _backward(layer, name, dy.astype(np.float32))
    yield Seen("slope", f"{name}.backward(dy): dx", dx, rtol=1e-3, atol=1e-4)


def _forward(layer, name, x, train):
    mode = ", train=True" if train else ""
    title = f"{name}.forward(x{mode})"
    return Call(title, layer.forward, x, start=START["forward"], train=train).array(x, "y")


def _backward(layer, name, dy):
    return Call(f"{name}.backward(dy)", layer.backward, dy, start=START["backward"]).array(dy, "dx")
