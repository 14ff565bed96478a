"""Right answers in pieces, so that two known mistakes can stand in one answer.

The right answer of a topic is a class of small methods, one piece of the formula each. A known
mistake is a subclass that changes one piece. Two that change different pieces make a third
class, in which both are wrong: so a check can tell a student of two mistakes at once.
"""

import itertools
from typing import NamedTuple


class Variant(NamedTuple):
    """A known mistake: something that runs, and the sentence that names it."""

    name: str
    sentence: str
    make: object


class Table(list):
    """The known mistakes of one topic."""

    def known(self, sentence):
        """A decorator that adds a class, with the sentence that names its mistake."""

        def add(wrong):
            self.append(Variant(wrong.__name__, sentence, wrong))
            return wrong

        return add


def right(cls):
    """Mark the class of a topic in which every piece is right."""
    cls.__right__ = cls
    return cls


def pairs(variants):
    """Every two of the known mistakes that can stand in one answer, as a mistake of its own."""
    for a, b in itertools.combinations(variants, 2):
        both = together(a.make, b.make)
        if both is not None:
            sentence = f"two mistakes at once. 1: {a.sentence} 2: {b.sentence}"
            yield Variant(f"{a.name} and {b.name}", sentence, both)


def together(a, b):
    """A class with what is wrong in `a` and in `b`; None where they change the same piece."""
    if issubclass(a, b) or issubclass(b, a):
        return None
    for first, second in ((a, b), (b, a)):
        shared = set(changed(first)) & set(changed(second))
        if all(_goes_on(changed(first)[piece]) for piece in shared):
            return type("Both", (first, second), {})
    return None


def changed(cls):
    """The pieces that a known mistake changes: name -> what stands there now."""
    above = itertools.takewhile(lambda c: c is not cls.__right__, cls.__mro__)
    return {
        name: piece
        for c in reversed([*above])
        for name, piece in vars(c).items()
        if not name.startswith("__") or name == "__init__"
    }


def _goes_on(piece):
    """Whether a method calls the one that it replaces: super() is in it."""
    code = getattr(piece, "__code__", None)
    return code is not None and "__class__" in code.co_freevars
