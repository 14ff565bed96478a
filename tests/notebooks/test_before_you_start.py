"""The self-test: ten questions, each with one right answer and a way to what was missed."""

import re
from pathlib import Path

import nbformat

PAGE = Path(__file__).resolve().parents[2] / "chapters" / "before-you-start.ipynb"
QUESTION = re.compile(r"^\*\*(\d+)\. (.+?)\*\*$", re.MULTILINE)
OPTION = re.compile(r"^:::\{dropdown\} ([A-D])\. (.+)\n(.+)\n:::$", re.MULTILINE)
WAY = re.compile(r"\]\(before-you-start\.ipynb#([\w-]+)\)")


def text():
    cells = nbformat.read(PAGE, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def faults(text):
    """What is wrong with a self-test, in words."""
    _, *parts = QUESTION.split(text.split("\n## Self-test\n")[1].split("\n## ")[0])
    numbers, bodies = parts[::3], parts[2::3]
    headings = {
        re.sub(r"\W+", "-", h.lower()) for h in re.findall(r"^## (.+)$", text, re.MULTILINE)
    }
    found = [] if numbers == [str(n) for n in range(1, 11)] else [f"questions {numbers}"]
    for number, body in zip(numbers, bodies, strict=True):
        options = OPTION.findall(body)
        if len(options) < 2 or body.count(":::{dropdown}") != len(options):
            found.append(f"{number}: its options")
        right = [letter for letter, _, answer in options if answer.startswith("Right")]
        if len(right) != 1:
            found.append(f"{number}: right are {right}")
        if any(len(answer.split()) < 5 for *_, answer in options):
            found.append(f"{number}: an answer without a reason")
        found += [f"{number}: no heading {w}" for w in WAY.findall(body) if w not in headings]
    if len(set(WAY.findall(text))) < 3:
        found.append("the ways to the refresher")
    return found


def test_the_self_test_is_whole():
    assert faults(text()) == []


def test_what_is_missing_is_found():
    page = text()
    changes = {
        "questions": ("**10. ", "**11. "),
        "right are": ("Right. Each unit", "Well. Each unit"),
        "no heading": ("#shapes)", "#sizes)"),
        "its options": (":::{dropdown} B. Down", ":::{dropdown} Down"),
        "an answer without": ("No. On its own digits it is nearly perfect.", "No."),
    }
    for said, (old, new) in changes.items():
        assert old in page
        assert any(said in fault for fault in faults(page.replace(old, new))), said
