"""A range without numbers: one of several options."""

import numpy as np

from .ranges import Range
from .texts import label
from .values import same


class Choice(Range):
    """One of several options, all equally likely.

    Parameters
    ----------
    options : sequence
        Strings, numbers, or anything else that can be pickled, such as the classes
        `ReLU` and `ELU`. One option is a value that stays fixed. The whole number 1,
        the float 1.0 and True are three options; so are two arrays that differ.

    Raises
    ------
    TypeError, ValueError
        If there is no option, one stands there twice, or they come as a set, which has
        another order in every process.

    Examples
    --------
    >>> from dlcourse import ELU, ReLU
    >>> Choice([ReLU, ELU])
    Choice([ReLU, ELU])
    >>> Choice([16, 32, 64]).at(0.5)
    32
    """

    __slots__ = ("options",)
    scale = "choice"

    def __init__(self, options):
        if isinstance(options, (str, bytes)) or not hasattr(options, "__iter__"):
            raise TypeError(f"Choice needs a list of options but got {label(options)}; write [...]")
        if isinstance(options, (set, frozenset)):
            raise TypeError(
                f"Choice needs a list of options but got the set {label(options)}, whose order "
                f"is another one in every process; write [...]"
            )
        options = tuple(options)
        if not options:
            raise ValueError("Choice needs at least one option but got none")
        for i, option in enumerate(options):
            if _find(option, options) < i:
                raise ValueError(f"Choice has the option {label(option)} twice; leave one out")
        object.__setattr__(self, "options", options)

    def _at(self, u):
        return self.options[min(int(u * len(self.options)), len(self.options) - 1)]

    def position(self, value):
        """How far an option stands in the list: 0 to 1."""
        i = _index(value, self.options)
        if i < 0:
            raise ValueError(f"{label(value)} is no option of {self!r}; give one of these")
        return i / max(len(self.options) - 1, 1)

    def within(self, values):
        """The options that are among `values`, in their old order."""
        return Choice([option for option in self.options if _find(option, values) >= 0])

    def labels(self):
        """The options as texts."""
        return [label(option) for option in self.options]

    def __contains__(self, value):
        return _index(value, self.options) >= 0

    def _arguments(self):
        return (self.options,)

    def __eq__(self, other):
        return type(self) is type(other) and same(self.options, other.options)

    __hash__ = Range.__hash__

    def __repr__(self):
        return f"Choice([{', '.join(self.labels())}])"


def _find(option, options):
    """Where an option stands (an int and an equal float are two options), or -1."""
    for i, other in enumerate(options):
        if same(option, other):
            return i
    return -1


def _index(value, options):
    """The same for a value that may come out of an array of plain numbers or texts."""
    i = _find(value, options)
    return _find(value.item(), options) if i < 0 and isinstance(value, np.generic) else i
