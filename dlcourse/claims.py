"""Claims: a sentence of the book that is executed, and fails the build when it does not hold.

A claim is believed when its experiment succeeds and its control, the same experiment without
the cause, fails.
"""

import math

import numpy as np

from . import _box, rerun
from ._case import MARGIN, check_words, effect_of, ends, entries
from ._errors import real_number
from .browser import runs_in_browser
from .measured import rounded

MIME = "application/vnd.dlcourse.claim+json"
VERDICTS = ("true", "needs qualification", "false")


class Claim:
    """A claim that held. A notebook shows it as text; the page *Claims* reads its data.

    Attributes
    ----------
    data : dict
        Statement, criterion, cases, control and notes: the same on every machine.
    measured : dict
        Counts, effect and values. Notebooks store it as the output's metadata, which no
        test compares; the text marks it.
    missed : str or None
        How the claim missed: in a browser, where experiments are smaller, it does not raise.
    """

    def __init__(self, data, measured, missed=None):
        self.data, self.measured, self.missed = data, measured, missed

    def __str__(self):
        return _box.plain(self.data, self.measured, self.missed)

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = _box.markdown(self.data, self.measured, self.missed)
        bundle = {"text/plain": str(self), "text/markdown": shown, MIME: self.data}
        return bundle, {"dlcourse": self.measured}


