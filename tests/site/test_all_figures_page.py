"""The page *All figures*: every figure that a notebook stores, with words, files and a licence."""

from pathlib import Path

import nbformat
import pytest
from book_facts import config
from figure_files import named, numbered, prefix
from links import soup
from test_pages import NOTEBOOKS, SITE

from conftest import ROOT

PAGE = SITE / "chapters" / "all-figures.html"


def cards():
    """Address in the book -> the card of a figure."""
    found = soup(PAGE).select(".figure-card")
    return {card.p.a["href"]: card for card in found}


def expected():
    """Address in the book -> what a card must say: label, name outside, PNG."""
    for page in NOTEBOOKS:
        path = ROOT / f"{page}.ipynb"
        numbers = numbered(path)
        for name, _, png in named(nbformat.read(path, as_version=4)):
            place = f"{path.stem}.html#fig-{name}"
            yield place, (f"Figure {numbers[name]}", f"{prefix(path.stem)}-{name}", png)


def faults(found, wanted):
    """What is wrong with the cards, each in a sentence."""
    said = [f"{place} is missing" for place in wanted.keys() - found.keys()]
    said += [f"{place} is no figure" for place in found.keys() - wanted.keys()]
    for place in wanted.keys() & found.keys():
        (label, outside, png), card = wanted[place], found[place]
        text, line = card.p.get_text(), card.pre.get_text().strip()
        if not text.startswith(f"{label}. ") or len(text) < len(label) + 20:
            said.append(f"{place} lacks number or caption")
        address = f"{config()['html']['baseurl']}chapters/{place}"
        if not line.startswith(f"{label}, ") or not line.endswith(f"CC BY 4.0, {address}"):
            said.append(f"{place} lacks its licence")
        if card.img["loading"] != "lazy" or len(card.img["alt"]) < 30:
            said.append(f"{place} is not lazy, or has no text for those who cannot see it")
        files = {a.get_text(): a["href"] for a in card.p.find_all("a")[1:]}
        if files != {k: f"figures/{outside}.{k.lower()}" for k in ("PNG", "SVG")}:
            said.append(f"{place} lacks its files")
        elif Path(PAGE.parent, files["PNG"]).read_bytes() != png:
            said.append(f"{place} leads to another picture")
    return said


def test_every_figure_is_there_with_all_that_belongs_to_it():
    assert len(dict(expected())) > 100
    assert not faults(cards(), dict(expected()))


def first(found):
    return next(iter(found.values()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda found: found.popitem(), "is missing"),
        (lambda found: found.update({"x.html#fig-y": None}), "is no figure"),
        (lambda found: setattr(first(found).pre, "string", "mine"), "lacks its licence"),
        (lambda found: first(found).img.attrs.update(alt="a plot"), "is not lazy"),
        (lambda found: first(found).p.find_all("a")[1].extract(), "lacks its files"),
    ],
)
def test_a_fault_would_be_noticed(change, words):
    soup.cache_clear()  # the page is changed below
    found = cards()
    change(found)
    told = faults(found, dict(expected()))
    soup.cache_clear()
    assert any(words in sentence for sentence in told)
