"""The check of `narrow`: a search space around the best trials."""

import math

import numpy as np

from ..search import Choice, IntUniform, LogUniform, Trials, Uniform
from ..search import narrow as right
from .engine.calling import Call
from .engine.judging import Seen, judge
from .engine.protocol import function
from .engine.reporting import Finding, check, shown
from .engine.signatures import check_defaults, named_only
from .mistakes import MISTAKES

START = (
    "sort the trials by score (trials.order() gives their indices, best first, without failed "
    "ones), keep the best k = max(2, ceil(keep * n)), and take smallest and largest value of each "
    "parameter; range.within(values) makes the new range"
)
PROPERTIES = {
    "names": "the new space has the same parameters as the old one",
    "kinds": "each range keeps its kind: a LogUniform stays a LogUniform",
    "untouched": "the old space stays as it was",
    "ends": "each range reaches from the smallest to the largest value of the best "
    "k = max(2, ceil(keep * n)) trials",
    "failed": "trials without a score count neither as good nor in n",
    "outside": "trials that lie outside the space are not looked at",
    "few": "at least two trials are kept",
    "options": "a Choice keeps the options that occur among the best",
}


@check
def narrow(f):
    """Check a function that narrows a search space.

    Parameters
    ----------
    f : callable
        ``f(space, trials, keep=0.2) -> space``, as `dlcourse.narrow`.

    Raises
    ------
    AssertionError
        If a range differs: with its ends, the property that is broken, and the known
        mistake that it equals, if there is one.

    Examples
    --------
    >>> from dlcourse import checks
    >>> from dlcourse import narrow as right
    >>> checks.narrow(right)
    >>> checks.narrow(lambda space, trials, keep=0.2: dict(space))
    Traceback (most recent call last):
    AssertionError: <lambda>(space, trials, 0.25): lr.low should be ... but is 1e-06
      broken property: each range reaches from the smallest to the largest value ...
      likely cause: the space comes back as it was; ...
    """
    name = function(f, "narrow", "my_narrow")
    check_defaults(f, right, name, "keep")
    judge(f, right, observe, PROPERTIES, MISTAKES["narrow"])


def cases():
    """(stage, trials, space, keep): scores with a peak, failed trials, trials outside."""
    space = {"lr": LogUniform(1e-6, 1), "decay": Uniform(0, 2), "width": IntUniform(8, 64)}
    space["f"] = Choice(["relu", "tanh", "elu"])
    rng = np.random.default_rng(2)
    configs = [{name: values.sample(rng) for name, values in space.items()} for _ in range(37)]
    scores = [-abs(math.log10(c["lr"]) + 2) - abs(c["decay"] - 0.7) for c in configs]
    scores = np.array(scores) - 2 * np.array([c["f"] == "elu" for c in configs])
    whole = _trials(space, configs, scores)
    yield "ends", whole, space, 0.25
    yield "ends", whole, space, 0.5
    holes = scores.copy()
    holes[::3] = np.nan
    yield "failed", _trials(space, configs, holes), space, 0.25
    inner = space | {"lr": LogUniform(1e-5, 1e-2), "decay": Uniform(0.2, 1.5)}
    yield "outside", whole, inner, 0.25
    yield "few", whole, space, 0.01


def _trials(space, configs, scores):
    errors = ["failed" if np.isnan(score) else None for score in scores]
    return Trials(space, configs, range(len(configs)), scores, errors)


def observe(f):
    """What comes back for each case, as numbers."""
    name = getattr(f, "__name__", "f")
    for stage, trials, space, keep in cases():
        given = dict(space)
        share = {"keep": keep} if named_only(f, "keep") else {}
        args = (given, trials) if share else (given, trials, keep)
        call = Call(f"{name}(space, trials, {keep})", f, *args, start=START, **share)
        what, new = call.title, call.value
        if not isinstance(new, dict):
            raise Finding(
                f"{what} should be a dict but is {shown(new)}{call.at(call.last_line())}",
                PROPERTIES["names"],
                "build a new dict, name -> range, and return it",
                "no dict",
            )
        missing = [key for key in space if key not in new]
        if missing or len(new) != len(space):
            raise Finding(
                f"{what} has the parameters {sorted(map(str, new))}, expected {sorted(space)}",
                PROPERTIES["names"],
                "go through all of space.items(), and through nothing else",
                "other names",
            )
        same = all(given.get(key) is values for key, values in space.items())
        yield Seen("untouched", what, np.array([same], float), ("the old space (1: untouched)",))
        for key, values in space.items():
            kind = type(values).__name__
            same = np.array([isinstance(new[key], type(values))], float)
            yield Seen("kinds", what, same, (f"whether {key} is a {kind} (1: yes)",))
            if isinstance(values, Choice):
                found = getattr(new[key], "options", ())
                kept = np.array([option in found for option in values.options], float)
                names = [f"whether {key} keeps {option!r}" for option in values.options]
                yield Seen("options", what, kept, names)
            else:
                ends = [getattr(new[key], end, math.nan) for end in ("low", "high")]
                names = (f"{key}.low", f"{key}.high")
                yield Seen(stage, what, np.array(ends, float), names)
