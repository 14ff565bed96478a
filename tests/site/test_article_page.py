"""A chapter reads like an article: its length, and the switch for code that is folded away."""

import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "notebooks"))
from editions import FIRST  # noqa: E402

SCREEN = 1000  # px, at a width of 1280
# Screens, of these code; where a chapter needs less than what all may have; and a Beyond page.
MOST, SHORTER, BEYOND = (32, 5), {"01-dropout": (29, 4)}, (16, 3)
FIRST_PICTURE, FIRST_CLAIM = 1200, 7000
ARTICLES = [
    path.stem
    for path in sorted((ROOT / "chapters").glob("[0-9][0-9]-*.ipynb"))
    if path.stem not in FIRST
]
MEASURE = """() => {
  const article = document.querySelector("article");
  const top = (e) => e ? e.getBoundingClientRect().top + scrollY : null;
  const code = [...article.querySelectorAll(".cell_input, details.hide")];
  const outer = code.filter(e => !e.parentElement.closest("details"));
  return {
    height: article.getBoundingClientRect().height,
    code: outer.reduce((sum, e) => sum + e.getBoundingClientRect().height, 0),
    picture: top(article.querySelector(".cell_output img, figure img")),
    claim: top(article.querySelector(".claim")),
  };
}"""


def too_long(page, screens, code):
    """What of a page breaks the limits of an article."""
    seen = page.evaluate(MEASURE)
    limits = {
        "height": screens * SCREEN,
        "code": code * SCREEN,
        "picture": FIRST_PICTURE,
        "claim": FIRST_CLAIM,
    }
    return {
        what: seen[what] for what, most in limits.items() if seen[what] is None or seen[what] > most
    }


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": SCREEN})
    yield page
    page.close()


@pytest.mark.parametrize("name", ARTICLES)
def test_length(page, site, name):
    page.goto(f"{site}chapters/{name}.html")
    most = BEYOND if name.endswith("-beyond") else MOST
    assert not too_long(page, *SHORTER.get(name, most))


@pytest.mark.parametrize(
    ("height", "code", "broken"),
    [(20, 2, set()), (33, 2, {"height"}), (20, 6, {"code"}), (8, 6, {"code"})],
)
def test_what_is_too_long_is_found(page, height, code, broken):
    rest = (height - code) * SCREEN
    page.set_content(
        '<body style="margin: 0"><article>'
        '<div class="cell_output"><img style="height: 0"></div><div class="claim"></div>'
        f'<div class="cell_input" style="height: {code * SCREEN}px"></div>'
        '<details class="hide"><div class="cell_input" style="height: 9000px"></div></details>'
        f'<div style="height: {rest - 50}px"></div></article>'
    )
    assert set(too_long(page, *MOST)) == broken


def test_a_page_whose_picture_and_claim_come_late_is_found(page):
    page.set_content(
        f'<article><div style="height: {FIRST_CLAIM}px"></div><div class="cell_output">'
        '<img></div><div class="claim"></div></article>'
    )
    assert set(too_long(page, *MOST)) == {"picture", "claim"}


def opened(page):
    return page.evaluate("[...document.querySelectorAll('details.hide')].map(box => box.open)")


def test_one_switch_shows_all_code_by_keyboard_and_is_remembered(page, site):
    page.goto(f"{site}chapters/01-dropout.html")
    switch = page.get_by_role("button", name="Show all code")
    assert not any(opened(page))
    assert len(opened(page)) > 5
    switch.focus()
    page.keyboard.press("Enter")
    assert all(opened(page))
    assert switch.get_attribute("aria-pressed") == "true"
    page.goto(f"{site}chapters/02-activations.html")
    assert all(opened(page))
    page.get_by_role("button", name="Show all code").focus()
    page.keyboard.press("Space")
    assert not any(opened(page))
    page.reload()
    assert not any(opened(page))


def test_the_code_of_a_claim_lies_folded_in_its_box(page, site):
    page.goto(f"{site}chapters/01-dropout.html")
    claims = page.locator(".claim")
    assert claims.count() > 5
    for number in range(claims.count()):
        code = claims.nth(number).locator("details.hide .cell_input")
        assert code.count() == 1
        assert "claim(" in code.text_content()


def test_folded_code_stays_out_of_print(page, site):
    page.goto(f"{site}chapters/01-dropout.html")
    page.get_by_role("button", name="Show all code").click()
    page.emulate_media(media="print")
    assert page.locator("details.hide").first.is_hidden()
    assert page.locator(".fold-switch").is_hidden()


def test_without_scripts_each_box_opens_by_itself(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}chapters/01-dropout.html")
    assert page.locator(".fold-switch").is_hidden()
    box = page.locator("details.hide").first
    box.locator("summary").click()
    assert box.locator(".cell_input").is_visible()
    context.close()
