# ruff: noqa: E501  a table reads best with a row on a line
"""What students do to notebooks, made for any assignment from its solution file.

A row: name of the file -> (answers that are changed, what then happens to the notebook, the
parts that keep their points, words that the table must say). Only the odd, the wrong and the
doubly wrong answer are an assignment's own; they come from `class_of_thirty.py`.
"""

import ast
import re

import nbformat
from assignment_notebooks import cells, parts, student_text
from grading.names import names_made
from nbformat.v4 import new_code_cell, new_markdown_cell
from published_assignments import INSTALL
from submissions import ALL, LOOP, NEEDS, STUB

SWALLOWS = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass"
LOOPS = """class Loops:
    def __getattr__(self, *given):
        while True:
            pass

    __getitem__ = __iter__ = __len__ = __array__ = __getattr__


"""
KERNEL = {"name": "my-conda-env", "display_name": "내 환경", "language": "python"}
CHILD = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'], start_new_session=True)"
FORGED = "import json, os\nfor fd in range(3, 30):\n    try:\n        os.write(fd, b'no json\\n' + b''.join(json.dumps({'end': i, 'error': None, 'changed': [], 'stopped': False}).encode() + b'\\n' for i in range(9)))\n    except OSError:\n        pass"
REPLACED = "for name in checks.__all__:\n    setattr(checks, name, lambda *a, **k: None)"
NO_NOTEBOOK = "report.pdf", "broken.ipynb"
# The class grader sees these; the others believe a submission that lies to them.
LIES = "forged.ipynb", "checks replaced.ipynb"


class Places:
    """Where the cells of an assignment stand in its notebook."""

    def __init__(self, text):
        self.cells = cells(text)
        self.answers, self.tests = self.of("answer"), self.of("test")
        code = [i for i in self.of("code") if re.search(r"^[A-Z]+ =|^def ", self.cells[i][2], re.M)]
        self.imports, self.given = self.of("code")[0], code[0]

    def of(self, kind):
        return [i for i, (found, _, _) in enumerate(self.cells) if found == kind]

    def test(self, name):
        return next(i for i in self.tests if self.cells[i][1]["name"] == name)

    def solved(self, answer):
        """The solution of an answer."""
        text = self.cells[self.answers[answer]][2]
        return "\n".join(line for _, piece in parts(text) for line in piece)


def general(text, name, odd, wrong, two):
    """The rows of an assignment: `odd` are changes; `wrong` and `two` (changes, passing, words)."""
    at = Places(text)
    last, rest, others = NEEDS[name]
    changes, passing, words = wrong
    failing = next(s["name"] for k, s, _ in at.cells if k == "test" and s["name"] not in passing)
    first, final = (at.cells[at.tests[i]][1]["name"] for i in (0, -1))
    return {
        "김철수.ipynb": ({}, nothing, ALL, ""),
        "이 영희 (최종) 2.ipynb": (odd, nothing, ALL, ""),
        f"박민수/{name}.ipynb": ({}, kernel, ALL, "kernel 'my-conda-env'"),
        f"{name}_1234_5678-1.ipynb": ({}, no_metadata, ALL, "metadata lost"),
        "from the browser.ipynb": ({}, jupyterlite, ALL, "kernel 'python'"),
        "from Colab.ipynb": ({}, colab, ALL, "left out: commands"),
        "untouched.ipynb": (dict.fromkeys(range(last + 1), STUB), nothing, (), "where to start"),
        "wrong.ipynb": (changes, nothing, passing, words),
        "two mistakes.ipynb": (two[0], nothing, two[1], two[2]),
        "copied answer.ipynb": ({}, copied(at.answers[0]), ALL, "copied cells"),
        "copied test.ipynb": ({}, copied(at.tests[0]), ALL, "copied cells"),
        "stub left below.ipynb": ({}, stub_below(at), ALL, "untouched copy"),
        "split.ipynb": ({}, split(at.answers[-1]), ALL, ""),
        "test deleted.ipynb": ({}, without(at.tests[0]), ALL, f"put back: the test '{first}'"),
        "test changed.ipynb": (changes, emptied(at.test(failing), failing), passing, f"original test '{failing}'"),
        "given deleted.ipynb": ({}, without(at.given), ALL, "put back: the given cell"),
        "answer as text.ipynb": ({}, as_text(at.answers[0]), ALL, "was run as code"),
        "dead kernel.ipynb": ({last: "import os\nos._exit(3)"}, nothing, rest, "ended with code 3"),
        "segfault.ipynb": ({}, behind(at.tests[0], "import ctypes\nctypes.string_at(0)"), ALL, "SIGSEGV"),
        "exit.ipynb": ({}, behind(at.tests[0], "exit()"), ALL, "left out: commands"),
        "endless.ipynb": ({last: LOOP}, nothing, rest, "more than"),
        "endless that swallows.ipynb": ({last: SWALLOWS}, nothing, rest, "out of time"),
        "endless in a test.ipynb": ({last: endless(at.solved(last))}, nothing, rest, "stopped: more than"),
        "leaves in a test.ipynb": ({0: leaving(at.solved(0))}, nothing, others, f"{first}:"),
        "huge output.ipynb": ({}, behind(at.imports, "for _ in range(20):\n    print('x' * 10**6)"), ALL, ""),
        "memory.ipynb": ({last: "waste = np.ones(10**10)"}, nothing, rest, f"{final}:"),
        "children.ipynb": ({}, behind(at.imports, CHILD), ALL, ""),
        "windows.ipynb": ({}, "line ends", ALL, "line ends"),
        "broken.ipynb": ({}, "cut off", None, "cannot be read"),
        "report.pdf": ({}, "a pdf", None, "no notebook"),
        "forged.ipynb": (changes, behind(at.imports, FORGED), passing, words),
        "checks replaced.ipynb": (changes, behind(at.imports, REPLACED), passing, "changed what was given"),
    }  # fmt: skip


