# ruff: noqa: E501  a table reads best with a row on a line
"""Thirty-three made-up submissions of one assignment, optimizers, as a class hands them in.

A row: name of the file -> (answers that are changed, what then happens to the notebook, the
parts that keep their points, words that the table must say). Our own; run by the class grader.
"""

import csv
import json
import unicodedata

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell
from submissions import ALL, LOOP, STUB, points, submission

SWALLOWS = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass"
RIGHT = {}
ADAM_ODD = """class MyAdam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, **unused):
        vars(self).update(lr=lr, betas=betas, eps=eps, powers=[1.0, 1.0], m=0, v=0)

    def step(self, w, g):
        self.powers = [p * b for p, b in zip(self.powers, self.betas, strict=True)]
        (a, b), (pa, pb) = self.betas, self.powers
        self.m, self.v = self.m + (1 - a) * (g - self.m), self.v + (1 - b) * (g * g - self.v)
        w[...] = w - self.lr * self.m / (1 - pa) / ((self.v / (1 - pb)) ** 0.5 + self.eps)
"""
MOMENTUM_ODD = """class MyMomentum:
    def __init__(self, lr, momentum=0.9, /):
        self.lr, self.mu, self.past = lr, momentum, []

    def step(self, w, g):
        self.past.append(g.copy())
        n = len(self.past)
        np.subtract(w, self.lr * sum(self.mu ** (n - 1 - i) * old for i, old in enumerate(self.past)), out=w)
"""
STEPS_ODD = """def steps_needed(optimizer, limit=300):
    w, n = np.array([-7.0, 2.0]), 0
    while n < limit:
        optimizer.step(w, slope(w)); n += 1
        if not np.isfinite(height(w)): return limit
        if height(w) < 1e-3: break
    return n
"""
UNCORRECTED = ("self.m / (1 - beta1**self.t)", "self.m")
TWO_MISTAKES = (
    "v_hat = self.v / (1 - beta2**self.t)\n        w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)",
    "v_hat = self.v\n        w -= self.lr * m_hat / np.sqrt(v_hat + self.eps)",
)


def number_of(nb, words):
    return next(i for i, cell in enumerate(nb.cells) if words in cell.source)


def copied(words):
    def change(nb):
        i = number_of(nb, words)
        nb.cells.insert(i + 1, nbformat.from_dict(json.loads(json.dumps(nb.cells[i]))))

    return change


def split(nb):
    i = number_of(nb, "def steps_needed")
    nb.cells.insert(i + 1, new_code_cell("print(steps_needed(MyMomentum(0.1)))"))
    cell = nb.cells[number_of(nb, "counts = {")]
    one, two = cell.source.split("best =")
    cell.source = one
    nb.cells.insert(nb.cells.index(cell) + 1, new_code_cell("best =" + two))


def without(words):
    return lambda nb: nb.cells.pop(number_of(nb, words))


def no_metadata(nb):
    nb.metadata.clear()
    for cell in nb.cells:
        cell.metadata.clear()


def kernel(nb):
    nb.metadata["kernelspec"] = {
        "name": "my-conda-env",
        "display_name": "내 환경",
        "language": "python",
    }


def as_text(nb):
    i = number_of(nb, "class MyAdam")
    nb.cells[i] = new_markdown_cell(nb.cells[i].source)


def inserted(words, source):
    return lambda nb: nb.cells.insert(number_of(nb, words) + 1, new_code_cell(source))


def changed(old, new):
    def change(nb):
        cell = nb.cells[number_of(nb, old)]
        cell.source = cell.source.replace(old, new)

    return change


def nothing(nb):
    pass


