"""Measured values: said with a marker, and checked against a range.

What stands behind the marker ``≈`` may differ from machine to machine, so the tests of the
notebooks blank it (`tests/notebooks/sanitize.cfg`). Range, sign and unit are compared.
"""

import math

import numpy as np

from . import rerun
from ._errors import not_negative, real_number
from ._student import standard_error
from .browser import runs_in_browser

MIME = "application/vnd.dlcourse.measured+json"


def decimals_for(step):
    """How many decimals show a tenth of `step`: 1 for a range of width 1.5, 2 for 0.2."""
    if not (math.isfinite(step) and step > 0):
        return 3
    return 1 - math.floor(math.log10(step) + 1e-9)


def plain_number(x, decimals=None):
    """A number as the book writes it: ``9,900``, ``−0.5``; all its digits without `decimals`."""
    if not math.isfinite(x):
        return str(x)
    text = f"{x:g}" if decimals is None else f"{round(x, decimals):,.{max(decimals, 0)}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("-")


def marked(x, decimals, either_sign=False):
    """``≈9.7``. A sign that may turn on another machine stands apart: ``≈ −0.3``, ``≈ +0.3``."""
    text = plain_number(x, decimals)
    if not either_sign:
        return f"≈{text}"
    return f"≈ {text if text.startswith('−') else '+' + text}"


def said(value, uncertainty, low, high, unit):
    """The value without its range: what `glue` hands to the prose."""
    value = math.nan if value is None else value
    decimals = decimals_for(10 * uncertainty if uncertainty else high - low)
    decimals = min(decimals, 0) if isinstance(value, int) else decimals
    text = marked(value, decimals, low < 0 < high)
    if uncertainty is not None:
        text += f" ± {plain_number(uncertainty, decimals)}"
    return f"{text} {unit}".rstrip()


def rounded(x):
    """Six digits of a number, as JSON can hold it: null where it is not finite."""
    if isinstance(x, int):
        return x
    return None if x is None or not math.isfinite(x) else float(f"{x:.6g}")


class Measured(str):
    """The text of a measured value with its range; `short` is the same without the range."""

    def __new__(cls, text, short=None, data=None, metadata=None):
        made = super().__new__(cls, text)
        made.short, made.data, made.metadata = short, data, metadata
        return made


def between(value, low, high, unit="", *, uncertainty=None):
    """Say a measured number, and check that it lies in the range it has on any machine.

    Digits that depend on the machine's arithmetic stand behind the marker ``≈``; the tests
    compare the range, the sign and the unit, and blank those digits.

    Parameters
    ----------
    value : float, or array_like of shape (runs,)
        What was measured. From several runs: their mean is said, with its standard error.
    low, high : float
        The range, wide enough that another machine stays inside.
    unit : str
        Said behind the number. In prose that will be translated: a symbol, such as ``%``.
    uncertainty : float, optional
        What to say behind ``±`` when `value` is one number.

    Returns
    -------
    str
        Value and range. `glue` hands the value alone to the prose.

    Raises
    ------
    AssertionError
        If the value lies outside. Not in a browser, where experiments are smaller
        (`scale`): there the text says that the range is that of the full scale.
    TypeError, ValueError
        If `value` is no number, or the range is empty.

    Notes
    -----
    Digits: a tenth of the range's width, or the first digit of the uncertainty; whole numbers
    stay whole. Where the range has numbers below and above 0, the sign is measured too, and
    stands apart.

    Examples
    --------
    >>> between(7.46, 7, 8, "%")
    '≈7.5 % (7 to 8)'
    >>> between([9.5, 9.9, 9.7, 9.3], 9, 10.5, "%")
    '≈9.6 ± 0.1 % (9 to 10.5)'
    """
    low, high = real_number("low", low), real_number("high", high)
    if not low < high:
        raise ValueError(f"the range must have low < high but got low={low:g} and high={high:g}")
    runs = np.asarray(value)
    if runs.ndim > 1 or runs.size == 0 or runs.dtype.kind not in "iuf":
        raise TypeError(
            f"value must be a number, or one number a run, but got {value!r}; "
            f"of booleans take the mean or the sum first"
        )
    if uncertainty is not None:
        uncertainty = not_negative("uncertainty", uncertainty)
    elif runs.size > 1:
        uncertainty = standard_error(runs)
    mean = float(runs.mean()) if runs.ndim or runs.dtype.kind == "f" else int(runs)
    inside, unit = low <= mean <= high, str(unit)
    # What is said is rounded from what is stored, so that a test can write it anew.
    kept = {"value": rounded(mean), "uncertainty": rounded(uncertainty)}
    short = said(kept["value"], kept["uncertainty"], low, high, unit)
    kept_range = f"{plain_number(low)} to {plain_number(high)}"
    heard = rerun.told("value", short, inside, value=mean, low=low, high=high, unit=unit)
    if runs_in_browser():
        kept_range = f"full scale: {kept_range}"
    elif not inside and not heard:
        raise AssertionError(
            f"expected {kept_range} {unit}".rstrip() + f" but measured {mean:.6g}; if it is right "
            f"find out why it moved before you change the range"
        )
    return Measured(
        f"{short} ({kept_range})",
        short,
        {"low": low, "high": high, "unit": unit},
        kept,
    )


def glue(name, text):
    """Hand a text to the prose of the chapter, where ``{glue:text}`` with `name` prints it.

    Parameters
    ----------
    name : str
        Unique in the book.
    text : str
        Exact, the same on every machine; or what `between` returned: then the prose gets
        the measured value without its range, as in ``≈9.7 %``.

    Returns
    -------
    str
        The text as it came, with the range, so that it can be printed as well.

    Notes
    -----
    It stores what ``myst_nb.glue`` stores, but needs nothing beyond a notebook's IPython;
    outside a notebook it only returns the text.

    Examples
    --------
    >>> glue("error", between(7.46, 7, 8, "%"))
    '≈7.5 % (7 to 8)'
    """
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return text
    if get_ipython() is not None:
        prefix = "application/papermill.record/"
        data = {f"{prefix}text/plain": repr(str(getattr(text, "short", text)))}
        metadata = {"scrapbook": {"mime_prefix": prefix, "name": name}}
        if isinstance(text, Measured):
            data[f"{prefix}{MIME}"] = text.data
            metadata["dlcourse"] = text.metadata
        display(data, metadata=metadata, raw=True)
    return text
