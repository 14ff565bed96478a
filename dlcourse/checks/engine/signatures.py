"""What the def line of an answer says: its settings, their form and their defaults."""

import inspect

import numpy as np

from .reporting import Finding, shown


def parameters_of(f):
    """The parameters of a class or function by name; none where Python cannot tell."""
    try:
        return dict(inspect.signature(f).parameters)
    except (TypeError, ValueError):
        return {}


def arguments(cls, settings):
    """Settings as `cls` wants them: by name where it has the name, else in their order."""
    parameters = parameters_of(cls).values()
    by_name = {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
    unnamed = [key for key in settings if key not in by_name]
    if not unnamed or any(p.kind is p.VAR_KEYWORD for p in parameters):
        return [], settings
    # The first parameters have other names, or none: they take the first settings.
    places = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    first = [*settings][: len(places)]
    for key, place in zip(first, places, strict=False):
        if key != place.name and place.name in settings:
            return [], settings  # the order is another, too: let the call say what is wrong
    return [settings[k] for k in first], {k: v for k, v in settings.items() if k not in first}


def defaults(f):
    """The settings of a class or function: name -> default, None where there is none."""
    found = parameters_of(f).items()
    return {name: None if p.default is p.empty else p.default for name, p in found}


def lacking(cls, like):
    """The library's defaults of settings for which an answer states none."""
    mine = parameters_of(cls).items()
    bare = [name for name, p in mine if p.default is p.empty and p.kind < p.VAR_POSITIONAL]
    bare += [name for name, p in mine if p.default is p.empty and p.kind is p.KEYWORD_ONLY]
    known = defaults(like)
    return {name: known[name] for name in bare if known.get(name) is not None}


def accepts(cls, setting):
    """Whether a class names an argument so; **kwargs names nothing."""
    return setting in parameters_of(cls)


def named_only(f, name):
    """Whether an argument can be given by its name alone."""
    parameters = parameters_of(f)
    return name in parameters and parameters[name].kind is inspect.Parameter.KEYWORD_ONLY


def check_defaults(f, like, title, *names):
    """A default that an answer states is that of the library; one without a default is as good."""
    theirs, mine = parameters_of(like), parameters_of(f)
    for name in names or theirs:
        default = mine[name].default if name in mine else inspect.Parameter.empty
        if default is inspect.Parameter.empty or default is theirs[name].default:
            continue
        if not _equal(default, theirs[name].default):
            raise Finding(
                f"{title}: {name} should be {theirs[name].default!r} by default but is "
                f"{shown(default)}",
                "who gives no setting gets the library's",
                f"write it into the def line: {name}={theirs[name].default!r}",
                "default",
            )


def _equal(a, b):
    try:
        return bool(np.all(np.asarray(a == b)))
    except Exception:
        return False
