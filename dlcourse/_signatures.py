"""Which arguments a class can be made with, as its constructor says."""


def constructor_arguments(cls, by_name=False):
    """The names of a constructor's arguments, and whether it may take others.

    Arguments that it hands on with ``*args`` or ``**kwargs`` are those of its base.
    ``by_name=True`` leaves out what has a place only, and so cannot be given by its name.
    """
    from inspect import Parameter, signature  # here, so that `import dlcourse` stays light

    unnamed = hands_on = {Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD}
    if by_name:
        unnamed, hands_on = {*unnamed, Parameter.POSITIONAL_ONLY}, {Parameter.VAR_KEYWORD}
    names, more = [], False
    for owner in cls.__mro__[:-1]:  # the last one is object
        if "__init__" not in vars(owner):
            continue
        parameters = list(signature(owner.__init__).parameters.values())[1:]
        names += [p.name for p in parameters if p.kind not in unnamed]
        kinds = {p.kind for p in parameters}
        more |= Parameter.VAR_KEYWORD in kinds
        if not kinds & hands_on:
            break
    return list(dict.fromkeys(names)), more
