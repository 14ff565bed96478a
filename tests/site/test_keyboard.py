"""Without a mouse: what has the keyboard is seen, and there is not more of it than is of use."""

import re

import pytest
from looks import opened
from reached import stops, unseen
from test_article_page import FIRST
from test_pages import CHAPTERS

NAMES = """selector => [...document.querySelectorAll(selector)].map(
  e => (e.getAttribute("aria-label") ?? e.textContent).replace(/\\s+/g, " ").trim())"""
# What lies folded has none, so articles have fewer than chapters of the first edition.
MOST, MOST_FIRST_EDITION = 300, 360
OPEN = "document.querySelectorAll('details').forEach(e => { e.open = true; })"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["search", "404"])  # all others: test_pages.py
def test_what_has_the_keyboard_is_seen(published, browser, name, width):
    with opened(browser, f"{published}{name}.html", width) as (page, _):
        assert unseen(page) == []


def test_a_control_without_a_mark_is_found(browser):
    page = browser.new_page()
    page.set_content("<button>a</button><button style='outline: none'>b</button>")
    (found,) = unseen(page)
    assert ">b<" in found
    page.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_few_stops(site, browser, name):
    page = browser.new_page()
    page.goto(f"{site}{name}.html")
    first = name.split("/")[1] in FIRST
    assert stops(page) <= (MOST_FIRST_EDITION if first else MOST)
    page.evaluate(OPEN)
    assert page.locator(".cell_output button.copybtn").count() == 0
    page.close()


def test_too_many_stops_are_found(browser):
    page = browser.new_page()
    page.set_content("<button>a</button>" * (MOST + 1) + "<details><summary>b</summary><button>c")
    assert stops(page) == MOST + 2
    page.close()


@pytest.mark.parametrize("name", [n for n in CHAPTERS if re.match(r"chapters/\d\d-(?!beyond)", n)])
def test_each_solution_has_a_name_of_its_own(site, browser, name):
    page = browser.new_page()
    page.goto(f"{site}{name}.html")
    names = page.evaluate(NAMES, "#exercises summary, #exercises button:not(.copybtn)")
    solutions = [
        text for text in names if re.match(r"Solution to Exercise \d|Hint for the exercise .", text)
    ]
    assert len(solutions) >= 10
    assert len(set(solutions)) == len(solutions)
    assert "Hint" not in names
    assert not [text for text in page.evaluate(NAMES, "button") if "Toggle hidden" in text]
    page.close()
