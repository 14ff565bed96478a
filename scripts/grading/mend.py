"""From what a student handed in to what runs: the cells in the student's order, mended.

The student's own cells run as they stand. Tests are always the original ones. What was lost
comes back: a test that was deleted, a given cell, an answer that became a text.
"""

import ast
import re
from dataclasses import asdict, dataclass

from .names import names_made, plain, same_code

COMMAND = re.compile(
    r"^(?P<indent>\s*)(!|%pip|%conda|%matplotlib|%%(bash|sh|cmd)\b|(exit|quit)\(\)).*"
)


@dataclass
class Step:
    """A cell to run. `given` is the text of the given cell that it is, or nothing."""

    kind: str  # own, given or test
    source: str
    name: str = ""
    points: int = 0
    cell: int = -1  # its number among the student's cells; -1: it was put back
    role: int = -1  # its number among the code cells that were handed out; -1: none of them


def which(found, all_assignments):
    """The assignment that a notebook is of: the one whose names it shares most, or None."""
    code = "\n".join(source for _, source in found.cells)
    words = set(re.findall(r"\w+", code))

    def shared(assignment):
        wanted = {n for c in assignment.code if c.kind != "code" for n in c.names}
        return len(wanted & words) / len(wanted)

    best = max(all_assignments.values(), key=shared)
    return best if shared(best) >= 0.3 else None


def mended(found, assignment):
    """Steps to run; adds to found.mended and found.look."""
    notes, look = found.mended, found.look
    codes = [_as_code(*cell, assignment, notes) for cell in found.cells]
    numbers = [i for i, source in enumerate(codes) if source is not None]
    cells = [_without_commands(codes[i], notes) for i in numbers]
    roles = [_role(source, assignment) for source in cells]
    _tell_copies(cells, roles, notes)
    steps, places = [], {}  # places: number of a cell as handed out -> its last step
    for number, source, role in zip(numbers, cells, roles, strict=True):
        at = {"cell": number, "role": -1 if role is None else role}
        handed_out = None if role is None else assignment.code[role]
        if handed_out is None or handed_out.kind == "answer":
            if _untouched_again(source, role, cells, roles, assignment):
                notes.append("left out: an untouched copy of an answer cell")
                found.dropped.append(number)
                continue
            steps.append(Step("own", source, **at))
        elif handed_out.kind == "test":
            if not same_code(source, handed_out.source):
                notes.append(f"the original test {handed_out.name!r} instead of a changed one")
            test = handed_out
            steps.append(Step("test", test.source, test.name, test.points, **at))
        elif same_code(source, handed_out.source) or _only_added(source, handed_out.source):
            steps.append(Step("given", source, **at))
        else:
            look.append(f"a given cell was changed: {_first_line(handed_out.source)}")
            steps.append(Step("own", source, **at))
        if role is not None:
            places[role] = len(steps) - 1
    _put_back(steps, places, assignment, notes)
    return [asdict(step) for step in steps]


def _as_code(kind, source, assignment, notes):
    """The text of a cell if it is code, or code that became a text by mistake; else None."""
    if kind == "code":
        return source
    stripped = re.sub(r"^\s*```\w*\n|\n```\s*$", "", source)
    wanted = {name for cell in assignment.code for name in cell.names}
    made = names_made(stripped)
    if made and made <= wanted:
        notes.append("a text cell that holds code was run as code")
        return stripped
    return None


def _without_commands(source, notes):
    lines = source.split("\n")
    kept = [COMMAND.sub(r"\g<indent>pass", line) for line in lines]  # it may stand in an if
    if kept == lines:
        return source
    notes.append("left out: commands of the shell, %pip, %matplotlib, exit()")
    return "" if lines[0].lstrip().startswith("%%") else "\n".join(kept)


def _role(source, assignment):
    """Which cell of the assignment this one is: its number among the code cells, or None."""
    made = names_made(source)
    best, most = None, 0
    for number, cell in enumerate(assignment.code):
        if plain(source) == plain(cell.source):
            return number
        if cell.kind == "test":  # a changed test still has its function's name
            shared = 1000 * bool(made & cell.names)
        elif cell.kind == "answer":
            shared = 100 * len(made & cell.names)
        else:  # a given cell that only imports: nearly all of its names
            shared = len(made & cell.names) if len(made & cell.names) > len(cell.names) / 2 else 0
        if shared > most:
            best, most = number, shared
    return best


def _only_added(source, original):
    """Whether every statement of the original still stands in a given cell."""
    try:
        now, before = (set(_statements(text)) for text in (source, original))
    except SyntaxError:
        return False
    return before <= now


def _statements(text):
    """The statements of a cell as text; an import of five names as five."""
    for each in ast.parse(text).body:
        if isinstance(each, ast.Import | ast.ImportFrom):
            origin = getattr(each, "module", "")
            yield from (f"from {origin} {ast.unparse(alias)}" for alias in each.names)
        else:
            yield ast.unparse(each)


def _tell_copies(cells, roles, notes):
    codes = [plain(source) for source in cells if source.strip()]
    if len(set(codes)) < len(codes):
        notes.append("copied cells")
    versions = {}
    for source, role in zip(cells, roles, strict=True):
        versions.setdefault(role, set()).add(plain(source))
    if any(role is not None and len(texts) > 1 for role, texts in versions.items()):
        notes.append("split cells, or several versions of one")


def _untouched_again(source, role, cells, roles, assignment):
    """Whether a cell is the stub, while another cell has an answer for it."""
    if role is None or plain(source) != plain(assignment.code[role].source):
        return False
    others = [c for c, r in zip(cells, roles, strict=True) if r == role]
    return any(plain(c) != plain(source) for c in others)


def _put_back(steps, places, assignment, notes):
    """Insert the tests and given cells that are missing, in front of what follows them."""
    for number, cell in reversed(list(enumerate(assignment.code))):
        if number in places or cell.kind == "answer" or not (cell.names or cell.kind == "test"):
            continue
        later = [places[n] for n in places if n > number]
        earlier = [places[n] + 1 for n in places if n < number]
        at = min(later) if later else len(steps)
        at = max(at, max(earlier, default=0)) if cell.kind == "test" else at
        kind = "test" if cell.kind == "test" else "given"
        steps.insert(at, Step(kind, cell.source, cell.name, cell.points, role=number))
        for other, place in places.items():
            places[other] = place + (place >= at)
        places[number] = at
        what = f"test {cell.name!r}" if kind == "test" else f"given cell {_first_line(cell.source)}"
        notes.append(f"put back: the {what}")


def _first_line(source):
    line = next((line for line in source.splitlines() if line.strip()), "")
    return repr(line if len(line) < 50 else line[:47] + "...")
