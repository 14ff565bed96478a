"""Known mistakes in activation functions: each a function and its slope, one of them wrong."""

from ..layers import Layer
from .activation_mistakes import MISTAKES
from .curves import RIGHT
from .judging import Variant

DEFAULTS = {"LeakyReLU": ("negative_slope", 0.01), "ELU": ("alpha", 1.0)}


def made(name, f, df):
    """A layer class that computes `f` and `df`, with the settings of the function `name`."""
    setting, default = DEFAULTS.get(name, ("a", 0.0))

    class Wrong(Layer):
        def __init__(self, **settings):
            self.a = settings.get(setting, default)

        def forward(self, x, train=False):
            self.x = x
            return f(x, self.a).astype(x.dtype)

        def backward(self, dy):
            return (df(self.x, self.a) * dy).astype(dy.dtype)

    Wrong.__name__ = f"Wrong{name}"
    return Wrong


def _of_all(name):
    """Mistakes that can happen with every function, all in the backward pass."""
    f, df = RIGHT[name]
    right = made(name, f, df)

    class WithoutSlope(right):
        def backward(self, dy):
            return dy.copy()

    class WithoutChain(right):
        def backward(self, dy):
            return df(self.x, self.a).astype(dy.dtype)

    class AtOutput(right):
        def backward(self, dy):
            return (df(f(self.x, self.a), self.a) * dy).astype(dy.dtype)

    class AtGradient(right):
        def backward(self, dy):
            return (df(dy, self.a) * dy).astype(dy.dtype)

    yield Variant("slope missing", "backward returns dy as it came, without f'(x).", WithoutSlope)
    sentence = "backward returns f'(x) and forgets to multiply by dy."
    yield Variant("chain missing", sentence, WithoutChain)
    if name not in ("ReLU", "LeakyReLU"):  # there it makes no difference
        sentence = "the derivative is taken at y, the output; it belongs at x, the input."
        yield Variant("slope at y", sentence, AtOutput)
    sentence = "the derivative is taken at dy; it belongs at x, which forward must keep."
    yield Variant("slope at dy", sentence, AtGradient)


VARIANTS = {
    name: [
        *_of_all(name),
        *(
            Variant(label, sentence, made(name, f or RIGHT[name][0], df or RIGHT[name][1]))
            for label, sentence, f, df in MISTAKES[name]
        ),
    ]
    for name in RIGHT
}
