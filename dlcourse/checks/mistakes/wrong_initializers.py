"""Known mistakes in initializers, made for each rule from its scale, its n and its distribution."""

import numpy as np

from ..engine.pieces import Table, right

# rule -> (scale, which n)
RULES = {"lecun": (1.0, "in"), "xavier": (1.0, "avg"), "he": (2.0, "in")}


def plain(name):
    """The rule in pieces: a class that is called like a function, ``Plain(rng, shape)``."""
    rule, distribution = name.split("_")
    factor, which = RULES[rule]

    @right
    class Plain:
        uniform = distribution == "uniform"
        scale = factor
        n = staticmethod(FANS[which])

        def __new__(cls, rng, shape):
            self = object.__new__(cls)
            return self.drawn(self.stream(rng), self.size(self.scale / self.n(*shape)), shape)

        def stream(self, rng):
            return rng

        def size(self, variance):
            """The standard deviation."""
            return variance**0.5

        def drawn(self, rng, size, shape):
            if self.uniform:
                return rng.uniform(-self.bound(size), self.bound(size), shape)
            return rng.normal(0, size, shape)

        def bound(self, size):
            return 3**0.5 * size

        def repeated(self, rng, size, shape, axis):
            one = (1, shape[1]) if axis == 0 else (shape[0], 1)
            return Plain.drawn(self, rng, size, one).repeat(shape[axis], axis)

    return Plain


FANS = {
    "in": lambda n_in, n_out: n_in,
    "out": lambda n_in, n_out: n_out,
    "avg": lambda n_in, n_out: (n_in + n_out) / 2,
    "sum": lambda n_in, n_out: n_in + n_out,
}


def mistakes(name):
    """The table of one rule, such as ``"he_normal"``."""
    rule, distribution = name.split("_")
    which = RULES[rule][1]
    Plain, table = plain(name), Table()

    def change(label, sentence, **pieces):
        """A mistake that changes these pieces."""
        table.known(sentence)(type(label, (Plain,), pieces))

    def fan(label, which, sentence):
        change(label, sentence, n=staticmethod(FANS[which]))

    def draw(label, sentence, f):
        change(label, sentence, drawn=lambda self, rng, size, shape: f(rng, size, shape))

    fan("fan_out", "out", "this divides by n_out, the second number of shape; " + TAKES[which])
    if which == "avg":
        fan("sum", "sum", "this divides by n_in + n_out; the 2 on top is missing.")
        fan("fan_in", "in", "this divides by n_in alone; " + TAKES[which])
    else:
        fan("sum", "sum", "this divides by n_in + n_out; " + TAKES[which])
        average = (
            "this divides by the average of n_in and n_out, as Xavier's rule; here it is n_in."
        )
        fan("fan_avg", "avg", average)
        half = "the 2 of He's rule is missing: this is LeCun's, 1/n_in."
        half = half if rule == "he" else "the variance is half of the rule's: look for a 2."
        change("half", half, scale=Plain.scale / 2)
    double = "the variance is twice the rule's"
    double += ": the 2 belongs to He's rule, for ReLU." if rule == "lecun" else "; look for a 2."
    change("double", double, scale=Plain.scale * 2)
    root = "the variance is given where the standard deviation is asked for: the root is missing."
    change("no root", root, size=lambda self, variance: variance)
    if which == "avg" or rule == "he":  # where a number other than 1 stands on top
        top = "the root is taken of the 2 alone; divide first, and take the root of all."
        top = top.replace("the 2", "the 6") if Plain.uniform else top
        change("root of the top", top, size=lambda self, variance: variance / 2**0.5)
    fixed = "the standard deviation is a fixed 0.01, whatever the size of the layer."
    change("small", fixed, size=lambda self, variance: 0.01)
    standard = "the weights are standard normal: multiply by the standard deviation of the rule."
    draw("standard", standard, lambda rng, size, shape: rng.normal(0, 1, shape))
    positive = "the weights are all positive: rng.random() goes from 0 to 1; centre them."
    draw("not centred", positive, lambda rng, s, shape: 2 * 3**0.5 * s * rng.random(shape))
    equal = "all weights are equal, so all units stay equal for ever: draw them at random."
    draw("constant", equal, lambda rng, size, shape: np.full(shape, size))
    column = "one column was drawn and repeated: all units are equal; draw with the whole shape."
    change("one column", column, drawn=lambda self, rng, s, shape: self.repeated(rng, s, shape, 1))
    row = "one row was drawn and repeated: a unit's weights are equal; draw with the whole shape."
    change("one row", row, drawn=lambda self, rng, s, shape: self.repeated(rng, s, shape, 0))
    seed = "a generator with a fixed seed is made inside; draw from rng, which was given."
    change("fixed seed", seed, stream=lambda self, rng: np.random.default_rng(0))
    own = "the weights come from a generator of its own; draw from rng, so that a seed repeats."
    change("own generator", own, stream=lambda self, rng: np.random.default_rng())
    cut = (
        "the normal distribution is cut off at two standard deviations, which makes the "
        "variance smaller, as in Keras; here nothing is cut off."
    )
    draw("truncated", cut, _truncated)
    if Plain.uniform:
        bound = (
            "the bound is the standard deviation; a uniform draw needs a bound sqrt(3) times that."
        )
        change("bound", bound, bound=lambda self, size: size)
        normal = (
            "the draw is normal; a uniform one is asked for: rng.uniform(-bound, bound, shape)."
        )
        change("normal", normal, uniform=False)
    else:
        uniform = "the draw is uniform; a normal one is asked for: rng.normal(0, std, shape)."
        change("uniform", uniform, uniform=True)
        between = "the draw is uniform, between minus and plus the standard deviation; "
        between += "a normal one is asked for: rng.normal(0, std, shape)."
        change("uniform bound", between, uniform=True, bound=lambda self, size: size)
        clipped = "weights beyond two standard deviations are moved there (np.clip), which makes "
        clipped += "the variance smaller; here nothing is cut off."
        draw(
            "clipped",
            clipped,
            lambda rng, s, shape: np.clip(rng.normal(0, s, shape), -2 * s, 2 * s),
        )
    return table


TAKES = {"in": "the rule takes n_in alone.", "avg": "the rule takes the average of n_in and n_out."}


def _truncated(rng, size, shape):
    z = rng.normal(size=shape)
    while (far := np.abs(z) > 2).any():
        z[far] = rng.normal(size=far.sum())
    return size * z


TABLES = {name: mistakes(name) for rule in RULES for name in (f"{rule}_normal", f"{rule}_uniform")}
