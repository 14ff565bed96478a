"""What an assignment hands out: its cells in order, and the names that each of them makes."""

from dataclasses import dataclass

import assignment_notebooks as made
import make_assignments as make

from .names import names_made


@dataclass(frozen=True)
class Cell:
    """A cell as it is handed out; kind is markdown, code, answer, test or written."""

    kind: str
    source: str
    name: str = ""  # of a test or a written part
    points: int = 0
    names: frozenset = frozenset()  # what its code makes
    nbgrader: tuple = ()  # its metadata for nbgrader


@dataclass(frozen=True)
class Assignment:
    """All cells, as students get them."""

    name: str
    cells: tuple

    @property
    def code(self):
        return [cell for cell in self.cells if cell.kind in ("code", "answer", "test")]

    @property
    def tests(self):
        """Points of each test, in order."""
        return {cell.name: cell.points for cell in self.cells if cell.kind == "test"}

    @property
    def written(self):
        """Points of each written part, in order."""
        return {cell.name: cell.points for cell in self.cells if cell.kind == "written"}


def assignments():
    """All assignments of the course, by name."""
    found = {}
    for path in make.sources():
        name, text = make.notebook_of(path).stem, path.read_text(encoding="utf-8")
        cells = (_cell(number, *each) for number, each in enumerate(made.cells(text)))
        found[name] = Assignment(name, tuple(cells))
    return found


def _cell(number, kind, settings, text):
    handed_out = made.student_text(kind, text)
    solved = "\n".join(line for _, piece in made.parts(text) for line in piece)
    return Cell(
        kind,
        handed_out,
        settings.get("name", ""),
        int(settings.get("points", 0)),
        frozenset() if kind in ("markdown", "written") else names_made(solved),
        tuple((made.grading(kind, settings, number) or {}).items()),
    )
