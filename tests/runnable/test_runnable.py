"""The notebooks that people run: plain Markdown, closed answers, links that lead somewhere.

Code and outputs must be those of the chapter, to the byte.
"""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest
from book_facts import config, sources, titles
from figure_files import named
from plain_markdown import Page, plain
from runnable import runnable

ROOT = Path(__file__).resolve().parents[2]

CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
SITE = config()["html"]["baseurl"]
# What JupyterLab and Colab would show as it stands.
LEFT = {
    "a role": r"\{[a-z][\w:.-]*\}`",
    "a directive": r"^[`:]{3,}\{",
    "a fence of colons": r"^:{3,}",
    "a target": r"^\([\w-]+\)=$",
    "an option": r"^:[a-z-]+: ",
    "a labelled formula": r"^\$\$ \(",
    "a link to a file": r"\]\((?!https://)[^)]*\)",
    "a link without a text": r"(?<!!)\[\]\(",
    "an open answer": r"<details open",
}


def left(nb):
    """What is left of MyST in the texts of a notebook."""
    return [
        f"{name}: {match.group()!r}"
        for cell in nb.cells
        if cell.cell_type == "markdown"
        for name, pattern in LEFT.items()
        for match in re.finditer(pattern, cell.source, re.MULTILINE)
    ]


ROLE, LABELS = r"\{[\w:.-]+\}`[^`]*`", r"^\$\$ \(.*$|^\([\w-]+\)=$"


