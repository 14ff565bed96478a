"""A range without numbers: one of several options."""

from .ranges import Range


class Choice(Range):
    """One of several options, all equally likely.

    Parameters
    ----------
    options : sequence
        Strings, numbers, or anything else that can be pickled, such as the classes
        `ReLU` and `ELU`. One option is a value that stays fixed.

    Raises
    ------
    TypeError, ValueError
        If there is no option, or one stands there twice.

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
            raise TypeError(f"Choice needs a list of options but got {options!r}; write [...]")
        options = tuple(options)
        if not options:
            raise ValueError("Choice needs at least one option but got none")
        for i, option in enumerate(options):
            if _index(option, options) < i:
                raise ValueError(f"Choice has the option {label(option)} twice; leave one out")
        object.__setattr__(self, "options", options)

    def at(self, u):
        """The option at the share `u` of the way through the list."""
        return self.options[min(int(u * len(self.options)), len(self.options) - 1)]

    def position(self, value):
        """How far an option stands in the list: 0 to 1."""
        return _index(value, self.options) / max(len(self.options) - 1, 1)

    def within(self, values):
        """The options that are among `values`, in their old order."""
        return Choice([option for option in self.options if _index(option, values) >= 0])

    def __contains__(self, value):
        return _index(value, self.options) >= 0

    def _arguments(self):
        return (self.options,)

    def __repr__(self):
        return f"Choice([{', '.join(label(option) for option in self.options)}])"


def _index(option, options):
    """Where an option stands (an int and an equal float are two options), or -1."""
    for i, other in enumerate(options):
        if other is option or (type(other) is type(option) and other == option):
            return i
    return -1


def label(value):
    """A value as text that is the same in every process: no addresses."""
    name = getattr(value, "__qualname__", None)
    if name is not None:
        return name
    import re  # here, so that `import dlcourse` stays light

    return re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
