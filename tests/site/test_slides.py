"""The slides: a deck for each chapter, whole, one file, for all eyes; a bad deck is noticed."""

import io
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from access import axe_faults
from book_facts import CHAPTERS, config, numbers, stored_claims
from bs4 import BeautifulSoup
from figure_files import named, numbered
from links import anchors
from looks import arrived
from make_slides import printed
from pypdf import PdfReader
from quizzes import of_chapter

from conftest import SITE

LARGEST = 2_000_000  # bytes of a deck
DECKS = {stem: SITE / "slides" / f"{stem}.html" for stem in numbers()}
BASE = config()["html"]["baseurl"]


@cache
def shown(stem):
    """What a chapter has that its deck must show: labels of figures, numbers of claims."""
    path = CHAPTERS / f"{stem}.ipynb"
    figures = {name: f"Figure {number}" for name, number in numbered(path).items()}
    asked = [question for question in of_chapter(path) if question.picture]
    quiz = {n for n, _, png in named(nbformat.read(path, 4)) if png in [q.picture for q in asked]}
    return [t for n, t in figures.items() if n not in quiz], [c["id"] for c in stored_claims(path)]


def faults(html, stem):
    """What is wrong with a deck, each in a sentence."""
    page, found = BeautifulSoup(html, "html.parser"), []
    figures, claims = shown(stem)
    links = [a.get_text() for a in page.select("figcaption a, .measured a")]
    found += [f"{name} is missing" for name in figures + claims if name not in links]
    found += [f"{name} is there twice" for name in {*links} if links.count(name) > 1]
    slides = page.select(".slides > section")
    found += [
        f"slide {i} has no notes" for i, s in enumerate(slides[:-1]) if not s.select(".notes p")
    ]
    found += [f"slide {i} has no heading" for i, s in enumerate(slides) if not s.find(["h1", "h2"])]
    asked = len(of_chapter(CHAPTERS / f"{stem}.ipynb"))
    if len(page.select("section.question")) != asked:
        found.append(f"there are not {asked} questions")
    for image in page.find_all("img"):
        if len(image.get("alt", "")) < 30:
            found.append("a picture has no text for those who cannot see it")
        if not image["src"].startswith("data:"):
            found.append(f"{image['src'][:60]} is another file")
    files = page.select("script[src], link[href]:not([href^='data:'])")
    found += [f"{file} is another file" for file in files]
    for frame in page.find_all("iframe"):
        if not Path(SITE, "slides", frame["data-src"]).is_file() or not frame.get("title"):
            found.append("the figure that moves is not there")
    for link in page.select("a[href]"):
        place, _, where = link["href"].removeprefix(BASE).partition("#")
        inside = link["href"].startswith(BASE)
        if inside and not (SITE / place).is_file():
            found.append(f"{link['href']} does not exist")
        elif inside and where and where not in anchors(SITE / place):
            found.append(f"{link['href']} has no such place")
        elif not link["href"].startswith("https://"):
            found.append(f"{link['href']} leads nowhere once the deck is taken away")
    if re.search(r"\$[^$\d]|\\\(", page.find("main").get_text()):
        found.append("a formula is not set")
    if len(html) > LARGEST:
        found.append(f"{len(html):,} bytes")
    return found


@pytest.mark.parametrize("stem", DECKS)
def test_a_deck_is_whole(stem):
    assert not faults(DECKS[stem].read_text("utf-8"), stem)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (">Figure 5.1<", ">Figure 5.99<", "Figure 5.1 is missing"),
        (">C5.4<", ">C5.3<", "C5.3 is there twice"),
        ('class="notes"', 'class="lost"', "no notes"),
        ("<h2>", "<h4>", "no heading"),
        ('class="question"', 'class="other"', "not 5 questions"),
        (' alt="', ' alt="" data-was="', "no text for those"),
        ("data:image/svg", "pictures/svg", "is another file"),
        ("<style>", "<link rel='stylesheet' href='https://a.b/c.css'><style>", "is another file"),
        ("../explore/", "../lost/", "that moves is not there"),
        ("#fig-", "#lost-", "has no such place"),
        (f'href="{BASE}', 'href="../', "leads nowhere"),
        ("</h1>", "</h1><p>$x$", "a formula is not set"),
        ("</h1>", "</h1>" + LARGEST * "x", "bytes"),
    ],
)
def test_a_fault_in_a_deck_would_be_noticed(old, new, words):
    html = DECKS["05-optimizers"].read_text("utf-8")
    assert old in html
    assert any(words in fault for fault in faults(html.replace(old, new), "05-optimizers"))


# Slides that are taller than what is shown of them.
TALL = """() => [...document.querySelectorAll('.slides > section')].flatMap((slide, i) => {
  Reveal.slide(i);
  return slide.scrollHeight > 720 ? [`slide ${i} is ${slide.scrollHeight} high`] : [];
})"""


@pytest.mark.parametrize("stem", DECKS)
def test_a_deck_runs_and_every_slide_fits(site, browser, stem):
    with arrived(browser, f"{site}slides/{stem}.html") as (page, complaints, requests):
        assert page.evaluate("Reveal.isReady()")
        assert not page.evaluate(TALL)
        if stem == "05-optimizers":  # the others have the same form
            page.evaluate("Reveal.slide(2)")
            assert not axe_faults(page) + axe_faults(page, colours_only=True)
        assert not complaints
        outside = [r for r in requests if not r.startswith((site, "data:", "blob:"))]
        assert not outside
        page.add_style_tag(content=".slides section p { margin-bottom: 900px !important }")
        assert page.evaluate(TALL)  # it would be noticed


def test_on_paper_each_slide_is_a_page_but_the_one_that_moves(site, browser):
    html = BeautifulSoup(DECKS["05-optimizers"].read_text("utf-8"), "html.parser")
    still = html.select(".slides > section:not(.moving)")
    page = browser.new_page()
    pages = PdfReader(io.BytesIO(printed(page, f"{site}slides/05-optimizers.html"))).pages
    page.close()
    assert len(pages) == len(still)
    words = ["".join(sheet.extract_text().split()) for sheet in pages]
    assert all(len(text) > 15 for text in words)
    assert "Whatnow?" in words[-1]
