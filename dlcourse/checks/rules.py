"""How the known mistakes in optimizers are written down: one function, the paper's lines."""

import inspect

from .. import optimizers as library
from .judging import Variant


def optimizer(f, like, own_decay=False):
    """A class with ``step(w, g)`` from ``f(o, w, g) -> new w``.

    `o` has the settings of `like` as attributes, the count of steps ``o.t``, and memory
    ``o.m``, ``o.v``, ``o.u`` that starts at 0. Weight decay is added to *g* beforehand,
    unless `f` does it itself.
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
            if self.weight_decay and not own_decay:
                g = g + self.weight_decay * w
            w[...] = f(self, w, g)

    Wrong.__name__ = f"Wrong{like}"
    return Wrong


class Mistakes(dict):
    """Tables of known mistakes, one for each optimizer."""

    def known(self, likes, sentence, own_decay=False):
        """A decorator that adds a function to the tables of the optimizers named in `likes`."""

        def add(f):
            for like in likes.split():
                variant = Variant(f.__name__, sentence, optimizer(f, like, own_decay))
                self.setdefault(like, []).append(variant)
            return f

        return add


def shared(like):
    """The mistakes that can happen with every optimizer."""
    right = getattr(library, like)

    class NotInPlace(right):
        def step(self, w, g):
            super().step(w.copy(), g)

    sentence = (
        "w does not change: w = w - ... makes a new array inside of step; write w -= ..., which "
        "changes the one that was handed over."
    )
    return [Variant("not in place", sentence, NotInPlace)]
