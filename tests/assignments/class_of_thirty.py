# ruff: noqa: E501  a table reads best with a row on a line
"""A class of made-up submissions for each assignment, as students hand them in.

Each has the thirty kinds of `kinds.py` and the rows of `submissions.py` that only it has. Our
own; run by the class grader, and then by otter-grader and nbgrader.
"""

import csv
import unicodedata

import nbformat
from answers import RIGHT
from kinds import general, nothing
from submissions import own, points, submission

UNCORRECTED = ("self.m / (1 - beta1**self.t)", "self.m")
NOT_IN_ROOT = (*UNCORRECTED, "(np.sqrt(v_hat) + self.eps)", "np.sqrt(v_hat + self.eps)")

# assignment -> right answers in an odd style; a wrong one and one with two mistakes, each with
# the parts that pass and words of its cause.
SPECIAL = {
    "dropout": (
        {0: RIGHT["dropout by numbers above the rate"]},
        ({0: ("return self.mask * dy", "return dy")}, ("noise", "experiment"), "backward"),
        ({0: ("< 1 - self.rate", "< self.rate", "return self.mask * dy", "return dy")}, (), "two mistakes at once"),
    ),
    "activations": (
        {0: RIGHT["ELU"], 1: RIGHT["PReLU"]},
        ({0: ("left = self.alpha *", "left =")}, ("prelu", "gradients"), "alpha"),
        ({1: ("self.da[...] =", "self.da +=", "np.minimum(self.x, 0) * dy", "self.x * dy")}, ("elu", "gradients"), "two mistakes at once"),
    ),
    "batch-normalization": (
        {0: RIGHT["batchnorm"]},
        ({0: ("x.var(axis=0)", "x.var(axis=0, ddof=1)")}, ("own", "experiment"), "divide by N"),
        ({0: ("var * N / (N - 1)", "var", "self.gamma / self.std * inner", "inner / self.std")}, ("own", "experiment"), "two mistakes at once"),
    ),
    "initialization": (
        {0: RIGHT["he_normal"] + RIGHT["xavier_uniform"]},
        ({0: ("np.sqrt(2 / n_in)", "2 / n_in")}, ("xavier", "signal"), "root is missing"),
        ({0: ("np.sqrt(2 / n_in)", "2 / n_out")}, ("xavier", "signal"), "two mistakes at once"),
    ),
    "optimizers": (
        {0: RIGHT["Momentum"], 1: "from dlcourse import Optimizer\n" + RIGHT["Adam"]},
        ({1: UNCORRECTED}, ("momentum",), "only v is corrected"),
        ({1: NOT_IN_ROOT}, ("momentum",), "two mistakes at once"),
    ),
    "hyperparameters": (
        {0: "def log_uniform(u, low, high):\n    return low * (high / low) ** u", 1: "from dlcourse import Choice\n" + RIGHT["narrow"]},
        ({1: ("math.ceil", "int")}, ("log", "search"), "rounded down"),
        ({1: ("math.ceil", "int", "trials.order()", "trials.order()[::-1]")}, ("log",), "two mistakes at once"),
    ),
}  # fmt: skip


def class_of(name, text):
    """All rows of an assignment: file -> (changes, what happens to it, passing, words)."""
    only = {
        f"{label}.ipynb": (changes, nothing, passing, "")
        for label, (changes, passing) in own(name).items()
    }
    return general(text, name, *SPECIAL[name]) | only


def hand_in(folder, text, rows):
    """Write the submissions into a folder, as files."""
    for name, (changes, then, _, _) in rows.items():
        path = folder / unicodedata.normalize("NFD", name)  # as a Mac writes it
        path.parent.mkdir(parents=True, exist_ok=True)
        nb = submission(text, changes)
        if callable(then):
            then(nb)
        written = nbformat.writes(nb)
        data = {
            "cut off": written[: len(written) // 2].encode(),
            "line ends": b"\xef\xbb\xbf"
            + written.replace("\n", "\r\n").replace("\\n", "\\r\\n").encode(),
            "a pdf": b"%PDF-1.7 made up",
        }.get(then if isinstance(then, str) else "", written.encode())
        path.write_bytes(data)


def table(out):
    """The tables of a graded class: {file: row}."""
    rows = []
    for path in sorted(out.glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file)
    return {row["file"]: row for row in rows}


def wrong(graded, text, rows):
    """What the table says otherwise than expected."""
    found = []
    for name, (_, _, passing, words) in rows.items():
        row = graded.get(name)
        if row is None:
            found.append(f"{name} is lost")
            continue
        expected = {} if passing is None else points(text, passing)
        got = {part: int(row.get(part) or 0) for part in expected}
        said = " ".join(map(str, row.values()))
        if got != expected or words not in said:
            found.append(f"{name}: {got}, not {expected}; {words!r} in {said}")
    return found
