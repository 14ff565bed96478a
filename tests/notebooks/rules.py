"""What a stored chapter must look like. Each rule takes a notebook and returns its faults."""

import re

from controls import computed
from said import agrees, typed_by_hand

# What another run, or another machine, would write differently.
UNSTABLE = {
    "an object's address": r"\bat 0x[0-9a-f]{6,}",
    "a path": r"(/home/|/root/|/tmp/|/usr/|/Users/|[A-Z]:\\\\|site-packages)",
    "a traceback": r"Traceback \(most recent call last\)",
    "a matplotlib object": r"(Text\(|<Axes|<Figure|Line2D|<matplotlib)",
    "a time": r"\b\d+(\.\d+)? ?(ms|µs|us|seconds|minutes|s/it|it/s)\b",
    "a date": r"\b20\d\d-\d\d-\d\d\b",
    "many digits": r"\d\.\d{9,}",
}
SPEAKING = re.compile(r"^(print|claim|show|plots\.show|display)\(", re.MULTILINE)
CLAIM = "application/vnd.dlcourse.claim+json"
CLAIMS = re.compile(r"^claim\(", re.MULTILINE)
UNCHECKED = {"nbval-ignore-output", "nbval-skip", "raises-exception"}
UNCHECKED_COMMENT = re.compile(r"NBVAL_(IGNORE_OUTPUT|SKIP)|PYTEST_VALIDATE_IGNORE")


def code_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def stored(nb):
    """Every code cell was run, in order, and those that say something have outputs."""
    cells = code_cells(nb)
    counts = [cell.execution_count for cell in cells]
    faults = []
    if counts != list(range(1, len(cells) + 1)):
        faults.append(f"execution counts are {counts}, not 1 to {len(cells)}")
    for number, cell in enumerate(cells, 1):
        if SPEAKING.search(cell.source) and not cell.outputs:
            faults.append(f"code cell {number} prints or shows something but stores no output")
        made = len(CLAIMS.findall(cell.source))
        kept = sum(CLAIM in output.get("data", {}) for output in cell.outputs)
        if made > kept:
            faults.append(f"code cell {number} makes {made} claims but stores {kept}: one a cell")
    return faults


def texts(nb):
    """(code cell's number, text) of everything readable that is stored."""
    for number, cell in enumerate(code_cells(nb), 1):
        for output in cell.outputs:
            if output.output_type == "stream":
                yield number, output.text
            elif output.output_type == "error":
                yield number, "Traceback (most recent call last)"
            else:
                for kind in ("text/plain", "text/markdown", "text/html"):
                    yield number, output.data.get(kind, "")


def stable(nb):
    """No output holds text that depends on the machine, the time or the place."""
    return [
        f"code cell {number} stores {name}: {match.group()!r}"
        for number, text in texts(nb)
        for name, pattern in UNSTABLE.items()
        if (match := re.search(pattern, text))
    ]


def checked(nb, at_most=1):
    """Nearly every output is compared: cells that nbval skips are few."""
    free = [
        number
        for number, cell in enumerate(code_cells(nb), 1)
        if UNCHECKED & set(cell.metadata.get("tags", [])) or UNCHECKED_COMMENT.search(cell.source)
    ]
    return [] if len(free) <= at_most else [f"nbval does not check code cells {free}"]


def alts(nb):
    """The alternative text of every stored figure, "" where there is none."""
    return [
        output.metadata.get("image/png", {}).get("alt", "")
        for cell in code_cells(nb)
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result") and "image/png" in output.data
    ]


def described(nb):
    """Every figure has a text that says what it shows, and no two have the same."""
    found = alts(nb)
    short = [text for text in found if len(text.strip()) < 30]
    twice = {text for text in found if found.count(text) > 1 and text not in short}
    return [f"a figure's alt text is too short: {text!r}" for text in short] + [
        f"two figures share the alt text {text!r}" for text in sorted(twice)
    ]


SCALED = re.compile(r"^SEEDS = scale\(range\(base, base \+ \d+\), range\(base, base \+ \d+\)", re.M)


def scaled(nb):
    """One cell says how large the experiments are: `make claims` and browsers change it."""
    found = sum(len(SCALED.findall(cell.source)) for cell in code_cells(nb))
    wanted = "SEEDS = scale(range(base, base + 10), range(base, base + 2))"
    return [] if found == 1 else [f"{found} lines are like {wanted!r}, not one"]


RULES = [stored, stable, checked, described, scaled, agrees, typed_by_hand, computed]
