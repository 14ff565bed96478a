"""The table of a class: a row for every file that was handed in, whatever happened to it."""

import csv
import re

CAUSE = re.compile(r"(.*)\n +broken property: (.*)\n +likely cause: (.*)", re.S)


def cause(text):
    """What a failed test says, in one line: the likely cause if a check names one."""
    if found := CAUSE.search(text):
        what, broken, text = found.groups()
        if text.startswith("read the line that is named"):  # it crashed: the error says more
            text = what
        if text.startswith("none of the"):
            hint = text.partition("; ")[2]
            general = not hint or hint.startswith("compare the formula")
            text = f"no known mistake; {f'what should hold: {broken}' if general else hint}"
    return re.sub(r"^AssertionError: ", "", " ".join(text.split()))


def short(text):
    return text if len(text) <= 300 else text[:297] + "..."


def row(result, assignment):
    """One line of the table, as a dict; `result` is what was stored of a submission."""
    passed = set(result["passed"])
    parts = {name: points * (name in passed) for name, points in assignment.tests.items()}
    return {
        "student": result["student"],
        "points": sum(parts.values()),
        "of": sum(assignment.tests.values()),
        **parts,
        **{f"{name} (you, of {points})": "" for name, points in assignment.written.items()},
        "causes": "; ".join(
            f"{name}: {short(cause(text))}" for name, text in result["failed"].items()
        ),
        "needs a look": "; ".join(result["look"]),
        "mended": "; ".join(result["mended"]),
        "file": result["file"],
        "seconds": result["seconds"],
    }


def write(path, rows):
    """Write the table so that Excel opens Korean names, and runs nothing that a student wrote."""
    columns = list(dict.fromkeys(name for each in rows for name in each))
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        for each in rows:
            table.writerow({name: _safe(value) for name, value in each.items()})


def _safe(value):
    """A text that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        value = "".join(c for c in value if c.isprintable() or c == " ")
        return "'" + value if value[:1] in ("=", "+", "-", "@") else value
    return value
