"""What a check says: what differs, which property is broken, and the likely cause."""

import functools
import sys

import numpy as np


class Finding(Exception):
    """Something is wrong with an answer. Inside this package only; students see `told`.

    Parameters
    ----------
    what : str
        What differs: the entry, what was expected, what came.
    broken : str
        The property that does not hold.
    cause : str
        The likely cause, or where to start.
    variant : str, optional
        The name of the known mistake that the answer equals.
    """

    def __init__(self, what, broken, cause, variant=None):
        what, broken, cause = map(_one_line, (what, broken, cause))
        super().__init__(what, broken, cause, variant)  # all, so that pickle can make it again
        self.what, self.broken, self.cause, self.variant = what, broken, cause, variant

    def __str__(self):
        return self.what

    def told(self):
        """The error that a student sees: three short parts, one a line."""
        error = AssertionError(
            f"{self.what}\n  broken property: {self.broken}\n  likely cause: {self.cause}"
        )
        error.what, error.broken, error.cause = self.what, self.broken, self.cause
        error.variant = self.variant
        return error


def _one_line(text):
    """An array's text, or an error's, may have several lines."""
    return " ".join(text.split()) if "\n" in text else text


def check(function):
    """Make a check: findings become errors without our own inner workings in the traceback."""

    @functools.wraps(function)
    def checked(answer, *args, **kwargs):
        told = None
        try:
            with np.errstate(all="ignore"):  # whatever the student's np.seterr says
                function(answer, *args, **kwargs)
        except Finding as finding:
            told = finding.told()
        if told is not None:
            raise told
        if _in_notebook():
            print(f"{name_of(answer)}: all is well.")

    return checked


def _in_notebook():
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def name_of(answer):
    """What to call an answer: the name of a class or function, or the text of a layer."""
    return getattr(answer, "__name__", None) or shown(answer)


def shown(value, text=repr, most=60):
    """A value as a text of at most `most` letters, even if its own ``__repr__`` fails."""
    try:
        return text(value)[:most]
    except Exception:
        return f"<{type(value).__name__}, which has no text of its own>"


def number(value):
    """A number with the digits that matter."""
    return f"{float(value) + 0.0:.6g}"  # + 0.0: no minus in front of 0
