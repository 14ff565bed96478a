"""Who reads which entry of a configuration: an optimizer's arguments, and a dict that notes."""

from functools import partial

from .._signatures import constructor_arguments


def settings_of(kind, config):
    """The entries of a configuration that a class, or a partial of one, can be called with.

    ``**kwargs`` stands for the arguments of the next base class, and for what the class
    itself takes out of it: which names these are, only a call tells.
    """
    names, more = arguments(kind)
    found = {name: config[name] for name in config if name in names}
    for name in config if more else ():
        if name not in found and _takes(kind, {**found, name: config[name]}, name):
            found[name] = config[name]
    return found


def _takes(kind, found, name):
    """Whether a class can be called with this name."""
    try:
        kind(**found)
    except TypeError as error:
        text = str(error)
        return not (
            f"unexpected keyword argument '{name}'" in text
            or "takes no arguments" in text
            or "exactly one argument" in text
        )
    except Exception:  # of its value, which the trial will hear of
        return True
    return True


def arguments(kind):
    """The names in a class's signature, and whether it may take others; None for a function."""
    if isinstance(kind, partial):
        return arguments(kind.func)
    if not isinstance(kind, type):
        return None
    return constructor_arguments(kind, by_name=True)


class Noted(dict):
    """A configuration that notes in the set `read` which of its entries are looked at."""

    def __init__(self, config, read):
        super().__init__(config)
        self.read = read

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.read.add(name)
        return super().__contains__(name)

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)

    def setdefault(self, name, default=None):
        self.read.add(name)
        return super().setdefault(name, default)

    def pop(self, name, *default):
        self.read.add(name)
        return super().pop(name, *default)

    # Who takes all entries may read each of them.
    def __iter__(self):
        self.read.update(super().keys())
        return super().__iter__()

    def keys(self):
        self.read.update(super().keys())
        return super().keys()

    def values(self):
        self.read.update(super().keys())
        return super().values()

    def items(self):
        self.read.update(super().keys())
        return super().items()

    def __repr__(self):
        return repr(self.copy())

    def __eq__(self, other):
        return self.copy() == other

    __hash__ = None

    def __or__(self, other):
        return self.copy() | other

    def __ror__(self, other):
        return other | self.copy()

    def popitem(self):
        self.read.update(super().keys())
        return super().popitem()

    def __reversed__(self):
        self.read.update(super().keys())
        return super().__reversed__()

    def copy(self):
        return dict(self.items())
