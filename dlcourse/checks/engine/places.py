"""Where a line of the student's code stands, and what it says."""

import linecache
import os
import sys
import traceback

import numpy as np

import dlcourse

OURS = os.path.dirname(os.path.abspath(dlcourse.__file__)) + os.sep
NUMPYS = os.path.dirname(os.path.abspath(np.__file__)) + os.sep


def is_theirs(filename):
    """Whether a file is the student's, not ours, NumPy's or Python's."""
    if filename.startswith((OURS, NUMPYS)) or "site-packages" in filename:
        return False
    return not filename.startswith("<frozen") and filename != "<__array_function__ internals>"


def place(filename, line):
    """A line of code as text: where it stands, and what it says."""
    name = os.path.basename(filename)
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if shell and hasattr(shell.compile, "format_code_name"):
        known = shell.compile.format_code_name(filename)  # ("Cell", "In[3]") for a notebook
        name = " ".join(known) if known else name
    text = linecache.getline(filename, line).strip()
    return f"{name}, line {line}" + (f": {text}" if text else "")


def line_of(error):
    """The place of the last line of the student that an error came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if is_theirs(f.filename)]
    return place(frames[-1].filename, frames[-1].lineno) if frames else ""
