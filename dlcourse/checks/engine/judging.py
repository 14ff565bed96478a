"""The verdict: an answer beside the right one, and beside the known mistakes."""

import contextlib
import itertools
from typing import NamedTuple

import numpy as np

from .pieces import pairs
from .places import line_of
from .reporting import Finding, number, shown

AND_MORE = " Something else is wrong after it: correct this one first, then run the check again."
LEFT = 7.0  # what stands in the gradients before a backward pass: it is to be overwritten


class Seen(NamedTuple):
    """One thing that was seen of an answer.

    Attributes
    ----------
    stage : str
        Which property it shows: a key of the topic's table of properties.
    what : str
        How to call it: ``"MyDropout.forward(x): y"``.
    value : ndarray
        The numbers.
    names : sequence of str, optional
        What the single entries are, where "y[0, 1]" would not say it.
    rtol, atol : float
        How far two of these may lie apart and still be the same.
    """

    stage: str
    what: str
    value: np.ndarray
    names: tuple = ()
    rtol: float = 1e-6
    atol: float = 0.0


def judge(answer, right, observe, properties, variants):
    """Compare an answer with the right one, step by step; raise a `Finding` where it differs.

    Parameters
    ----------
    answer, right : callable
        What `observe` is called with: the student's, and the library's.
    observe : callable
        A generator function of `Seen`, the same in number and shape for every right answer.
    properties : dict
        Stage -> the property that holds in it.
    variants : sequence of Variant
        What is known to go wrong.
    """
    expected = list(observe(right))
    stream, seen = _guarded(observe(answer)), []
    for i, good in enumerate(expected):
        seen.append(next(stream))
        if not same(seen[-1], good):
            if seen[-1].value.shape != good.value.shape:
                raise _other_shape(seen[-1], good, properties[good.stage])
            seen += _rest(stream)
            variant, whole = diagnose(seen, i, observe, variants)
            cause = variant.sentence if variant else _unknown(seen[i], good, len(variants))
            cause += "" if whole or not variant else AND_MORE
            name = variant.name if variant else None
            raise Finding(_difference(seen[i], good), properties[good.stage], cause, name)


def _guarded(stream):
    """What is seen of an answer; where it cannot even be looked at, that is a finding."""
    with malformed():
        yield from stream


@contextlib.contextmanager
def malformed():
    """Whatever goes wrong while an answer is looked at is the answer's, and told as such.

    The right answer is looked at without this guard, so our own mistakes still show.
    """
    try:
        yield
    except Finding:
        raise
    except Exception as error:
        where, said = line_of(error), shown(error, str, 1000)
        raise Finding(
            f"the check cannot look at this answer: {type(error).__name__}: {said}"
            + (f" ({where})" if where else ""),
            "what the check looks at (settings, learned arrays, results) has the form that the "
            "docstring of the exercise shows",
            "print the attributes of one object after a call, and compare their shapes and types "
            "with the docstring",
            "malformed",
        ) from None


def diagnose(seen, first, observe, variants):
    """The known mistake that behaves as the answer does, or None; and whether it is all.

    Best is one that agrees in everything, then two at once that do; else one that agrees up
    to the first place at which the answer is wrong, for another mistake may come after it.
    """
    agreed = {}
    for variant in itertools.chain(variants, pairs(variants)):
        agreed[variant] = _agreed(seen, observe(variant.make))
        if agreed[variant] == len(seen):
            return variant, True
    return next((v for v in variants if agreed[v] > first), None), False


def _agreed(seen, stream):
    """How many observations agree from the start."""
    agreed = 0
    with contextlib.suppress(Finding):
        for mine, theirs in zip(seen, stream, strict=False):
            if not same(mine, theirs):
                break
            agreed += 1
    return agreed


def same(a, b):
    """Whether two observations agree; two NaN do, too."""
    if a.value.shape != b.value.shape:
        return False
    return np.allclose(a.value, b.value, a.rtol, _atol(b), equal_nan=True)


def _atol(seen):
    """What rounding may do: entries far below the largest may come from differences of it."""
    scale = np.max(np.abs(seen.value), initial=0, where=np.isfinite(seen.value))
    return max(seen.atol, 1e-9 * scale)


def _rest(stream):
    """All that can be seen until the code crashes or ends."""
    seen = []
    with contextlib.suppress(Finding):
        seen.extend(stream)
    return seen


def _other_shape(seen, good, broken):
    return Finding(
        f"{seen.what} should have shape {good.value.shape} but has {seen.value.shape}",
        broken,
        "an axis was lost or added on the way; print the shapes of the arrays in each line",
        "wrong shape",
    )


def _difference(seen, good):
    with np.errstate(invalid="ignore"):
        off = np.abs(seen.value - good.value) / (
            _atol(good) + seen.rtol * np.abs(good.value) + 1e-300
        )
    off = np.where(np.isnan(seen.value) & np.isnan(good.value), 0, off)
    i = np.unravel_index(np.argmax(~(off <= 1)), off.shape)  # the first that is wrong
    index = ", ".join(map(str, i))
    entry = seen.names[i[0]] if seen.names else f"{seen.what}[{index}]" if index else seen.what
    if seen.names:
        entry = f"{seen.what}: {entry}"
    about = "about " if seen.rtol > 1e-3 or seen.atol > 1e-3 else ""
    expected = f"{good.value[i]:.2g}" if about else number(good.value[i])
    got = f"{seen.value[i]:.2g}" if about else number(seen.value[i])
    return f"{entry} should be {about}{expected} but is {got}"


def _unknown(seen, good, known):
    """What can be said of a mistake that is in no table."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (seen.value / good.value)[(good.value != 0) & np.isfinite(seen.value)]
    none = f"none of the {known} known mistakes behaves like this"
    if (seen.value == LEFT).all():
        return f"{none}; what stood there before is still there: write into it, self.d...[...] ="
    if np.allclose(seen.value - good.value, LEFT):
        return f"{none}; it is added to what stood there (+=); write: self.d...[...] = ..."
    if np.isnan(seen.value).any():
        return f"{none}; there is NaN: look for 0/0, the root of a negative number, or overflow"
    if seen.value.size > 2 and not seen.value.any():
        return f"{none}; everything is 0: is the result ever written?"
    if ratio.size > 2 and np.allclose(ratio, -1):
        return f"{none}; every entry has the wrong sign"
    if ratio.size > 2 and np.allclose(ratio, ratio[0]):
        return f"{none}; every entry is {number(ratio[0])} times the right one: look for a factor"
    return (
        f"{none}; compare the formula with your code line by line, with numbers so few and so "
        f"simple that you can compute them by hand"
    )
