"""Korean words are drawn with a font that has them, where we print and test: no empty boxes."""

import os
import shutil
import subprocess

import pytest
from test_pages import PAGES

HANGUL = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (/[가-힣]/.test(walker.currentNode.data) && parent.checkVisibility()) found.add(parent);
  }
  [...found].forEach((element, at) => element.setAttribute("data-hangul", at));
  return found.size;
}"""


def with_korean():
    """The families that have Korean letters, as fontconfig knows them."""
    if not shutil.which("fc-list"):
        return set()
    listed = subprocess.check_output(["fc-list", ":lang=ko", "family"], text=True)
    return {family for line in listed.splitlines() for family in line.split(",")}


@pytest.fixture(scope="module")
def fonts():
    found = with_korean()
    if not found:
        message = "no font has Korean letters: run `make browser`, or install fonts-nanum"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def drawn_without(page, fonts, most=40):
    """Korean words of a page that are drawn with fonts that have no Korean letters."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    count = page.evaluate(HANGUL)
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    missed = []
    for at in range(0, count, max(1, count // most)):
        where = {"nodeId": root, "selector": f"[data-hangul='{at}']"}
        node = session.send("DOM.querySelector", where)["nodeId"]
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if not fonts & {font["familyName"] for font in used}:
            missed.append((at, used))
    return count, missed


WITH_WORDS = ["chapters/glossary", "chapters/01-dropout"]


@pytest.mark.parametrize("name", WITH_WORDS)
def test_korean_words_are_drawn(site, browser, fonts, name):
    assert name in PAGES
    page = browser.new_page()
    page.goto(f"{site}{name}.html")
    count, missed = drawn_without(page, fonts)
    assert count > 10
    assert missed == []
    page.close()


def test_a_font_without_them_is_found(browser, fonts, tmp_path):
    page = browser.new_page()
    page.set_content("<p>드롭아웃</p>")
    count, missed = drawn_without(page, {"No font of this name"})
    assert count == len(missed) == 1
    page.close()
