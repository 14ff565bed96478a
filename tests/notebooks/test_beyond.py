"""The rules for Beyond pages can fail: a small page keeps each, and is broken in many ways."""

import copy

import pytest
from beyond import BEYOND, beyond_frame, brief, counted, is_beyond, misplaced
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

OPENING = "# Beyond: whole matrices\n\n**Time:** 1\n\n**What you need first:** 2"
CLAIM = 'claim("C5.b{}", "It is so.", a < b)'


def page():
    """A small Beyond page that keeps every rule."""
    figure = new_output("display_data", data={"image/png": "x"})
    return new_notebook(
        cells=[
            new_markdown_cell(OPENING),
            new_markdown_cell("## Muon\n\nA word."),
            new_code_cell("plot()", outputs=[figure]),
            new_code_cell(CLAIM.format(1), metadata={"tags": ["hide-input"]}),
            new_markdown_cell("So."),
            new_code_cell(CLAIM.format(2), metadata={"tags": ["hide-input"]}),
            new_markdown_cell("## Sources\n\nA word."),
        ]
    )


def replaced(nb, old, new):
    for cell in nb.cells:
        cell.source = cell.source.replace(old, new)


def test_a_sound_page_passes():
    assert [rule(page()) for rule in BEYOND] == [[]] * len(BEYOND)
    assert not counted(page(), "05-beyond")


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        (beyond_frame, "# Beyond: ", "# "),
        (beyond_frame, "**Time:**", "Time"),
        (beyond_frame, "**What you need first:**", ""),
        (beyond_frame, "## Sources", "## More"),
        (beyond_frame, "## Muon", ""),
        (beyond_frame, "## Muon", "\n\n".join(f"## {n}" for n in range(9))),
        (brief, "A word.", "A word. " * 1501),
        (brief, "A word.", "A word. " * 200),  # one figure is too few for them
    ],
)
def test_a_broken_page_is_found(rule, old, new):
    nb = copy.deepcopy(page())
    replaced(nb, old, new)
    assert rule(nb)


@pytest.mark.parametrize(
    ("stem", "old", "new"),
    [
        ("05-beyond", "C5.b2", "C5.b3"),
        ("05-beyond", "C5.b2", "C5.b1"),
        ("05-beyond", "C5.b2", "C5.2"),
        ("04-beyond", "x", "x"),
        ("05-optimizers", "x", "x"),
    ],
)
def test_claims_with_other_numbers_are_found(stem, old, new):
    nb = page()
    replaced(nb, old, new)
    assert counted(nb, stem)


def test_claims_of_a_chapter_have_no_letter():
    nb = page()
    replaced(nb, "C5.b", "C5.")
    assert not counted(nb, "05-optimizers")
    assert counted(nb, "05-beyond")


def test_what_is_a_beyond_page():
    assert is_beyond("05-beyond")
    assert not is_beyond("05-optimizers")
    assert not is_beyond("beyond")


def toc(*entries):
    return {"parts": [{"chapters": list(entries)}]}


FOUR = {"file": "chapters/04-initialization"}
UNDER = {"file": "chapters/05-optimizers", "sections": [{"file": "chapters/05-beyond"}]}


def test_a_page_under_its_chapter_is_well_placed():
    assert not misplaced(["05-optimizers", "05-beyond"], toc(FOUR, UNDER))


@pytest.mark.parametrize(
    "contents",
    [
        toc(FOUR, {"file": "chapters/05-optimizers"}),
        toc(FOUR, {"file": "chapters/05-optimizers"}, {"file": "chapters/05-beyond"}),
        toc(FOUR | {"sections": UNDER["sections"]}, {"file": "chapters/05-optimizers"}),
    ],
)
def test_a_page_elsewhere_is_found(contents):
    assert misplaced(["05-optimizers", "05-beyond"], contents)
