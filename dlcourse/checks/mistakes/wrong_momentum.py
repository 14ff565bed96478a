"""Known mistakes in SGD, Momentum and NAG."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right

# the settings at which every line of the update matters
TABLE = Mistakes(
    SGD={"lr": 0.1},
    Momentum={"lr": 0.1, "momentum": 0.7},
    NAG={"lr": 0.1, "momentum": 0.7},
)
known = TABLE.known


@right
class SGD(Optimizer):
    """SGD, right: the step goes along g."""


@known("SGD", "the step goes uphill: w -= lr * g.")
class SGDUphill(SGD):
    def direction(self, w, g):
        return -super().direction(w, g)


@known("SGD", "the learning rate is missing.")
class WithoutLr(SGD):
    def moved(self, w, g):
        return w - self.direction(w, g)


@known("SGD", "only the sign of the gradient is used; its size belongs to the step.")
class OnlyTheSign(SGD):
    def direction(self, w, g):
        return np.sign(g)


@known("SGD", "the gradient is divided by its length; SGD takes it as it is.")
class Normalized(SGD):
    def direction(self, w, g):
        return g / (np.sqrt(np.sum(g * g)) or 1.0)


@known("SGD", "weight decay has the wrong sign; it pulls towards 0.")
class DecayGrows(SGD):
    def decayed(self, w, g):
        return w, g - self.weight_decay * w


@known("SGD", "weight decay is not multiplied by lr; add it to the gradient.")
class DecayWithoutLr(SGD):
    def decayed(self, w, g):
        return w * (1 - self.weight_decay), g


@right
class Momentum(Optimizer):
    """Momentum, right. The velocity is ``self.v``."""

    def velocity(self, g):
        return self.damped() + self.entering(g)

    def damped(self):
        return self.momentum * self.v

    def entering(self, g):
        return g

    def direction(self, w, g):
        old, self.v = self.v, self.velocity(g)
        return self.along(g, old)

    def along(self, g, old):
        return self.v


@right
class NAG(Momentum):
    """NAG in PyTorch's form, right: the step looks at g once more."""

    def along(self, g, old):
        return self.once_more(g) + self.ahead()

    def once_more(self, g):
        return g

    def ahead(self):
        return self.momentum * self.v


class Uphill:
    def direction(self, w, g):
        return -super().direction(w, g)


class Forgets:
    def damped(self):
        return 0.0


class NewAveraged:
    def entering(self, g):
        return (1 - self.momentum) * g


class KeepsTheArray:
    def velocity(self, g):
        return g if self.t == 1 else super().velocity(g)


# Mistakes that both of them know, each with its own words.
for rule, base, words in (
    ("Momentum", Momentum, "v = momentum * v + g"),
    ("NAG", NAG, "v = momentum * v + g, and the step is g + momentum * v"),
):
    for wrong, sentence in (
        (Uphill, "the step goes uphill: w -= lr * ..."),
        (Forgets, f"the velocity remembers nothing: this is SGD; {words}."),
        (
            NewAveraged,
            f"the new gradient is weighted with 1 - momentum; here it enters whole: {words}.",
        ),
        (
            KeepsTheArray,
            "the velocity begins as the array g itself, which its owner writes into before the "
            "next step; keep a copy: g.copy(), or begin with zeros.",
        ),
    ):
        known(rule, sentence)(type(wrong.__name__, (wrong, base), {}))


@known(
    "Momentum",
    "the learning rate stands inside the velocity (Sutskever's form); when lr changes, old "
    "steps keep the old lr. Here: v = momentum * v + g, w -= lr * v.",
)
class LrInside(Momentum):
    def velocity(self, g):
        return self.damped() + self.lr * self.entering(g)

    def moved(self, w, g):
        return w - self.direction(w, g)


@known("Momentum", "the new gradient is multiplied by momentum, too: v = momentum * v + g.")
class MomentumOfBoth(Momentum):
    def entering(self, g):
        return self.momentum * g


@known("Momentum", "the step uses the velocity of the step before: update v first, then w.")
class OneStepLate(Momentum):
    def along(self, g, old):
        return old


@known("Momentum", "this is NAG: it adds momentum * v to the gradient once more.")
class LooksAhead(Momentum):
    def along(self, g, old):
        return g + self.momentum * self.v


@known("Momentum", "the velocity is never damped: momentum is missing in v = momentum * v + g.")
class NeverDamped(Momentum):
    def damped(self):
        return self.v


@known("NAG", "this is Momentum; NAG steps by g + momentum * v, v updated first.")
class PlainMomentum(NAG):
    def along(self, g, old):
        return self.v


@known("NAG", "g is missing in the step: g + momentum * v.")
class WithoutG(NAG):
    def once_more(self, g):
        return 0 * g


@known("NAG", "momentum is missing in front of v: the step is g + momentum * v.")
class WithoutMomentum(NAG):
    def ahead(self):
        return self.v


@known("NAG", "the learning rate stands inside the velocity; when lr changes, it is the old one.")
class NAGLrInside(NAG):
    def velocity(self, g):
        return self.damped() + self.lr * self.entering(g)

    def once_more(self, g):
        return self.lr * g

    def moved(self, w, g):
        return w - self.direction(w, g)
