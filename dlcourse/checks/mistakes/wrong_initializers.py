"""Known mistakes in initializers, made for each rule from its scale, its n and its distribution."""

import numpy as np

from ..engine.judging import Variant

# rule -> (scale, which n, others of its kind in words)
RULES = {"lecun": (1.0, "in"), "xavier": (1.0, "avg"), "he": (2.0, "in")}


def drawn(scale, which, uniform, root=True, spread=None):
    """An initializer: the variance is scale / n, and what else can be got wrong about it."""

    def f(rng, shape):
        n_in, n_out = shape
        n = {"in": n_in, "out": n_out, "avg": (n_in + n_out) / 2, "sum": n_in + n_out}[which]
        size = (scale / n) ** 0.5 if root else scale / n
        if spread is not None:
            return spread(rng, size, shape)
        if uniform:
            return rng.uniform(-size * 3**0.5, size * 3**0.5, shape)
        return rng.normal(0, size, shape)

    return f


def mistakes(name):
    """The table of one rule, such as ``"he_normal"``."""
    rule, distribution = name.split("_")
    scale, which = RULES[rule]
    uniform = distribution == "uniform"
    table = {
        "fan_out": (
            "this divides by n_out, the second number of shape; the rule takes "
            + ("the average of n_in and n_out." if which == "avg" else "n_in, the first."),
            drawn(scale, "out", uniform),
        ),
        "no root": (
            "the variance is given where the standard deviation is asked for: the root is missing.",
            drawn(scale, which, uniform, root=False),
        ),
        "sum": (
            "this divides by n_in + n_out; "
            + ("the 2 on top is missing." if which == "avg" else "the rule takes n_in alone."),
            drawn(scale, "sum", uniform),
        ),
        "half": (
            "the 2 of He's rule is missing: this is LeCun's, 1/n_in."
            if rule == "he"
            else "the variance is half of the rule's: look for a 2.",
            drawn(scale / 2, which, uniform),
        ),
        "double": (
            "the variance is twice the rule's"
            + (": the 2 belongs to He's rule, for ReLU." if rule == "lecun" else "; look for a 2."),
            drawn(scale * 2, which, uniform),
        ),
        "small": (
            "the standard deviation is a fixed 0.01, whatever the size of the layer.",
            drawn(1, which, uniform, spread=lambda rng, s, shape: rng.normal(0, 0.01, shape)),
        ),
        "standard": (
            "the weights are standard normal: multiply by the standard deviation of the rule.",
            drawn(1, which, uniform, spread=lambda rng, s, shape: rng.normal(0, 1, shape)),
        ),
        "not centred": (
            "the weights are all positive: rng.random() goes from 0 to 1; centre them.",
            drawn(
                scale,
                which,
                uniform,
                spread=lambda rng, s, shape: 2 * 3**0.5 * s * rng.random(shape),
            ),
        ),
        "constant": (
            "all weights are equal, so all units stay equal for ever: draw them at random.",
            drawn(scale, which, uniform, spread=lambda rng, s, shape: np.full(shape, s)),
        ),
        "one column": (
            "one column was drawn and repeated for all units: draw with the whole shape.",
            drawn(
                scale,
                which,
                uniform,
                spread=lambda rng, s, shape: np.repeat(
                    rng.normal(0, s, (1, shape[1])), shape[0], 0
                ),
            ),
        ),
        "fixed seed": (
            "a generator with a fixed seed is made inside; draw from rng, which was given.",
            lambda rng, shape: drawn(scale, which, uniform)(np.random.default_rng(0), shape),
        ),
        "own generator": (
            "the weights come from a generator of its own; draw from rng, so that a seed repeats.",
            lambda rng, shape: drawn(scale, which, uniform)(np.random.default_rng(), shape),
        ),
        "truncated": (
            "the normal distribution is cut off at two standard deviations, which makes the "
            "variance smaller, as in Keras; here nothing is cut off.",
            drawn(scale, which, uniform, spread=_truncated),
        ),
    }
    if which == "avg":
        del table["half"]  # there it is the same as "sum"
        table["fan_in"] = (
            "this divides by n_in alone; the rule takes the average of n_in and n_out.",
            drawn(scale, "in", uniform),
        )
    else:
        table["fan_avg"] = (
            "this divides by the average of n_in and n_out, as Xavier's rule; here it is n_in.",
            drawn(scale, "avg", uniform),
        )
    if uniform:
        table["bound"] = (
            "the bound is the standard deviation; a uniform draw needs a bound sqrt(3) times that.",
            drawn(scale / 3, which, True),
        )
        table["normal"] = (
            "the draw is normal; a uniform one is asked for: rng.uniform(-bound, bound, shape).",
            drawn(scale, which, False),
        )
    else:
        table["uniform"] = (
            "the draw is uniform; a normal one is asked for: rng.normal(0, std, shape).",
            drawn(scale, which, True),
        )
    return [Variant(label, *pair) for label, pair in table.items()]


def _truncated(rng, size, shape):
    z = rng.normal(size=shape)
    while (far := np.abs(z) > 2).any():
        z[far] = rng.normal(size=far.sum())
    return size * z


TABLES = {name: mistakes(name) for rule in RULES for name in (f"{rule}_normal", f"{rule}_uniform")}