def code(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module", params=CHAPTERS, ids=lambda path: path.stem)
def pair(request):
    """A chapter and its runnable notebook."""
    return nbformat.read(request.param, as_version=4), runnable(request.param)


def test_it_is_a_valid_notebook(pair):
    _, run = pair
    nbformat.validate(nbformat.from_dict(json.loads(json.dumps(run))))
    ids = [cell.id for cell in run.cells]
    assert len(ids) == len(set(ids))


def test_no_markup_is_left(pair):
    chapter, run = pair
    assert left(chapter), "the chapter has no MyST: then this test proves nothing"
    assert not left(run)


def test_code_and_outputs_are_the_same_to_the_byte(pair):
    chapter, run = pair
    assert [c.source for c in code(run)] == [c.source for c in code(chapter)]
    assert [c.outputs for c in code(run)] == [c.outputs for c in code(chapter)]


def test_the_words_are_all_there(pair):
    """Every word of the prose that is no markup comes through, in its order."""

    def words(nb):
        text = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
        text = re.sub(rf"{ROLE}|{LABELS}|^[`:]{{3,}}.*$|^:[\w-]+:.*$", " ", text, flags=re.M)
        text = re.sub(r"\]\([^)]*\)", " ", text)
        return re.findall(r"[A-Za-z가-힣]{4,}", text)

    chapter, run = map(words, pair)
    found = iter(run)
    missing = [word for word in chapter if word not in found]  # a subsequence
    assert not missing


def test_links_to_the_site_lead_to_pages_of_it(pair):
    _, run = pair
    pages = {f"{SITE}chapters/{path.stem}.html" for path in (ROOT / "chapters").iterdir()}
    text = "\n".join(cell.source for cell in run.cells if cell.cell_type == "markdown")
    found = set(re.findall(rf"\(({re.escape(SITE)}[^)#]*)", text))
    assert found
    assert found <= pages


def test_captions_stand_below_their_figures(pair):
    chapter, run = pair
    places = {cell.id: i for i, cell in enumerate(run.cells)}
    for cell in code(chapter):
        for name, caption, _ in named(nbformat.from_dict({"cells": [cell]})):
            assert f"#fig-{name}). {caption}" in run.cells[places[cell.id] + 1].source


def test_solutions_are_folded(pair):
    chapter, run = pair
    text = "".join(cell.source for cell in chapter.cells)
    starts = [i for i, c in enumerate(run.cells) if c.source.startswith("#### Solution")]
    assert len(starts) == text.count("{solution-start}")
    for start in starts:
        assert run.cells[start].metadata["jp-MarkdownHeadingCollapsed"]
        assert run.cells[start].id in run.metadata["colab"]["collapsed_sections"]
        assert "\n" not in run.cells[start].source  # a heading folds the cells below it
        after = run.cells[start + 1 :]
        ends = [c.cell_type == "markdown" and re.match(r"#{1,3} ", c.source) for c in after]
        hidden = after[: next(i for i, end in enumerate(ends) if end)]
        assert all(c.metadata.jupyter.source_hidden for c in hidden if c.cell_type == "code")


def test_what_the_page_folds_is_folded(pair):
    _, run = pair
    for cell in code(run):
        if "hide-input" in cell.metadata.get("tags", []):
            assert cell.metadata.jupyter.source_hidden


def test_a_notebook_for_colab_installs_its_own_commit():
    path = CHAPTERS[0]
    plain_one, pinned = runnable(path), runnable(path, commit="0" * 40)
    changed = [(a, b) for a, b in zip(code(plain_one), code(pinned), strict=True) if a != b]
    assert len(changed) == 1
    before, after = changed[0]
    assert after.source == before.source.replace("dlcourse\n", "dlcourse@" + "0" * 40 + "\n") or (
        after.source.endswith(f"@{'0' * 40}")
    )
    trees = [ast.dump(ast.parse(re.sub(r"%pip.*", "pass", cell.source))) for cell in changed[0]]
    assert trees[0] == trees[1]


@pytest.fixture
def page():
    return Page(
        number="1",
        site=f"{SITE}chapters/",
        name="01-dropout",
        values={"error": "≈9.7 %"},
        equations={"eq-mean": "1.2"},
        exercises={"ex-1": "1.1"},
        titles=titles(),
        claim_place={"C5.1": ("05-optimizers", "claim-c5-1")}.__getitem__,
        figures={
            "bowl": ("01-dropout", "bowl", "1.3"),
            "05-path": ("05-optimizers", "path", "5.1"),
        },
        sources=sources(),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It errs on {glue:text}`error`.", "It errs on ≈9.7 %."),
        ("By {eq}`eq-mean`.", "By (1.2)."),
        ("See C5.1.", f"See [C5.1]({SITE}chapters/05-optimizers.html#claim-c5-1)."),
        ("`C5.1` $C5.1$ [C5.1](https://x)", "`C5.1` $C5.1$ [C5.1](https://x)"),
        ("# C5.1", "# C5.1"),
        (":::{dropdown} A. C5.1\nNo.\n:::", "<summary>A. C5.1</summary>"),
        ("So the notes say the notes", f"So [the notes]({SITE}chapters/notes.html) say the notes"),
        ("See {fig}`bowl`.", f"See [Figure 1.3]({SITE}chapters/01-dropout.html#fig-bowl)."),
        ("{fig}`05-path`", f"[Figure 5.1]({SITE}chapters/05-optimizers.html#fig-path)"),
        ("$$\nx = 1\n$$ (eq-mean)", "$$\nx = 1 \\tag{1.2}\n$$"),
        (":::{dropdown} A. `x` is *one*\nNo.\n:::", "<summary>A. <code>x</code> is <em>one</em>"),
        ("::::{dropdown} A\n:::{note}\nNo.\n:::\n::::", "> **Note.** No."),
        (":::{warning}\nOne.\n\nTwo.\n:::", "> **Warning.** One.\n> \n> Two."),
        ("[](conventions.md)", f"({SITE}chapters/conventions.html)"),
        ("[why](05-optimizers.ipynb#muon)", f"[why]({SITE}chapters/05-optimizers.html#muon)"),
        ("`[a](b.md)`", "`[a](b.md)`"),
        ("```python\n# {eq}`eq-mean`\n```", "```python\n# {eq}`eq-mean`\n```"),
        ("{cite:t}`c1-hinton2012` say", "[Hinton et al. (2012)](https://arxiv.org/abs/1207.0580) "),
        ("so {cite:p}`c1-gal2016,c1-hinton2012`", "; [Hinton et al., 2012]("),
        ("```{list-table}\n\n* - a\n  - b\n* - c\n  - \n```", "| a | b |\n|---|---|\n| c |  |"),
    ],
)  # fmt: skip
def test_plain(text, expected, page):
    assert expected in plain(text, page)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("{unheard:of}`x`", "the role unheard:of has no plain form"),
        (":::{unheard}\nx\n:::", "the directive unheard has no plain form"),
        (":::{note}\nx", "never closed"),
        ("{glue:text}`missing`", "missing"),
        ("{eq}`missing`", "missing"),
        ("{fig}`missing`", "missing"),
        ("See C5.99.", "C5.99"),
    ],
)
def test_what_has_no_plain_form_is_an_error(text, error, page):
    with pytest.raises((ValueError, KeyError), match=error):
        plain(text, page)


@pytest.mark.parametrize(
    "text",
    ["{eq}`x`", ":::{note}", "(label)=", "$$ (eq)", "[a](b.md)", "[](https://x)", "<details open>"],
)
def test_markup_that_is_left_is_found(text):
    assert left(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]))
