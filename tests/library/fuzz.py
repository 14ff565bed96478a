"""Random calls of every public name with odd arguments: is each error one of ours, and clear?

``python tests/library/fuzz.py 10000`` prints the unclear errors, each once, with its count.
A call is right but for one or two arguments. An error is unclear if it was not raised by a
``raise`` of dlcourse, or its text does not say which argument is wrong and what to do.
"""

import ast
import contextlib
import functools
import inspect
import io
import os
import re
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import odd_arguments
from odd_arguments import odd
from right_arguments import SLOW, NoRightValue, good, right

import dlcourse as dl

HOME = os.path.dirname(dl.__file__)
# For writers of layers, optimizers and ranges, who call them from inside; and errors.
INSIDE = {"average", "decay", "scaled", "update", "rectification", "df", "f", "follow", "initial"}
INSIDE |= {"recall", "remember", "within", "add", "parameters", "add_note", "with_traceback"}
RESULTS = {"Trials"}  # made by a search, not by users
LEFT_OUT = {"Diverged", "Interrupted", "Tuned", "Layer", "Activation", "Optimizer", "base"}
LEFT_OUT |= {"search", "count"}
REMEDY = re.compile(
    r"must|needs?\b|give|convert|take|call|choose|set |use|make|build|try|ask|put|save|clean|look|"
    r"leave|add|write|at most|has no|there (is|are)|one of|say "
)


def entry_points():
    """All calls: a name, the function, and whether it is a method of what the class makes."""
    for name, made in sorted(vars(dl).items()):
        if name[0] == "_" or inspect.ismodule(made) or name in LEFT_OUT or not callable(made):
            continue
        if inspect.signature(made).parameters and name not in RESULTS:
            yield name, made, None
        for method in dir(made) if inspect.isclass(made) else ():
            function = getattr(made, method)
            if method[0] == "_" or method in INSIDE or not callable(function):
                continue
            if len(inspect.signature(function).parameters) > 1:  # beside self
                yield f"{name}.{method}", function, made


def run(function, chosen, *first):
    """Call it; what takes any number of arguments (layers) gets one."""
    starred = [n for n in chosen if n == "layers"]
    result = function(*first, *(chosen.pop(n) for n in starred), **chosen)
    if inspect.isgenerator(result):
        list(result)
    return result


def call(name, function, owner, rng):
    """One call with one or two odd arguments."""
    chosen = right(name, function, rng)
    names = [n for n in inspect.signature(function).parameters if n != "self"]
    for n in rng.choice(names, min(len(names), int(rng.integers(1, 3))), replace=False).tolist():
        chosen[n] = odd(rng, big=n not in SLOW)
    if owner is None:
        return run(function, chosen)
    made = run(owner, right(owner.__name__, owner, rng))
    if issubclass(owner, dl.Layer) and not name.endswith(".start"):
        dl.Sequential(made).forward(good(rng)["x"], train=True)
    return run(function, chosen, made)


@functools.cache
def raised(path):
    """The lines of a file that belong to a ``raise``."""
    nodes = [n for n in ast.walk(ast.parse(Path(path).read_text())) if isinstance(n, ast.Raise)]
    return {line for n in nodes for line in range(n.lineno, n.end_lineno + 1)}


def fault(error, name, names):
    """Where an unclear error came from and what is unclear, or an empty text."""
    frames, text = traceback.extract_tb(error.__traceback__), str(error)
    ours = [f for f in frames if f.filename.startswith(HOME)]
    if frames[-1].filename == odd_arguments.__file__:  # a function of the caller's own
        return ""
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "the fuzz itself"
    if not ours or ours[-1] is not frames[-1] or ours[-1].lineno not in raised(ours[-1].filename):
        return f"{place} {type(error).__name__}"
    words = {*names, *name.split("."), *(w for n in names for w in n.split("_"))} - {
        "in",
        "is",
        "or",
    }
    if not any(re.search(rf"\b{re.escape(w.rstrip('s'))}", text, re.I) for w in words):
        return f"{place} names no argument"
    return "" if REMEDY.search(text) else f"{place} names no remedy"


def late(*_):
    raise TimeoutError("a call took more than 10 s")


def fuzz(calls, seed=0):
    """So many calls; how they ended, and the unclear errors: where -> [count, first text]."""
    rng, points = np.random.default_rng(seed), list(entry_points())
    ends, unclear = Counter(), {}
    before = signal.signal(signal.SIGALRM, late)
    for i in range(calls):
        name, function, owner = points[i % len(points)]
        signal.alarm(10)
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                call(name, function, owner, rng)
            ends["ran"] += 1
        except NoRightValue:
            raise
        except Exception as error:
            where = fault(error, name, list(inspect.signature(function).parameters))
            ends["unclear" if where else "clear"] += 1
            if where:
                unclear.setdefault(f"{name} {where}", [0, f"{error}"])[0] += 1
        finally:
            signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    return ends, unclear


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        ends, unclear = fuzz(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    for where, (count, text) in sorted(unclear.items(), key=lambda item: -item[1][0]):
        print(f"{count:5d}  {where}: {text:.150}")
    print(f"{dict(ends)}; unclear: {ends['unclear'] / ends.total():.2%}")
