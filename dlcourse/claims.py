"""Claims: a sentence of the book that is executed, and fails the build when it does not hold."""

import math

import numpy as np

from ._errors import real_number
from .browser import runs_in_browser

MIME = "application/vnd.dlcourse.claim+json"
VERDICTS = ("true", "needs qualification", "false")


class Claim:
    """A claim that held. A notebook shows it as text; the page *Claims* reads its data.

    In a browser, where experiments are smaller, a claim may also have missed: then `missed`
    says how, such as ``"2 of 3"``, and the claim says so instead of raising.
    """

    def __init__(self, missed=None, **data):
        self.missed, self.data = missed, data

    def __str__(self):
        held = "holds" if self.missed is None else self._miss()
        lines = [
            f"Claim {self.data['id']} {held}: {self.data['statement']}",
            f"  criterion: {self.data['criterion']}",
        ]
        if self.data["verdict"]:
            lines.append(
                f"  the notes (statement {self.data['notes']}) say: {self.data['notes_say']}"
                f" -> {self.data['verdict']}"
            )
        return "\n".join(lines)

    def _miss(self):
        return f"does not hold at this small scale ({self.missed})"

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = self.data
        markdown = (
            f"✓ **Claim {data['id']}** {data['statement']}\n\n*Criterion:* {data['criterion']}."
        )
        if self.missed is not None:
            markdown = markdown.replace("✓", "✗", 1) + f" **It {self._miss()}.**"
        if data["verdict"]:
            markdown += (
                f"\n\n*The notes (statement {data['notes']}) say:* “{data['notes_say']}” "
                f"→ **{data['verdict']}**"
            )
        return {"text/plain": str(self), "text/markdown": markdown, MIME: data}


def claim(
    id,
    statement,
    holds,
    at_least=0.9,
    *,
    within=None,
    unit="seeds",
    notes=None,
    notes_say=None,
    verdict=None,
):
    """State something, and raise unless it holds often enough.

    Parameters
    ----------
    id : str
        Chapter and number, such as ``"C1.2"``.
    statement : str
        One sentence.
    holds : array_like of bool, shape (n,)
        One entry for each seed or paired comparison. With `within`: numbers.
    at_least : float
        The share of entries that must hold, in (0, 1].
    within : (float, float), optional
        For a claim about a size: the interval in which each entry of `holds` must lie.
    unit : str
        What the entries are: seeds, entries, networks, ...
    notes, notes_say, verdict : optional
        Which statement of the study group's notes this answers, what it says, and
        whether that is true, needs qualification, or is false.

    Returns
    -------
    Claim
        Shows the statement and its criterion, the same on every machine: no counts.

    Raises
    ------
    AssertionError
        If fewer entries hold: with the counts and which entries failed. Not in a
        browser, where experiments are smaller (`scale`): there the claim says so.
    TypeError, ValueError
        If `holds` is empty or no array of booleans (or numbers, with `within`).

    Examples
    --------
    >>> print(claim("C0.1", "Two is more than one.", [True, True, True], unit="tries"))
    Claim C0.1 holds: Two is more than one.
      criterion: in at least 3 of 3 tries
    """
    values = np.atleast_1d(np.asarray(holds))
    at_least = real_number("at_least", at_least)
    if not 0 < at_least <= 1:
        raise ValueError(f"at_least must be in (0, 1] but got {at_least}")
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"claim {id}: holds needs one entry a case but has shape {values.shape}")
    if verdict is not None and (verdict not in VERDICTS or not notes or not notes_say):
        raise ValueError(
            f"claim {id}: a verdict is one of {', '.join(VERDICTS)}, with notes and notes_say, "
            f"but got {verdict!r}, {notes!r}, {notes_say!r}"
        )
    needed = math.ceil(at_least * values.size - 1e-9)
    criterion = f"in at least {needed} of {values.size} {unit}"
    if within is None:
        if values.dtype != bool:
            raise TypeError(
                f"claim {id}: holds must be booleans but got dtype {values.dtype}; "
                f"compare first (error_a < error_b), or give within=(low, high)"
            )
        good = values
    else:
        low, high = within
        if values.dtype.kind not in "iuf" or not low <= high:
            raise ValueError(
                f"claim {id}: within=(low, high) needs numbers and low <= high but got "
                f"dtype {values.dtype} and {within}"
            )
        good = (low <= values) & (values <= high)
        criterion = f"between {low:g} and {high:g}, {criterion}"
    missed = None
    if good.sum() < needed and runs_in_browser():
        missed = f"{good.sum()} of {good.size}"
    elif good.sum() < needed:
        failed = np.flatnonzero(~good).tolist()
        raise AssertionError(
            f"claim {id} does not hold: {statement} It held in {good.sum()} of {good.size} "
            f"{unit}, needed {needed}; it failed at {failed}"
            + ("" if within is None else f" with the values {values[~good].tolist()}")
        )
    return Claim(
        missed,
        id=id,
        statement=statement,
        criterion=criterion,
        cases=int(values.size),
        notes=notes,
        notes_say=notes_say,
        verdict=verdict,
    )


def between(value, low, high, unit=""):
    """A measured number as text that is the same on every machine: ``"7 to 8 %"``.

    Digits that depend on the machine's arithmetic must not be printed. This prints the
    interval instead, after checking it.

    Parameters
    ----------
    value : float
        What was measured.
    low, high : float
        The interval, wide enough that another machine stays inside.
    unit : str
        Printed behind the numbers.

    Returns
    -------
    str

    Raises
    ------
    AssertionError
        If the value lies outside. Not in a browser, where experiments are smaller
        (`scale`): there the text shows the value too, ``"9.1 (full scale: 7 to 8) %"``.

    Examples
    --------
    >>> between(7.46, 7, 8, "%")
    '7 to 8 %'
    """
    if runs_in_browser():
        return f"{value:.3g} (full scale: {low:g} to {high:g}) {unit}".rstrip()
    if not low <= value <= high:
        raise AssertionError(f"expected {low:g} to {high:g} {unit} but measured {value:.6g} {unit}")
    return f"{low:g} to {high:g} {unit}".rstrip()


def glue(name, text):
    """Hand a text to the prose of the chapter, where ``{glue:text}`` with `name` prints it.

    Parameters
    ----------
    name : str
        Unique in the book.
    text : str
        The same on every machine: see `between`.

    Returns
    -------
    str
        The text, so that it can be printed as well.

    Notes
    -----
    It stores what ``myst_nb.glue`` stores, but needs nothing beyond a notebook's IPython;
    outside a notebook it only returns the text.

    Examples
    --------
    >>> glue("error", between(7.46, 7, 8, "%"))
    '7 to 8 %'
    """
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return text
    if get_ipython() is not None:
        prefix = "application/papermill.record/"
        display(
            {f"{prefix}text/plain": repr(text)},
            metadata={"scrapbook": {"mime_prefix": prefix, "name": name}},
            raw=True,
        )
    return text