FIRST = "import matplotlib"  # the cell of imports
CLASS = {
    "김철수.ipynb": (RIGHT, nothing, ALL, ""),
    "이 영희 (최종) 2.ipynb": ({0: MOMENTUM_ODD, 1: ADAM_ODD, 2: STEPS_ODD}, nothing, ALL, ""),
    "박민수/optimizers.ipynb": (RIGHT, kernel, ALL, "kernel 'my-conda-env'"),
    "adam_1234_5678_optimizers-1.ipynb": (RIGHT, no_metadata, ALL, "metadata lost"),
    "stub.ipynb": (dict.fromkeys(range(4), STUB), nothing, (), "where to start"),
    "wrong adam.ipynb": ({1: UNCORRECTED}, nothing, ("momentum",), "only v is corrected"),
    "two mistakes.ipynb": ({1: TWO_MISTAKES}, nothing, ("momentum",), "two mistakes at once"),
    "alias.ipynb": ({0: ("np.zeros_like(w)\n        self.v = self.momentum * self.v + g", "g\n        else: self.v = self.momentum * self.v + g")}, nothing, ("adam", "comparison"), "keep a copy"),
    "typed in.ipynb": ({3: "counts = {'momentum': np.array([300, 235, 92, 63, 74, 80]), 'Adam': np.array([300] * 6)}\nbest = {'momentum': 0.1, 'Adam': 1.0}"}, nothing, ("momentum", "adam"), "comparison:"),
    "table.ipynb": ({2: "def steps_needed(optimizer, limit=300):\n    return {0.03: 92, 0.003: 300}.get(optimizer.lr, 70)"}, nothing, ("momentum", "adam"), "comparison:"),
    "copied answer.ipynb": (RIGHT, copied("class MyAdam"), ALL, "copied cells"),
    "copied test.ipynb": (RIGHT, copied("def test_adam"), ALL, "copied cells"),
    "stub left below.ipynb": (RIGHT, inserted("class MyMomentum", "STUB"), ALL, "untouched copy"),
    "split.ipynb": (RIGHT, split, ALL, "split cells"),
    "test deleted.ipynb": (RIGHT, without("def test_adam"), ALL, "put back: the test 'adam'"),
    "test changed.ipynb": ({1: UNCORRECTED}, changed("    checks.optimizer(MyAdam, like=Adam)", "    pass"), ("momentum",), "original test 'adam'"),
    "valley deleted.ipynb": (RIGHT, without("RATES = ["), ALL, "put back: the given cell"),
    "answer as text.ipynb": (RIGHT, as_text, ALL, "was run as code"),
    "dead kernel.ipynb": ({2: "import os\nos._exit(3)"}, nothing, ("momentum", "adam"), "ended with code 3"),
    "segfault.ipynb": (RIGHT, inserted("def test_momentum", "import ctypes\nctypes.string_at(0)"), ALL, "SIGSEGV"),
    "exit.ipynb": (RIGHT, inserted("def test_adam", "exit()"), ALL, ""),
    "endless.ipynb": ({1: LOOP}, nothing, ("momentum",), "more than"),
    "endless that swallows.ipynb": ({3: SWALLOWS}, nothing, ("momentum", "adam"), "out of time"),
    "huge output.ipynb": (RIGHT, inserted(FIRST, "for _ in range(100):\n    print('x' * 10**6)"), ALL, ""),
    "memory.ipynb": ({0: "waste = np.ones(10**10)"}, nothing, ("adam",), "momentum:"),
    "children.ipynb": (RIGHT, inserted(FIRST, "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(7777)'], start_new_session=True)"), ALL, ""),
    "broken.ipynb": (RIGHT, "cut off", None, "cannot be read"),
    "windows.ipynb": (RIGHT, "line ends", ALL, "line ends"),
    "endless in a test.ipynb": ({2: "def steps_needed(optimizer, limit=300):\n    while True:\n        pass", 3: "counts, best = {}, {}"}, nothing, ("momentum", "adam"), "comparison: stopped"),
    "leaves in a test.ipynb": ({1: "class MyAdam:\n    def __init__(self, *args, **settings):\n        raise SystemExit(0)"}, nothing, ("momentum",), "adam:"),
    "forged.ipynb": ({1: UNCORRECTED}, inserted(FIRST, "import json, os\nfor fd in range(3, 30):\n    try:\n        os.write(fd, b'no json\\n' + b''.join(json.dumps({'end': i, 'error': None, 'changed': [], 'stopped': False}).encode() + b'\\n' for i in range(9)))\n    except OSError:\n        pass"), ("momentum",), "only v is corrected"),
    "report.pdf": (RIGHT, "a pdf", None, "no notebook"),
    "checks replaced.ipynb": ({1: UNCORRECTED}, inserted(FIRST, "checks.optimizer = lambda *a, **k: None"), ("momentum",), "changed what was given"),
}  # fmt: skip


def hand_in(folder, text, names=None):
    """Write the submissions into a folder, as files."""
    for name in names or CLASS:
        changes, then, _, _ = CLASS[name]
        path = folder / unicodedata.normalize("NFD", name)  # as a Mac writes it
        path.parent.mkdir(parents=True, exist_ok=True)
        nb = submission(text, changes)
        if callable(then):
            then(nb)
        for cell in nb.cells:
            if cell.source == "STUB":
                cell.source = (
                    submission(text, {0: STUB}).cells[number_of(nb, "class MyMomentum")].source
                )
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


def wrong(rows, text, names):
    """What the table says otherwise than expected."""
    found = []
    for name in names:
        _, _, passing, words = CLASS[name]
        row = rows.get(name)
        if row is None:
            found.append(f"{name} is lost")
            continue
        expected = {} if passing is None else points(text, passing)
        got = {part: int(row.get(part) or 0) for part in expected}
        said = " ".join(map(str, row.values()))
        if got != expected or words not in said:
            found.append(f"{name}: {got}, not {expected}; {words!r} in {said}")
    return found
