"""How the known mistakes in optimizers are written down: the paper's lines in pieces."""

import inspect

from ... import optimizers as library
from .pieces import Variant, right


@right
class Optimizer:
    """An optimizer in pieces. It has the settings of `like` as attributes.

    The count of steps is ``self.t``, and its memory ``self.m``, ``self.v`` and ``self.u``
    starts at 0. A family of optimizers writes `direction`, in pieces of its own.
    """

    def __init__(self, *args, **kwargs):
        given = self.__signature__.bind(*args, **kwargs)
        given.apply_defaults()
        vars(self).update(given.arguments)
        self.t, self.m, self.v, self.u = 0, 0.0, 0.0, 0.0

    def step(self, w, g):
        self.t += 1
        w[...] = self.moved(*self.decayed(w, g))

    def decayed(self, w, g):
        """w and g after weight decay."""
        if not self.weight_decay:
            return w, g
        if self.__like__.decoupled:
            return w * (1 - self.lr * self.weight_decay), g
        return w, g + self.weight_decay * w

    def moved(self, w, g):
        return w - self.lr * self.direction(w, g)

    def direction(self, w, g):
        return g


class NotInPlace:
    def step(self, w, g):
        before = w.copy()
        super().step(w, g)
        w[...] = before


NOT_IN_PLACE = (
    "w does not change: w = w - ... makes a new array inside of step; write w -= ..., which "
    "changes the one that was handed over."
)


class Mistakes(dict):
    """Tables of known mistakes, one for each optimizer; `settings` says how each is made."""

    def __init__(self, **settings):
        super().__init__()
        self.settings = settings

    def known(self, likes, sentence):
        """A decorator that adds a class to the tables of the optimizers named in `likes`."""

        def add(wrong):
            for like in likes.split():
                table = self.setdefault(like, [])
                if not table:  # this one can happen with every optimizer
                    nothing = bound(NotInPlace, like, wrong.__right__)
                    table.append(Variant("NotInPlace", NOT_IN_PLACE, nothing))
                table.append(Variant(wrong.__name__, sentence, bound(wrong, like)))
            return wrong

        return add


def bound(wrong, like, *more):
    """The class with the settings, their defaults and the kind of decay of the library's `like`."""
    theirs = getattr(library, like)
    named = {"__signature__": inspect.signature(theirs), "__like__": theirs}
    return type(f"Wrong{like}", (wrong, *more), named)
