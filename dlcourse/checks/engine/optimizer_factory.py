"""How the known mistakes in optimizers are written down: one function, the paper's lines."""

import inspect

from ... import optimizers as library
from .judging import Variant


def optimizer(f, like, decay):
    """A class with ``step(w, g)`` from ``f(o, w, g) -> new w``.

    `o` has the settings of `like` as attributes, the count of steps ``o.t``, and memory
    ``o.m``, ``o.v``, ``o.u`` that starts at 0. What happens to weight decay before `f` says
    `decay`: it is added to *g* (``"in g"``), it shrinks *w* (``"beside"``), or nothing, for
    `f` does it itself (``"by hand"``).
    """
    signature = inspect.signature(getattr(library, like))

    class Wrong:
        __signature__ = signature

        def __init__(self, *args, **kwargs):
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            vars(self).update(bound.arguments)
            self.t, self.m, self.v, self.u = 0, 0.0, 0.0, 0.0

        def step(self, w, g):
            self.t += 1
            decayed = w
            if decay == "in g" and self.weight_decay:
                g = g + self.weight_decay * w
            if decay == "beside" and self.weight_decay:
                decayed = w * (1 - self.lr * self.weight_decay)
            w[...] = f(self, decayed, g)

    Wrong.__name__ = f"Wrong{like}"
    return Wrong


class Mistakes(dict):
    """Tables of known mistakes, one for each optimizer; `settings` says how each is made."""

    def __init__(self, **settings):
        super().__init__()
        self.settings = settings

    def known(self, likes, sentence, decay=None):
        """A decorator that adds a function to the tables of the optimizers named in `likes`.

        Weight decay is right, beside the step or in *g* as each of them has it, unless
        `decay` says otherwise.
        """

        def add(f):
            for like in likes.split():
                right = "beside" if getattr(library, like).decoupled else "in g"
                wrong = optimizer(f, like, decay or right)
                self.setdefault(like, []).append(Variant(f.__name__, sentence, wrong))
            return f

        return add


def shared(like):
    """The mistakes that can happen with every optimizer."""
    right = getattr(library, like)

    class NotInPlace(right):
        def step(self, w, g):
            before = w.copy()
            super().step(w, g)
            w[...] = before

    sentence = (
        "w does not change: w = w - ... makes a new array inside of step; write w -= ..., which "
        "changes the one that was handed over."
    )
    return [Variant("not in place", sentence, NotInPlace)]
