"""Running a student's code: what goes wrong in it is told with the student's own line."""

import random
import sys

import numpy as np

from .places import is_theirs, line_of, place
from .reporting import Finding, shown


class Call:
    """One call of a student's function, its result checked against what a call must keep.

    Parameters
    ----------
    title : str
        How the call reads: ``"MyDropout.forward(x, train=True)"``.
    function : callable
        What is called with `args` and `kwargs`; arrays among them are given read-only,
        except those in `changes`.
    start : str
        What to tell a student who has not begun.
    """

    def __init__(self, title, function, *args, start="", changes=(), **kwargs):
        self.title, self.function = title, function
        self.args, self.kwargs = [frozen(a, changes) for a in args], kwargs
        before = _global_streams()
        try:
            with np.errstate(all="ignore"):
                self.value = function(*self.args, **kwargs)
        except NotImplementedError as error:
            raise self.not_begun(error, start) from None
        except (Exception, SystemExit) as error:
            raise self.crash(error) from None
        if _global_streams() != before:
            raise Finding(
                f"{title} changes the global random state{self.at(self._drawing_line())}",
                "all random numbers come from the stream that was handed over, so that a seed "
                "repeats them",
                "np.random.rand and its like draw from one global stream; call the same method "
                "of the generator, such as self.rng.random(...) or rng.normal(...)",
                "global random state",
            )

    def not_begun(self, error, start):
        return Finding(
            f"{self.title} is not written yet{self.at(line_of(error))}",
            "it raises NotImplementedError, as the stub did",
            f"nothing is wrong so far; where to start: {start}",
            "stub",
        )

    def crash(self, error):
        where, said = self.at(line_of(error)), shown(error, str, 1000)
        if isinstance(error, ValueError) and "read-only" in said:
            return Finding(
                f"{self.title} writes into its input{where}",
                "what is handed over stays as it was; others still need it",
                "an assignment such as x[...] = or x *= changes the array of the caller; "
                "compute a new array: y = 2 * x",
                "writes into its input",
            )
        return Finding(
            f"{self.title} crashed with {type(error).__name__}: {said}{where}",
            "it runs on valid input",
            _advice(error, said),
            "crash",
        )

    def array(self, like, what):
        """The result, if it is an array of the shape and dtype of `like`."""
        return self.check_array(self.value, like, what)

    def check_array(self, value, like, what):
        """A `value` that the call left behind, if it has the shape and dtype of `like`."""
        good = isinstance(value, np.ndarray)
        if good and value.shape == like.shape and value.dtype == like.dtype:
            return np.array(value)
        where = self.at(self.last_line())
        if value is None:
            raise Finding(
                f"{self.title}: {what} is None{where}",
                f"{what} is an array of shape {like.shape}",
                "a function without a return statement gives None; end it with return ...",
                "None",
            )
        if not isinstance(value, np.ndarray):
            raise Finding(
                f"{self.title}: {what} is {shown(value)}, of type {type(value).__name__}{where}",
                f"{what} is an array of shape {like.shape}",
                "return the NumPy array itself: no list, no tuple, no single number",
                "no array",
            )
        if value.shape != like.shape:
            raise Finding(
                f"{self.title}: {what} should have shape {like.shape} but has {value.shape}{where}",
                "rows are examples and columns are units; each keeps its place",
                _shape_advice(value.shape, like.shape),
                "wrong shape",
            )
        raise Finding(
            f"{self.title}: {what} should be {like.dtype} like the input but is "
            f"{value.dtype}{where}",
            "one dtype per network: dtype in = dtype out",
            "an array of another dtype, or a NumPy number such as np.float64(2), widens the "
            "result; use x.dtype for new arrays and plain Python numbers as factors",
            "wrong dtype",
        )

    def at(self, place):
        """The place of a line as text, to be put behind a sentence."""
        return f" ({place})" if place else ""

    def last_line(self):
        """The student's line at which the call came back; it is run once more to see."""
        return self._trace(lambda: False)

    def _drawing_line(self):
        np.random.random()  # noqa: NPY002  so that another np.random.seed(0) is a change, too
        random.random()
        before = _global_streams()
        return self._trace(lambda: _global_streams() != before)

    def _trace(self, found):
        """Run again, line by line; the first line after which `found` holds, or the last."""
        seen, stopped = [], []

        def lines(frame, event, arg):
            if event in ("line", "return") and not stopped and found():
                stopped.append(True)
            if event == "line" and not stopped:
                seen.append((frame.f_code.co_filename, frame.f_lineno))
            return lines

        def calls(frame, event, arg):
            return lines if is_theirs(frame.f_code.co_filename) else None

        old = sys.gettrace()
        sys.settrace(calls)
        try:
            with np.errstate(all="ignore"):
                self.function(*self.args, **self.kwargs)
        except (Exception, SystemExit):
            pass
        finally:
            sys.settrace(old)
        return place(*seen[-1]) if seen else ""


def frozen(x, changes=()):
    """A read-only copy of an array; anything else as it is."""
    if not isinstance(x, np.ndarray) or any(x is y for y in changes):
        return x
    x = x.copy()
    x.flags.writeable = False
    return x


def _global_streams():
    name, keys, *rest = np.random.get_state()  # noqa: NPY002  that is the one to watch
    return keys.tobytes(), rest, random.getstate()


def _shape_advice(got, expected):
    if got == expected[::-1]:
        return "the result is transposed; rows are examples"
    if len(got) < len(expected):
        return "a sum or mean took away an axis; say along which: axis=0, or keepdims=True"
    return "an array was broadcast against another of the wrong shape; print the shapes of both"


def _advice(error, text):
    if isinstance(error, AttributeError) and "has no attribute" in text:
        return "a name is misspelt, or nothing was stored under it before; forward runs first"
    if isinstance(error, TypeError) and "argument" in text:
        return "the names of the arguments are those of the docstring; compare the def line"
    if isinstance(error, ValueError) and ("broadcast" in text or "mismatch" in text):
        return "two arrays do not fit; print their shapes in the line before"
    if isinstance(error, NameError):
        return "a name is misspelt, or self. is missing in front of it"
    if isinstance(error, ZeroDivisionError):
        return "something is divided by 0 in plain Python; does the count of steps begin at 1?"
    return "read the line that is named; run it alone with a small input"
