"""The initializers: the variance and the distribution of a weight, from the papers' formulas."""

from collections.abc import Callable
from dataclasses import dataclass

import dlcourse


@dataclass(frozen=True)
class Case:
    """``make(dl)`` is a function f(rng, shape).

    `variance` is that of a weight by its fans, or None where weights are not drawn one by one.
    `distribution` is "normal" or "uniform". `asked` says whether assignments may ask for it.
    """

    what: str
    variance: Callable | None = None
    distribution: str | None = None
    factory: tuple | None = None
    asked: bool = False

    def make(self, dl=dlcourse):
        function = getattr(dl, self.what)
        return function if self.factory is None else function(*self.factory)


RULES = {
    "lecun": lambda n_in, n_out: 1 / n_in,
    "xavier": lambda n_in, n_out: 2 / (n_in + n_out),
    "he": lambda n_in, n_out: 2 / n_in,
}

INITIALIZERS = {
    f"{rule}_{kind}": Case(f"{rule}_{kind}", variance, kind, asked=True)
    for rule, variance in RULES.items()
    for kind in ("normal", "uniform")
} | {
    "variance_scaling": Case("variance_scaling", lambda n_in, n_out: 1 / n_in, "normal"),
    "normal": Case("normal", lambda n_in, n_out: 0.09, "normal", factory=(0.3,)),
    "constant": Case("constant", factory=(0.5,)),
    "orthogonal": Case("orthogonal"),
}