def claim(
    id,
    statement,
    holds,
    *,
    control=None,
    control_is="",
    effect=None,
    unit="",
    at_least=0.9,
    why_no_control="",
    within=None,
    effect_within=None,
    cases="seeds",
    notes=None,
    notes_say=None,
    verdict=None,
):
    """State something, and raise unless it holds often enough and its control does not.

    Parameters
    ----------
    id : str
        Chapter and number, such as ``"C1.2"``.
    statement : str
        One sentence: what a reader who knows only the criterion would write.
    holds : array_like of bool, shape (n,)
        One entry for each seed or paired comparison. With `within`: numbers.
    control : array_like like `holds`, shape (n,)
        The same, computed by the same function with one setting changed so that the cause
        is gone: the rare inputs made common, the layer without its mask. It must miss the
        criterion by 0.2: at the usual 0.9 it may hold in at most 7 of 10.
        For a claim of *no difference* the control is a planted difference, of the size
        that would matter, which must be noticed: ``holds = abs(gap) < 0.5`` and
        ``control = abs(gap + 1) < 0.5``.
    control_is : str
        What was changed, in a phrase; needed with `control`, and shown.
    effect : array_like, shape (m,)
        Paired differences, one a seed. Shown as mean and 95 % interval (Student's t).
    unit : str
        Of the effect, such as ``"points"``; needed with `effect`.
    at_least : float
        The share of entries that must hold, in (0, 1].
    why_no_control : str
        Why there is none; shown. Fewer than one claim in ten needs it.
    within : (float, float), optional
        For a claim about a size: the interval in which each entry of `holds` must lie.
    effect_within : (float, float), optional
        A range for the mean effect, checked too and part of the criterion.
    cases : str
        What the entries are: seeds, entries, networks, ...
    notes, notes_say, verdict : optional
        Which statement of the study group's notes this answers, what it says, and
        whether that is true, needs qualification, or is false.

    Returns
    -------
    Claim
        Shows statement, criterion, what was measured and what became of the control.
        Statement and criterion are the same on every machine; what was measured is marked.

    Raises
    ------
    AssertionError
        If fewer entries hold, the control holds too often, or the mean effect is out of
        its range. Not in a browser, where experiments are smaller: there the claim says so.
    TypeError, ValueError
        If `holds` is empty or no array of booleans (or numbers, with `within`); a control
        of another length or without `control_is`; an effect without `unit`.

    Examples
    --------
    >>> with_rare, all_common = np.array([2, 1, 3, 2, 4]), np.array([-1, 0, 1, 0, -2])
    >>> print(claim("C0.1", "Adagrad errs less than SGD.", with_rare > 0, effect=with_rare,
    ...             unit="points", control=all_common > 0, control_is="no input is rare"))
    Claim C0.1 holds: Adagrad errs less than SGD.
      criterion: in at least 5 of 5 seeds
      measured: holds here in 5 of 5 (needs 5); difference ≈ +2.4 points (≈ +1.0 to ≈ +3.8)
      control, no input is rare: here 1 of 5 (at most 3)
    """
    texts = (id, statement, control_is, unit, why_no_control, cases)
    if not all(isinstance(text, str) for text in texts) or not (id.strip() and statement.strip()):
        raise TypeError(f"claim {id!r}: id, statement and all it says must be text, got {texts}")
    at_least = real_number("at_least", at_least)
    if not 0 < at_least <= 1:
        raise ValueError(f"at_least must be in (0, 1] but got {at_least}")
    if verdict is not None and (str(verdict) not in VERDICTS or not notes or not notes_say):
        raise ValueError(
            f"claim {id}: a verdict is one of {', '.join(VERDICTS)}, with notes and notes_say, "
            f"but got {verdict!r}, {notes!r}, {notes_say!r}"
        )
    within, effect_within = ends(id, "within", within), ends(id, "effect_within", effect_within)
    values, good = entries(id, "holds", holds, within)
    check_words(id, at_least, control, control_is, why_no_control, effect, unit, effect_within)
    needed = math.ceil(at_least * good.size - 1e-9)
    criterion = f"in at least {needed} of {good.size} {cases}"
    if within is not None:
        criterion = f"between {_box.both(within, ' and ')}, {criterion}"
    numbers = None if effect is None else effect_of(id, effect)
    if effect_within is not None:
        criterion += f", and a mean difference of {_box.both(effect_within, ' to ')} {unit}"
    data = {
        "id": id,
        "statement": statement,
        "criterion": criterion,
        "cases": int(good.size),
        "needed": needed,
        "within": within,
        "unit": unit,
        "effect_within": effect_within,
        "control_is": control_is,
        "control_at_most": None,
        "why_no_control": why_no_control,
        "notes": notes,
        "notes_say": notes_say,
        "verdict": verdict,
    }
    measured = {
        "held": int(good.sum()),
        "values": None if within is None else [rounded(values.min()), rounded(values.max())],
        "effect": numbers and {name: rounded(number) for name, number in numbers.items()},
        "control": None,
    }
    faults = _faults(data, numbers, good, values)
    if control is not None:
        _, noticed = entries(id, "control", control, within)
        if noticed.size != good.size:
            raise ValueError(
                f"claim {id}: the control needs as many cases as holds, {good.size}, but has "
                f"{noticed.size}; run it with the same seeds"
            )
        most = math.floor((at_least - MARGIN) * good.size + 1e-9)
        data["control_at_most"], measured["control"] = most, int(noticed.sum())
        if measured["control"] > most:
            faults += [
                f"its control ({control_is}) held in {noticed.sum()} of {good.size}, "
                f"at most {most} may",
                "so the cause is another one, or the criterion cannot tell",
            ]
    heard = rerun.told("claim", id, not faults, **data | measured | {"faults": faults})
    if faults and not heard and not runs_in_browser():
        raise AssertionError(f"claim {id} does not hold ({statement}): {'; '.join(faults)}")
    return Claim(data, measured, faults[0] if faults and runs_in_browser() else None)


def _faults(data, effect, good, values):
    """Why a claim does not hold, in words, its control left aside."""
    faults = []
    if good.sum() < data["needed"]:
        counts = f"it held in {good.sum()} of {good.size}, needed {data['needed']}"
        failed = f"it failed at {np.flatnonzero(~good).tolist()}"
        if data["within"]:
            failed += f" with the values {values[~good].tolist()}"
        faults += [counts, failed]
    if data["effect_within"]:
        low, high = data["effect_within"]
        if not low <= effect["mean"] <= high:
            faults.append(f"the mean difference is {effect['mean']:.6g}, not {low:g} to {high:g}")
    return faults