def nothing(nb):
    pass


def kernel(nb):
    nb.metadata["kernelspec"] = KERNEL


def no_metadata(nb):
    nb.metadata.clear()
    for cell in nb.cells:
        cell.metadata.clear()


def jupyterlite(nb):
    """As JupyterLite saves it: its kernel's name, metadata of its own, outputs of each cell."""
    nb.metadata = nbformat.from_dict({
        "kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"},
        "language_info": {"codemirror_mode": {"name": "python", "version": 3}, "file_extension": ".py", "mimetype": "text/x-python", "name": "python", "nbconvert_exporter": "python", "pygments_lexer": "ipython3", "version": "3.8"},
    })  # fmt: skip
    for number, cell in enumerate(nb.cells):
        cell.metadata["trusted"] = True
        if cell.cell_type == "code":
            cell.execution_count = number + 1
            cell.outputs = [nbformat.v4.new_output("stream", text="seen before\n")]
    nb.cells.append(new_code_cell(""))


def colab(nb):
    """As Colab saves it: with the cell that installs dlcourse, ids and sizes in the metadata."""
    nb.cells.insert(0, new_code_cell(INSTALL.format(address="https://example.org/dlcourse.git")))
    nb.metadata["colab"] = {"provenance": [], "toc_visible": True}
    nb.metadata["accelerator"] = "GPU"
    for cell in nb.cells:
        cell.metadata["id"] = cell.id


def copied(i):
    def change(nb):
        nb.cells.insert(i + 1, new_code_cell(nb.cells[i].source, metadata=nb.cells[i].metadata))

    return change


def stub_below(at):
    def change(nb):
        i = at.answers[0]
        nb.cells.insert(i + 1, new_code_cell(student_text("answer", at.cells[i][2])))

    return change


def split(i):
    """The first statement stays; the rest, or a cell of one's own, comes behind it."""

    def change(nb):
        body = [ast.unparse(each) for each in ast.parse(nb.cells[i].source).body]
        nb.cells[i].source = body[0]
        nb.cells.insert(i + 1, new_code_cell("\n".join(body[1:]) or "print('that was it')"))

    return change


def without(i):
    return lambda nb: nb.cells.pop(i)


def emptied(i, name):
    def change(nb):
        nb.cells[i].source = f"def test_{name}(*all_of_it):\n    pass"

    return change


def as_text(i):
    def change(nb):
        nb.cells[i] = new_markdown_cell(nb.cells[i].source)

    return change


def behind(i, source):
    return lambda nb: nb.cells.insert(i + 1, new_code_cell(source))


def endless(solved):
    """An answer that is quick to run, and never ends when a test looks at it."""
    names = sorted(names_made(solved))
    if f"def {names[0]}(" in solved:
        return f"def {names[0]}(*given, **settings):\n    while True:\n        pass"
    return LOOPS + "\n".join(f"{name} = Loops()" for name in names)


def leaving(solved):
    """An answer that leaves the program when it is used."""
    leaves = "(*given, **settings):\n{0}    raise SystemExit(0)\n\n\n"
    text = ""
    for name in sorted(names_made(solved)):
        if f"class {name}" in solved:
            text += f"class {name}:\n    def __init__" + leaves.format("    ").replace(
                "*given", "self, *given"
            )
        else:
            text += f"def {name}" + leaves.format("")
    return text
