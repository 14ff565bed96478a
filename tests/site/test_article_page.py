"""A chapter reads like an article: its length, and the switch for code that is folded away."""

import pytest
from page_limits import FIRST_CLAIM, FIRST_PICTURE, MOST, SCREEN, not_an_article, too_long


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": SCREEN})
    yield page
    page.close()


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
    assert len(not_an_article(page, "05-optimizers")) == len(broken)
    assert not_an_article(page, "index") == []


def test_a_page_whose_picture_and_claim_come_late_is_found(page):
    page.set_content(
        f'<article><div style="height: {FIRST_CLAIM}px"></div><div class="cell_output">'
        '<img></div><div class="claim"></div></article>'
    )
    assert set(too_long(page, *MOST)) == {"picture", "claim"}


def test_a_figure_that_moves_and_comes_late_is_found(page):
    page.set_content(
        f'<article><div style="height: {FIRST_PICTURE}px"></div><div class="claim"></div>'
        '<div class="cell_output"><div class="explore"><img hidden></div></div>'
    )
    for far in (0, 500):
        page.evaluate(f"scrollTo(0, {far})")
        assert set(too_long(page, *MOST)) == {"picture"}


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


def far_ones(page):
    """(section's name, whether it is drawn) of each."""
    return page.evaluate("""() => [...document.querySelectorAll(".bd-article > section > section")]
      .map(e => e.querySelector("p, div").checkVisibility({contentVisibilityAuto: true}))""")


def test_what_is_far_away_is_drawn_late(page, site):
    page.goto(f"{site}chapters/01-dropout.html")
    drawn = far_ones(page)
    assert drawn[0]
    assert not drawn[-1]
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.wait_for_timeout(500)
    assert far_ones(page)[-1]
    page.emulate_media(media="print")
    assert all(far_ones(page))


def test_no_link_of_the_text_is_marked_while_a_reader_scrolls(page, site):
    page.goto(f"{site}chapters/01-dropout.html")
    page.evaluate("document.querySelector('#quiz').scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(300)
    assert page.locator("article a.active").count() == 0


def test_code_that_scrolls_sideways_is_a_stop_and_other_code_is_none(page, site):
    page.goto(f"{site}chapters/run.html")
    page.set_viewport_size({"width": 390, "height": 900})
    asked = "[...document.querySelectorAll('article pre')]"
    wide = f"{asked}.map(e => e.scrollWidth > e.clientWidth)"
    page.wait_for_function(f"{wide}.some(Boolean)")
    page.wait_for_timeout(300)
    assert page.evaluate(wide) == page.evaluate(f"{asked}.map(e => e.tabIndex === 0)")
