"""A chapter on paper: what is folded on the screen is open, and the menus are gone."""

import io
import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from test_pages import CHAPTERS, SITE

FOLDED = "details.sd-dropdown > .sd-summary-content"


def words(text):
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))  # a printed fi is one letter


@pytest.fixture(scope="module")
def chapter():
    html = (SITE / f"{CHAPTERS[0]}.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def on_paper(site, browser, style=""):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}{CHAPTERS[0]}.html", wait_until="load")
    page.add_style_tag(content=style or "/* as it is */")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    context.close()
    return words("".join(sheet.extract_text() for sheet in sheets))


def missing(chapter, text):
    """The folded texts (their first five words) that are not on paper; formulas look different."""
    boxes = [box for box in chapter.select(FOLDED) if not box.select(".math")]
    starts = [" ".join(box.get_text(" ").split()[:5]) for box in boxes]
    assert len(starts) > 10
    return [start for start in starts if words(start) not in text]


def test_folded_texts_are_on_paper(site, browser, chapter):
    text = on_paper(site, browser)
    assert missing(chapter, text) == []
    assert words("Skip to main content") not in text


def test_a_closed_box_would_be_noticed(site, browser, chapter):
    closed = "@media print {details::details-content {content-visibility: hidden !important}}"
    assert missing(chapter, on_paper(site, browser, closed))
