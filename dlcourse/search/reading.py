"""Who reads which entry of a configuration: an optimizer's arguments, and a dict that notes."""

from functools import partial


class Arguments:
    """The names that a class can be called with; all names if it takes any."""

    def __init__(self, names, any_name):
        self.names, self.any_name = names, any_name

    def __contains__(self, name):
        return self.any_name or name in self.names


def arguments(kind):
    """The `Arguments` of a class or a partial of one; None for any other function.

    ``**kwargs`` stands for the arguments of the next base class.
    """
    if isinstance(kind, partial):
        return arguments(kind.func)
    if not isinstance(kind, type):
        return None
    import inspect  # here, so that `import dlcourse` stays light

    names, found = [], [base.__init__ for base in kind.__mro__ if "__init__" in vars(base)]
    for init in found[:-1]:  # the last one is object's
        parameters = list(inspect.signature(init).parameters.values())[1:]
        names += [p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
        if not any(p.kind is p.VAR_KEYWORD for p in parameters):
            return Arguments(list(dict.fromkeys(names)), False)
    return Arguments(list(dict.fromkeys(names)), len(found) > 1)


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

    def copy(self):
        return dict(self.items())
