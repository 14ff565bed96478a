"""A mended submission as a notebook again, for otter-grader and nbgrader.

They get what the class grader ran: the student's cells in the student's order, the original
tests, each cell with nbgrader's metadata once. A cell that killed or outlasted its process is
cut down to what it defines, so that it stops no grader.
"""

from pathlib import Path

import nbformat
from assignment_notebooks import ANSWER, KERNEL
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from .child import definitions

LEFT_OUT = "# Left out by make grade: this cell ended or outlasted its process.\n"


def notebook(found, steps, left_out, assignment):
    """The notebook: `steps` as `mended` made them, `left_out` the numbers of the deadly ones."""
    code = {step["cell"] for step in steps} | set(found.dropped)
    texts = [i for i, (_, source) in enumerate(found.cells) if i not in code and source.strip()]
    written, rest = _written(found, texts, assignment)
    cells, used = [], set()
    for number, step in enumerate(steps):
        while rest and step["cell"] >= 0 and rest[0] < step["cell"]:
            cells.append(new_markdown_cell(found.cells[rest.pop(0)][1]))
        deadly = number in left_out and step["kind"] == "own"
        source = LEFT_OUT + definitions(step["source"]) if deadly else step["source"]
        cells.append(new_code_cell(source))
        if step["role"] >= 0 and step["role"] not in used:
            used.add(step["role"])
            _mark(cells[-1], assignment.code[step["role"]])
    cells += [new_markdown_cell(found.cells[i][1]) for i in rest]
    for part, source in written.items():
        cells.append(new_markdown_cell(source))
        _mark(cells[-1], part)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def _mark(cell, handed_out):
    """Give a cell the metadata with which it was handed out."""
    if handed_out.nbgrader:
        cell.metadata["nbgrader"] = dict(handed_out.nbgrader)


def _written(found, texts, assignment):
    """({written part: the student's answer}, numbers of the other texts)."""
    given = {cell.source.strip() for cell in assignment.cells if cell.kind == "markdown"}
    own = [i for i in texts if found.cells[i][1].strip() not in given | {ANSWER}]
    parts = [cell for cell in assignment.cells if cell.kind == "written"]
    questions = [assignment.cells[assignment.cells.index(part) - 1].source for part in parts]
    answers, taken = {}, set()
    for part, question in reversed(list(zip(parts, questions, strict=True))):
        asked = [i for i in texts if found.cells[i][1].strip() == question.strip()]
        mine = [i for i in own if i not in taken and (not asked or i > asked[0])]
        taken |= set(mine)
        answers[part] = "\n\n".join(found.cells[i][1] for i in mine) or ANSWER
    stubs = {i for i in texts if found.cells[i][1].strip() == ANSWER}
    return dict(reversed(answers.items())), [i for i in texts if i not in taken | stubs]


def write(results, out):
    """Write what was mended: for-otter/ASSIGNMENT/STUDENT.ipynb, and nbgrader's submitted/."""
    names = set()
    for result in results:
        if "notebook" not in result:
            continue
        name, student = result["assignment"], result["student"]
        while (name, student) in names:
            student += " again"
        names.add((name, student))
        for path in (
            Path(out) / "for-otter" / name / f"{student}.ipynb",
            Path(out) / "submitted" / student / name / f"{name}.ipynb",
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(result["notebook"], path)
