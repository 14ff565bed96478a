"""The rules for articles can fail: a small chapter keeps each, and is broken in many ways."""

import copy

import pytest
from article import elements, folded, frame, short, spread, words
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rules import CLAIM

OPENING = "# T\n\n| LO-1.1 | x |\n\n**Time:** 1\n\n**What you need first:** 2"
STORY = ["One", "Two", "Three", "Four"]
END = ["In practice", "The notes on trial", "Quiz", "Exercises", "Words", "Sources"]


def code(source="x = 1", tags=(), data=None):
    outputs = [new_output("display_data", data=data)] if data else []
    return new_code_cell(source, metadata={"tags": list(tags)}, outputs=outputs)


def chapter():
    """A small chapter that keeps every rule."""
    text = [new_markdown_cell(f"## {name}\n\nA word.") for name in ["Predict first", *STORY, *END]]
    tags = ["scratch", "by-hand", "checked", "against-expectation", "against-expectation"]
    shown = code("plot()", ["hide-input"], {"image/png": "x"})
    claims = [code("claim()", ["hide-input"], {CLAIM: {"id": name}}) for name in ("C1.1", "C1.2")]
    cells = [
        *(code(tags=[tag]) for tag in tags),
        shown,
        claims[0],
        new_markdown_cell("So."),
        claims[1],
    ]
    return new_notebook(cells=[new_markdown_cell(OPENING), text[0], *cells, *text[1:]])


def without(nb, found):
    nb.cells = [cell for cell in nb.cells if found not in cell.source]


def replaced(nb, old, new):
    for cell in nb.cells:
        cell.source = cell.source.replace(old, new)


def untagged(nb, tag):
    for cell in nb.cells:
        if tag in cell.metadata.get("tags", []):
            cell.metadata["tags"].remove(tag)


RULES = [frame, elements, short, folded, spread]
BREAKS = [
    (frame, lambda nb: without(nb, "## Predict first")),
    (frame, lambda nb: without(nb, "## Words")),
    (frame, lambda nb: without(nb, "## Two")),
    (frame, lambda nb: nb.cells.append(new_markdown_cell("## One more"))),
    (frame, lambda nb: replaced(nb, "## Four", "\n".join(f"## {n}" for n in range(6)))),
    (frame, lambda nb: replaced(nb, "**Time:**", "Time")),
    (elements, lambda nb: untagged(nb, "by-hand")),
    (elements, lambda nb: nb.cells.pop(5)),
    (short, lambda nb: replaced(nb, "A word.", "A word. " * 300)),
    (short, lambda nb: without(nb, "plot()")),
    (folded, lambda nb: replaced(nb, "x = 1", "x = 1\n" * 13) or untagged(nb, "checked")),
    (folded, lambda nb: untagged(nb, "hide-input")),
    (spread, lambda nb: without(nb, "So.")),
]


def test_a_sound_chapter_passes():
    assert [rule(chapter()) for rule in RULES] == [[]] * len(RULES)


@pytest.mark.parametrize(("rule", "broken"), BREAKS)
def test_a_broken_chapter_is_found(rule, broken):
    nb = copy.deepcopy(chapter())
    broken(nb)
    assert rule(nb)


def test_words_leave_out_what_is_no_prose():
    nb = chapter()
    before = words(nb)
    nb.cells[1].source += "\n\n$$\na + b\n$$ (eq)\n\n{cite:p}`c1-x` and $x_1$ and [a link](b.md)."
    assert words(nb) == before + 6  # "x and and a link x"
    nb.cells[1].source += "\n\n```{warning}\nThree more words.\n```"
    assert words(nb) == before + 9
