"""A reader presses the launch button of a chapter, and it runs in her own browser."""

import contextlib
import sys

import pytest
from make_lite import build
from playwright.sync_api import TimeoutError

from conftest import ROOT, SITE, serving

sys.path.insert(0, str(ROOT / "tests" / "lite"))
from needs import pyodide

BUTTON = "a[href*='lite/notebooks']"
SAYS = "times slower"  # the chapter's scale cell does, and only in a browser


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """The built site, with a JupyterLite that has Pyodide inside."""
    folder = tmp_path_factory.mktemp("offline")
    build(folder / "lite", pyodide())
    for path in SITE.iterdir():
        if path.name != "lite":
            (folder / path.name).symlink_to(path)
    with serving(folder) as address:
        yield address


def launch(browser, address, name):
    """Follow a chapter's button and run its first cells; what the page asked other hosts for."""
    page, others = browser.new_page(), []

    def asked(request):
        if not request.url.startswith((address, "data:", "blob:")):
            others.append(request.url)

    page.context.on("request", asked)
    page.goto(f"{address}chapters/{name}.html")
    page.goto(page.locator(BUTTON).first.evaluate("link => link.href"))
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
    run_first_cells(page)
    return page, others


def run_first_cells(page):
    """From the title on; cells whose code is folded run, too."""
    page.locator(".jp-Notebook .jp-Cell").first.click()
    for _ in range(6):
        page.keyboard.press("Shift+Enter")


def test_a_chapter_runs_from_its_button_and_asks_no_other_host(offline, browser):
    page, others = launch(browser, offline, "01-dropout")
    says(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0
    assert others == []
    reads_well(page, address=offline)
    page.close()


def says(page):
    """Wait for the words. JupyterLab drops cells that are run before its kernel is there: those
    are run once more, as a reader would, and only those, for a cell says the words once."""
    words, dropped = page.get_by_text(SAYS), page.get_by_text("NameError")
    with contextlib.suppress(TimeoutError):
        words.or_(dropped).first.wait_for(timeout=240_000)
    if not words.count():
        run_first_cells(page)
        words.wait_for(timeout=240_000)


def reads_well(page, address):
    """No markup, answers closed, solutions and long code folded, links that lead to the site."""
    seen = page.evaluate(
        """() => {
          const text = [...document.querySelectorAll(".jp-RenderedMarkdown")];
          return {
            markup: text.map(t => t.innerText).filter(t => /\\{[a-z:]+\\}`|:::|```/.test(t)),
            answers: text.flatMap(t => [...t.querySelectorAll("details")]).map(d => d.open),
            links: text.flatMap(t => [...t.querySelectorAll("a[href]")]).map(a => a.href),
            folded: document.querySelectorAll(".jp-mod-collapsed, .jp-Placeholder").length,
          };
        }"""
    )
    assert seen["markup"] == []
    assert seen["answers"]
    assert not any(seen["answers"])
    assert seen["folded"] > 0
    ours = [link for link in seen["links"] if link.startswith(address) and "#" not in link]
    assert seen["links"]
    assert ours == []  # a relative link would lead nowhere


def test_a_request_to_another_host_is_noticed(site, browser):
    """The public site has no Pyodide inside; it asks Pyodide's own host for it."""
    page, others = launch(browser, site, "01-dropout")
    page.wait_for_timeout(3000)
    assert any("pyodide" in address for address in others)
    page.close()
