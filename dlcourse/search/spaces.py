"""A search space, and everything that is drawn from it before a search starts."""

import numpy as np

from .._errors import whole_number
from .choices import Choice
from .designs import DESIGNS
from .ranges import Range
from .texts import label
from .values import own


def count(name, value, low=1):
    """Return a whole number that is small enough to count something."""
    value = whole_number(name, value, low)
    if value >= 2**31:
        raise ValueError(f"{name} must be below 2**31 but got a larger number; give less")
    return value


def exact(space):
    """A search space with all digits of its ranges, as a dict of texts."""
    return {
        name: repr(values)
        if isinstance(values, Choice)
        else f"{type(values).__name__}({values.low!r}, {values.high!r})"
        for name, values in space.items()
    }


def check_space(space):
    """Return `space` as a new dict if it is a search space, or say why it is none."""
    hint = 'such as {"lr": LogUniform(1e-4, 1)}'
    if not isinstance(space, dict):
        raise TypeError(f"space must be a dict of ranges, {hint}, but got {space!r}")
    if not space:
        raise ValueError(f"space is empty; name at least one parameter, {hint}")
    for name, values in space.items():
        if not isinstance(name, str):
            raise TypeError(f"space: names must be strings but got {name!r}; give a dict {hint}")
        if not isinstance(values, Range):
            raise TypeError(
                f"space[{name!r}] must be a Uniform, LogUniform, IntUniform or Choice but got "
                f"{values!r}; a value that stays fixed is Choice([{label(values)}])"
            )
    return dict(space)


def check_options(space, journal):
    """Refuse options that no trial can get a copy of, or that a journal cannot tell apart."""
    for name, values in space.items():
        if not isinstance(values, Choice):
            continue
        for option in values.options:
            try:
                own({name: option})
            except Exception as error:
                raise TypeError(
                    f"space[{name!r}] has the option {label(option)}, which cannot be copied "
                    f"({type(error).__name__}), so that a trial that changes it would change it "
                    f"for all; let the option be its name, and let the objective make it"
                ) from error
        texts = values.labels()
        twice = [text for i, text in enumerate(texts) if text in texts[:i]]
        if twice and journal:
            raise ValueError(
                f"space[{name!r}] has two options that both read {twice[0]}, which a journal "
                f"cannot tell apart; give them names or a __repr__ of their own, or search "
                f"without journal"
            )


def draw(space, trials, seed, round=0, design="random"):
    """All configurations and seeds of a round, before any runs.

    Row i depends on seed, round and i only: asking for more trials leaves the first
    ones as they are, and so does another range for the other parameters. (A Latin design
    is made for one number of trials.)
    """
    configs, seeds = np.random.SeedSequence(seed, spawn_key=(round,)).spawn(2)
    u = DESIGNS[design](np.random.default_rng(configs), trials, len(space)).tolist()
    ranges = list(space.items())
    drawn = [
        {name: values._at(share) for (name, values), share in zip(ranges, row, strict=True)}
        for row in u
    ]
    return drawn, np.random.default_rng(seeds).integers(2**31, size=trials)
