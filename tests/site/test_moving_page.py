"""Figures that move: by keyboard, without scripts, on paper, alone, under a strict policy."""

from urllib.parse import urljoin

import pytest
from access import axe_faults
from looks import MODES, WIDTHS, arrived, faults, ready, turn
from test_pages import PAGES, SITE

FIGURE = ".explore"
ALONE = sorted(f"explore/{path.stem}" for path in (SITE / "explore").glob("*.html"))
WITH = [
    name
    for name in [*PAGES, *ALONE]
    if 'class="explore"' in (SITE / f"{name}.html").read_text("utf-8")
]
CHAPTERS = [name for name in WITH if name.startswith("chapters/0")]
DRAWN = f"document.querySelectorAll('{FIGURE}:not(.drawn)').length === 0"
SCROLL = f"""async () => {{ for (const f of document.querySelectorAll('{FIGURE}')) {{
  f.scrollIntoView(); await new Promise((r) => setTimeout(r, 100)) }} }}"""
AT_THE_END = "e => e.options ? e.selectedIndex === e.options.length - 1 : e.value === e.max"
CHANGED = "([f, before]) => f.querySelector('svg').innerHTML !== before"
SAME = CHANGED.replace("!==", "===")


def drawn(page):
    page.evaluate(SCROLL)
    page.wait_for_function(DRAWN)


def test_each_figure_has_an_address_of_its_own():
    assert len(ALONE) >= 3
    assert CHAPTERS


def room_is_kept(page):
    """What stands below a figure stays where it is when the script comes."""
    for figure in page.locator(f"{FIGURE} .picture").all():
        room, tall = figure.evaluate(
            "p => [parseFloat(getComputedStyle(p).minHeight), p.getBoundingClientRect().height]"
        )
        assert abs(tall - room) < 40


def answers_to_the_keyboard(page, figure):
    """Each control changes the drawing and what is said; the last button shows what was printed."""
    handle, printed = figure.element_handle(), figure.locator("svg").inner_html()
    says = figure.locator(".says")
    as_printed = lambda: page.wait_for_function(SAME, arg=[handle, printed])  # noqa: E731
    for control in figure.locator("input, select").all():
        figure.locator("button").last.click()
        as_printed()
        if control.is_disabled():
            continue
        says.evaluate("e => { e.textContent = '' }")
        control.focus()
        page.keyboard.press("ArrowLeft" if control.evaluate(AT_THE_END) else "ArrowRight")
        page.wait_for_function(CHANGED, arg=[handle, printed])
        page.wait_for_function("e => e.textContent", arg=says.element_handle())
        assert says.get_attribute("role") == "status"
    for button in figure.get_by_role("button").all():
        button.focus()
        page.keyboard.press("Enter")
    as_printed()
    figure.locator("button").first.click()
    page.wait_for_function(CHANGED, arg=[handle, printed])


def on_paper_is_the_picture(page):
    page.emulate_media(media="print")
    for figure in page.locator(FIGURE).all():
        assert figure.locator("img").is_visible()
        assert not figure.locator("fieldset").is_visible()
        assert not figure.locator("svg").is_visible()


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_of_a_chapter(site, browser, name):
    """One visit at each width: each load is dear."""
    for width in WIDTHS:
        with arrived(browser, f"{site}{name}.html", width) as (page, complaints, _):
            drawn(page)
            room_is_kept(page)
            if width == WIDTHS[0]:
                for figure in page.locator(FIGURE).all():
                    answers_to_the_keyboard(page, figure)
                on_paper_is_the_picture(page)
            assert complaints == []


@pytest.mark.parametrize("name", WITH)
def test_without_scripts_the_picture_is_there(site, browser, name):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{name}.html")
    for figure in page.locator(FIGURE).all():
        picture = figure.locator("img")
        assert picture.is_visible()
        assert page.request.get(urljoin(page.url, picture.get_attribute("src"))).ok
        assert not figure.locator("fieldset").is_visible()
    context.close()


KNOWN = set()  # kinds of text whose colours are right


@pytest.mark.parametrize("name", ALONE)
def test_a_figure_alone(site, browser, name):
    for width in WIDTHS:
        with arrived(browser, f"{site}{name}.html", width) as (page, complaints, _):
            drawn(page)
            complaints += ready(page)
            for mode in MODES:
                turn(page, mode)
                assert page.locator("html").get_attribute("data-theme") == mode
                assert faults(page, complaints) == []
                assert axe_faults(page, colours_only=mode == MODES[1], known=KNOWN) == []


def test_it_draws_where_only_scripts_of_the_site_may_run(site, browser):
    """A host may send this policy: no script in the page, no eval."""
    context = browser.new_context()
    page = context.new_page()

    def strict(route):
        answer = route.fetch()
        headers = answer.headers | {"content-security-policy": "script-src 'self'"}
        route.fulfill(response=answer, headers=headers)

    page.route("**/*.html", strict)
    page.goto(f"{site}{ALONE[0]}.html")
    page.wait_for_selector(f"{FIGURE}.drawn svg", state="visible")
    context.close()


def test_a_figure_whose_module_is_missing_keeps_its_picture(site, browser):
    context = browser.new_context()
    page = context.new_page()
    name = ALONE[0].split("/")[1]
    page.route(f"**/{name}.mjs", lambda route: route.abort())
    page.goto(f"{site}{ALONE[0]}.html")
    page.wait_for_selector(f"{FIGURE}.failed")
    assert page.locator(f"{FIGURE} img").is_visible()
    assert not page.locator(f"{FIGURE} fieldset").is_visible()
    context.close()
