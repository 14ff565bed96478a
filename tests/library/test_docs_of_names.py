"""Every public name is documented, and every paper in a docstring is in references.bib."""

import importlib
import re

import pytest
from cases import REPOSITORY

import dlcourse as dl

PUBLIC = {
    name: value for name, value in vars(dl).items() if callable(value) and not name.startswith("_")
}
PAPER = re.compile(r"([A-Z][\w'-]+(?:,? [A-Z][\w'-]+)*(?: and [A-Z][\w'-]+| et al\.)?) \((\d{4})\)")


def papers(text):
    """The papers that a docstring names: (first author, year)."""
    found = PAPER.findall(re.sub(r"\s+", " ", text or ""))
    return {(re.split(r",| and | et al", names)[0].split()[-1], int(year)) for names, year in found}


def known():
    """(first author, year) of each entry, and the year of its preprint."""
    pairs = set()
    for entry in (REPOSITORY / "references.bib").read_text().split("\n@"):
        author = re.search(r"author\s*=\s*\{(.*?)[,}]", entry)
        if author is None:
            continue
        family = re.sub(r"\{\\.(\w)\}", r"\1", author[1]).split()[-1]
        years = {int(year) for year in re.findall(r"year\s*=\s*\{(\d{4})", entry)}
        years |= {2000 + int(y) for y in re.findall(r"(?:abs/|arXiv:)(\d\d)\d\d\.\d{4,5}", entry)}
        pairs |= {(family, year) for year in years}
    return pairs


def docstrings():
    """Every docstring of the library, by the name of what it belongs to."""
    for path in sorted((REPOSITORY / "dlcourse").rglob("*.py")):
        for part in re.findall(r'"""(.*?)"""', path.read_text(), re.DOTALL):
            yield f"{path.stem}: {part.strip()[:40]}", part


def test_every_paper_is_in_the_bibliography():
    entries = known()
    lacking = [
        f"{author} ({year}) in {where}"
        for where, text in docstrings()
        for author, year in papers(text)
        if (author, year) not in entries
    ]
    assert not lacking, "add them to references.bib: " + "; ".join(lacking)


def test_a_paper_that_is_in_no_bibliography_is_found():
    text = "Source: Kingma and Ba (2014); Nobody et al.\n    (2031), Maas, Hannun and Ng (2013)."
    assert papers(text) - known() == {("Nobody", 2031)}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_a_docstring_on_the_page_of_the_library(name):
    value = PUBLIC[name]
    assert value.__doc__.strip(), name
    modules = re.findall(r"automodule:: (\S+)", (REPOSITORY / "chapters" / "api.md").read_text())
    shown = {m: getattr(importlib.import_module(m), "__all__", ()) for m in modules}
    homes = [m for m in modules if value.__module__ == m or name in shown[m]]
    assert homes, f"chapters/api.md has no automodule for {value.__module__}, the home of {name}"
