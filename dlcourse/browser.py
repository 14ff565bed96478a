"""Smaller experiments where NumPy is slow: in the reader's browser."""

import sys

import numpy as np

_told = False


def runs_in_browser():
    """Whether this Python runs in a web browser (Pyodide, as JupyterLite has it).

    Returns
    -------
    bool

    Examples
    --------
    >>> runs_in_browser()
    False
    """
    return sys.platform == "emscripten"


def scale(full, in_browser):
    """How large an experiment is: `full` on a computer, less in a web browser.

    In a browser the first call says in one sentence that experiments are smaller there.
    Elsewhere the second argument is ignored, and nothing is said.

    Parameters
    ----------
    full : int, range, list, ...
        What the text of the chapter speaks of: seeds, epochs, trials.
    in_browser : the same type
        What a browser can do while a reader waits.

    Returns
    -------
    `full`, or in a browser `in_browser`.

    Raises
    ------
    TypeError
        If the two are not of the same type.

    Examples
    --------
    >>> SEEDS = scale(range(10), range(2))
    >>> SEEDS
    range(0, 10)
    """
    if type(full) is not type(in_browser):
        raise TypeError(
            f"scale needs two values of one type but got {full!r} and {in_browser!r}; "
            f"give the smaller one as a {type(full).__name__} too"
        )
    global _told
    if not runs_in_browser():
        return full
    if not _told:
        _told = True
        print(
            "This runs in your browser, where NumPy is about ten times slower: the experiments "
            "are smaller here, and the results rougher than the text says."
        )
    return in_browser


def _matmul_without_blas(a, b, out=None):
    """The matrix product where NumPy has no BLAS, as in a browser: several times faster there."""
    return np.einsum("ij,jk->ik", a, b, out=out)


matmul = _matmul_without_blas if runs_in_browser() else np.matmul
