"""Without a mouse: what has the keyboard is seen, and there is not more of it than is of use."""

import re

import pytest
from links import soup
from looks import opened
from page_limits import STOPS, too_many_stops
from reached import names_alike, stops, unseen
from test_pages import CHAPTERS, SITE


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


def test_too_many_stops_are_found(browser):
    page = browser.new_page()
    page.set_content("<button>a</button>" * (STOPS + 1) + "<details><summary>b</summary><button>c")
    assert stops(page) == STOPS + 2
    assert too_many_stops(page) == [f"the keyboard stops {STOPS + 2} times"]
    page.close()


ALIKE = (
    "<article><details><summary>{}</summary>1</details><details><summary>{}</summary>2</details>"
)


def test_boxes_that_are_called_alike_are_found(browser):
    page = browser.new_page()
    page.set_content(ALIKE.format("Show the code", "Show the code"))
    assert names_alike(page) == ["2 are called 'Show the code'"]
    page.set_content(ALIKE.format("Show the code: Figure 1.1", "Show the code: Figure 1.2"))
    assert names_alike(page) == []
    page.close()


@pytest.mark.parametrize("name", [n for n in CHAPTERS if re.match(r"chapters/\d\d-(?!beyond)", n)])
def test_each_solution_says_of_which_exercise_it_is(name):
    page = soup(SITE / f"{name}.html")
    said = [" ".join(tag.get_text().split()) for tag in page.select("#exercises summary")]
    said = [text for text in said if not text.startswith("Show the code")]
    assert len(said) >= 10
    assert all(re.match(r"Solution to Exercise \d|Hint for the exercise .", text) for text in said)
    assert "Toggle hidden" not in str(page)
