"""The notebooks of a solution file: for students, for nbgrader, and what `otter assign` reads.

A solution is a Python file with cells: ``# %%`` begins one, ``# %% [markdown]`` a text.
``answer`` cells hold the student's part between ### BEGIN SOLUTION and ### END SOLUTION;
``test name="..." points=...`` cells give points; ``written name="..." points=...`` is text
that a human grades.
"""

import re

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

HEAD = re.compile(r"^# %%(?: (\[markdown\]|answer|test|written))?(.*)$")
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = 'raise NotImplementedError("your code here")'
ANSWER = "*Write your answer here.*"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def cells(text):
    """(kind, settings, text) of every cell; kind is code, markdown, answer, test or written."""
    found = []
    for line in text.splitlines():
        head = HEAD.match(line)
        if head:
            settings = dict(re.findall(r'(\w+)="?(\w+)"?', head[2]))
            found.append(((head[1] or "code").strip("[]"), settings, []))
        elif found:
            found[-1][2].append(line)
    found = [(kind, settings, _text(kind, lines)) for kind, settings, lines in found]
    return [cell for each in found for cell in _split(*each)]


def _split(kind, settings, text):
    """A written part is two cells: the question, and the place for the answer."""
    if kind != "written":
        return [(kind, settings, text)]
    question, answer = text.split(BEGIN)
    return [("markdown", {}, question.strip()), (kind, settings, BEGIN + answer)]


def _text(kind, lines):
    if kind in ("markdown", "written"):
        lines = [line if line.startswith("###") else line[2:] for line in lines]
    return "\n".join(lines).strip("\n")


def parts(text):
    """Pieces of a cell: (whether it belongs to the solution, its lines)."""
    pieces = [(False, [])]
    for line in text.splitlines():
        if line.strip() in (BEGIN, END):
            pieces.append((line.strip() == BEGIN, []))
        else:
            pieces[-1][1].append(line)
    return [piece for piece in pieces if piece[1]]


def student_text(kind, text):
    """A cell without its solution."""
    lines = []
    for solution, piece in parts(text):
        if not solution:
            lines += piece
        elif kind == "written":
            lines.append(ANSWER)
        else:
            indent = re.match(" *", piece[0])[0]
            lines.append(indent + STUB)
    return "\n".join(lines).strip("\n")


def grading(kind, settings, number):
    """nbgrader's entry in the metadata of a cell, or None."""
    if kind not in ("answer", "test", "written"):
        return None
    entry = {
        "schema_version": 3,
        "grade_id": settings.get("name", f"answer-{number}"),
        "solution": kind != "test",
        "grade": kind != "answer",
        "locked": kind == "test",
        "task": False,
    }
    if kind != "answer":
        entry["points"] = int(settings["points"])
    return entry


def _cell(kind, text, number, entry=None):
    new = new_markdown_cell if kind in ("markdown", "written") else new_code_cell
    cell = new(text, id=f"cell-{number}")
    if entry:
        cell.metadata["nbgrader"] = entry
    return cell


def _notebook(found):
    return new_notebook(cells=found, metadata={"kernelspec": KERNEL})


def student(text):
    """The student's notebook. Its metadata are nbgrader's; otter needs none."""
    return _notebook(
        [
            _cell(kind, student_text(kind, body), i, grading(kind, settings, i))
            for i, (kind, settings, body) in enumerate(cells(text))
        ]
    )


def for_nbgrader(text):
    """The instructor's notebook of nbgrader: the same cells with their solutions."""
    found = []
    for i, (kind, settings, body) in enumerate(cells(text)):
        if kind == "written":  # nbgrader replaces all of it by the text stub
            body = "\n".join(line for _, piece in parts(body) for line in piece)
        found.append(_cell(kind, body, i, grading(kind, settings, i)))
    return _notebook(found)


def for_otter(text):
    """What `otter assign` reads: raw cells tell where a question begins and ends."""
    found = []

    def raw(*lines):
        found.append(new_raw_cell("\n".join(lines), id=f"raw-{len(found)}"))

    raw("# ASSIGNMENT CONFIG", "requirements: requirements.txt", "export_cell: false",
        "tests:", "  ok_format: false", "generate:", "  show_stdout: true")  # fmt: skip
    waiting = []  # answer cells until the test that gives points for them
    for i, (kind, settings, body) in enumerate(cells(text)):
        if kind == "answer":
            waiting.append(_cell(kind, _prompts(body), i))
        elif kind == "test":
            raw("# BEGIN QUESTION", f"name: {settings['name']}", f"points: {settings['points']}")
            if waiting:
                raw("# BEGIN SOLUTION")
                found += waiting
                raw("# END SOLUTION")
            raw("# BEGIN TESTS")
            found.append(_cell(kind, body[: body.rindex("\n\n\n")], i))
            raw("# END TESTS")
            raw("# END QUESTION")
            waiting = []
        elif kind == "written":
            raw("# BEGIN QUESTION", f"name: {settings['name']}",
                f"points: {settings['points']}", "manual: true")  # fmt: skip
            answer = "\n".join(line for _, piece in parts(body) for line in piece)
            found.append(_cell("markdown", "*The question stands above.*", i))
            raw("# BEGIN SOLUTION")
            found.append(new_markdown_cell(answer, id=f"rubric-{i}"))
            raw("# END SOLUTION")
            raw("# END QUESTION")
        elif waiting and kind == "code":
            waiting.append(_cell(kind, body, i))  # runs between an answer and its test
        else:
            found += waiting if waiting else []
            waiting = []
            found.append(_cell(kind, body, i))
    return _notebook(found)


def _prompts(text):
    """The stub that otter puts in place of a solution."""
    lines = []
    for solution, piece in parts(text):
        if solution:
            indent = re.match(" *", piece[0])[0]
            lines += [f"{indent}# BEGIN SOLUTION NO PROMPT", *piece, f"{indent}# END SOLUTION"]
            lines += [f'{indent}""" # BEGIN PROMPT', indent + STUB, f'{indent}""" # END PROMPT']
        else:
            lines += piece
    return "\n".join(lines)
