"""The assignments on the site: a page each, the ways to open it, and never a line of a solution."""

import re
import zipfile
from pathlib import Path

import pytest
from assignment_notebooks import cells, parts
from links import soup
from make_assignments import notebook_of, sources
from published_assignments import ZIP, for_colab, notebooks

from conftest import ROOT, SITE

SOURCES = {notebook_of(s).relative_to(ROOT).with_suffix("").as_posix(): s for s in sources()}
NAMES = list(SOURCES)
SHORT = 11  # letters; a line of so few may stand anywhere


def squeezed(text):
    return re.sub(r"\W+", "", text)


def solution(name):
    """What only the solution says, line by line, without spaces and signs, which markup changes."""
    pieces = [p for _, _, body in cells(SOURCES[name].read_text("utf-8")) for p in parts(body)]
    given = squeezed("".join("".join(lines) for secret, lines in pieces if not secret))
    solved = {squeezed(line) for secret, lines in pieces if secret for line in lines}
    return {line for line in solved if len(line) > SHORT and line not in given}


def shown(text, name):
    """The lines of a solution, and the word rubric, that stand in a text."""
    text = squeezed(text)
    return {line for line in solution(name) | {"Rubric"} if line in text}


def published(site, name):
    """Every text of the site that has this assignment: path -> text."""
    page = Path(site, f"{name}.html")
    found = {page: soup(page).get_text()}
    files = [*Path(site, "_sources").rglob(f"{Path(name).name}.ipynb")]
    files += Path(site, "lite", "files").rglob(f"{Path(name).name}.ipynb")
    files.append(Path(site, "_static", "search", "index.js"))
    found |= {path: path.read_text("utf-8") for path in files}
    with zipfile.ZipFile(Path(site, ZIP)) as archive:
        found |= {Path(n): archive.read(n).decode() for n in archive.namelist()}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_solution_is_published(name):
    texts = published(SITE, name)
    assert len(texts) == 3 + 1 + len(NAMES) + 1  # page, two copies, index, and the zip's
    # The word is one that a chapter may use; the solution's own lines are not.
    leaks = {path: shown(text, name) - {"Rubric"} for path, text in texts.items()}
    assert not {path: lines for path, lines in leaks.items() if lines}
    assert "Rubric" not in texts[SITE / f"{name}.html"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_with_a_line_of_the_solution_would_be_noticed(name):
    page = (SITE / f"{name}.html").read_text("utf-8")
    lines = solution(name)
    assert len(lines) > 5
    for _, _, body in cells(SOURCES[name].read_text("utf-8")):
        for secret, piece in parts(body):
            if secret:
                line = max(piece, key=len)
                marked = "".join(f"<span>{word}</span> " for word in line.split())
                assert shown(soup_of(page.replace("</h1>", f"</h1>{marked}", 1)), name)


def soup_of(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_all_of_the_notebook_and_leads_to_it(name):
    page, notebook = soup(SITE / f"{name}.html"), dict(notebooks())[f"{name}.ipynb"]
    text = squeezed(page.get_text())
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert all(squeezed(source) in text for source in code)
    browser, download, colab, every = (a["href"] for a in page.select(".front-buttons a"))
    place = (SITE / name).parent
    assert (place / download).resolve() == SITE / "_sources" / f"{name}.ipynb"
    assert (place / every).resolve() == SITE / ZIP
    lite, _, asked = browser.partition("?path=")
    assert (place / lite).is_file()
    assert (SITE / "lite" / "files" / asked).is_file()
    assert colab.endswith(f"/blob/run/{name}.ipynb")


def test_the_overview_has_all_with_their_points():
    page = soup(SITE / "chapters" / "assignments.html")
    rows = page.select("table.assignment-table tbody tr")
    assert len(rows) == len(NAMES)
    for row, name in zip(rows, NAMES, strict=True):
        title, goal, points, ways = row.find_all("td")
        assert title.a["href"] == f"../{name}.html"
        assert len(goal.get_text()) > 40
        assert sum(map(int, re.findall(r"\((\d+)\)", points.get_text()))) == 20
        assert len(ways.find_all("a")) == 3


@pytest.mark.parametrize("commit", [None, "0" * 40])
def test_in_colab_a_first_cell_installs_the_library(commit):
    for _, notebook in notebooks():
        before = [cell.source for cell in notebook.cells]
        first, *rest = for_colab(notebook, commit).cells
        assert [cell.source for cell in rest] == before
        assert first.source.startswith("# Colab")
        assert first.source.endswith(f"@{commit}" if commit else "/dlcourse")
