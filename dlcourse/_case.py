"""What is handed to a claim, checked: entries, words that go together, differences."""

import numpy as np

from ._arguments import is_pair
from ._errors import real_number
from ._student import interval
from .browser import runs_in_browser

MARGIN = 0.2  # by this share of the cases a control must miss the criterion


def ends(id, name, given):
    """A range as a list of two floats, or None."""
    if given is None:
        return None
    if not is_pair(given):
        raise TypeError(f"claim {id}: {name} must be (low, high) but got {given!r}")
    low, high = (real_number(f"claim {id}: an end of {name}", end) for end in given)
    if not low < high:
        raise ValueError(f"claim {id}: {name}=(low, high) needs low < high but got {given!r}")
    return [low, high]


def entries(id, name, entries, within):
    """The entries as given, and as booleans."""
    values = np.atleast_1d(np.asarray(entries))
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"claim {id}: {name} needs one entry a case but has shape {values.shape}")
    if within is None:
        if values.dtype != bool:
            raise TypeError(
                f"claim {id}: {name} must be booleans but got dtype {values.dtype}; "
                f"compare first (error_a < error_b), or give within=(low, high)"
            )
        return values, values
    low, high = within
    if values.dtype.kind not in "iuf":
        raise ValueError(
            f"claim {id}: with within, {name} needs numbers but has dtype {values.dtype}"
        )
    return values, (low <= values) & (values <= high)


def check_words(id, at_least, control, control_is, why_no_control, effect, unit, effect_within):
    """What must be said together is."""
    if (control is None) != (not str(control_is).strip()):
        raise ValueError(
            f"claim {id}: control and control_is go together; say in a phrase what was changed, "
            f'such as control_is="no input is rare"'
        )
    if control is not None and why_no_control:
        raise ValueError(f"claim {id} has a control: leave out why_no_control")
    if control is not None and at_least <= MARGIN:
        raise ValueError(
            f"claim {id}: at_least={at_least:g} leaves a control no room to miss it by {MARGIN}"
        )
    if (effect is None) != (not unit):
        raise ValueError(
            f"claim {id}: effect and unit go together (paired differences, and such as "
            f'unit="points"); what is counted is said by cases="networks"'
        )
    if effect_within is not None and effect is None:
        raise ValueError(f"claim {id}: effect_within checks the mean of effect: give effect, too")


def effect_of(id, effect):
    differences = np.asarray(effect)
    if differences.ndim != 1 or differences.dtype.kind not in "iuf" or differences.size == 0:
        raise ValueError(
            f"claim {id}: effect needs one difference a case but got dtype {differences.dtype} "
            f"and shape {differences.shape}"
        )
    broken = differences.size < 2 or not np.isfinite(differences).all()
    if broken and not runs_in_browser():
        raise ValueError(
            f"claim {id}: effect needs at least two finite differences but got {effect!r}"
        )
    return dict(zip(("mean", "low", "high"), interval(differences), strict=True))
