"""Korean words are drawn with a font that has them, and say that they are Korean.

All pages are looked at in test_pages.py; here is the proof that a fault would be found.
"""

import pytest
from korean import HANGUL, drawn_without, korean_faults, with_korean


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def test_a_font_without_them_is_found(page):
    page.set_content("<p lang='ko'>드롭아웃</p>")
    count = len(page.evaluate(HANGUL))
    assert drawn_without(page, {"No font of this name"}, count) == [0]
    (fault,) = korean_faults(page, {"No font of this name"})
    assert "no Korean letters" in fault


def test_words_that_do_not_say_that_they_are_korean_are_found(page):
    page.set_content("<html lang='en'><p>Dropout is <b>드롭아웃</b>, <b lang='ko'>층</b>.</p>")
    assert korean_faults(page, set()) == ["not marked as Korean: 드롭아웃"]


def test_words_that_are_right_pass(page):
    if not with_korean():
        pytest.skip("no font has Korean letters: run `make browser`, or install fonts-nanum")
    page.set_content("<html lang='en'><p>Dropout is <b lang='ko'>드롭아웃</b>.</p>")
    assert korean_faults(page, with_korean()) == []
