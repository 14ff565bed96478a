"""A chapter on paper: no menus, no answers beside their questions, and all else open.

`make pdf` puts the answers behind everything else; a page that a browser prints leaves them out.
"""

import io
import re
import unicodedata

import pytest
from links import soup
from make_pdf import printed
from pypdf import PdfReader
from test_pages import CHAPTERS, SITE

ANSWERS = ":is(#quiz, #exercises) details.sd-dropdown > .sd-summary-content"
# A box of another section, as a chapter may have for a derivation.
OTHER = """() => document.querySelector('#predict-first').insertAdjacentHTML('beforeend',
  '<details class="sd-dropdown"><summary>More</summary><p>The long derivation of it.</p></details>')
"""
NAMED = [name for name in CHAPTERS if name[9].isdigit()]


def words(text):
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))  # a printed fi is one letter


def chapter(name):
    return soup(SITE / f"{name}.html")


def text_of(pdf):
    return words("".join(sheet.extract_text() for sheet in pdf.pages))


def on_paper(site, browser, name, style="", before=None):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}{name}.html", wait_until="load")
    page.add_style_tag(content=style or "/* as it is */")
    if before:
        page.evaluate(before)
    text = text_of(PdfReader(io.BytesIO(page.pdf(format="A4"))))
    context.close()
    return text


def answers(name):
    """How the answers of a chapter begin, in their first five words; formulas look different."""
    boxes = [box for box in chapter(name).select(ANSWERS) if not box.select(".math")]
    starts = {" ".join(box.get_text(" ").split()[:5]) for box in boxes}
    starts = [words(start) for start in starts if len(start.split()) == 5]
    assert len(starts) > 8
    return starts


@pytest.mark.parametrize("name", NAMED[:1])
def test_a_browser_prints_questions_without_answers(site, browser, name):
    text = on_paper(site, browser, name, before=OTHER)
    assert [start for start in answers(name) if start in text] == []
    assert words("The long derivation of it.") in text
    assert words("Skip to main content") not in text
    options = chapter(name).select("#quiz summary .sd-summary-text")
    options = [words(o.get_text()) for o in options if not o.select(".math")]
    assert len(options) > 5
    assert all(option in text for option in options)


def test_an_open_answer_would_be_noticed(site, browser):
    opened = "@media print {details::details-content {content-visibility: visible !important}}"
    opened += "details::details-content {block-size: auto !important}"
    text = on_paper(site, browser, NAMED[0], opened)
    assert [start for start in answers(NAMED[0]) if start in text]


@pytest.mark.parametrize("name", NAMED[:1])
def test_the_book_prints_answers_behind_all_questions(site, browser, name):
    page = browser.new_page()
    _, pdf = printed(page, f"{site}{name}.html", "https://somewhere.invalid/", {})
    page.close()
    text = text_of(pdf)
    before, heading, after = text.rpartition(words("Answers and solutions"))
    assert heading
    assert [start for start in answers(name) if start in before] == []
    assert [start for start in answers(name) if start not in after] == []
    for label in ("Question 1: A", "Question 5", "Solution to Exercise", "Hint for the exercise"):
        assert words(label) in after
