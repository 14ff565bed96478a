"""Firefox and WebKit, too: pages draw, the switch and the search work; skipped where they miss.

Both are the system's, steered by `steer.py`; `make browser WITH_FIREFOX=1` installs Firefox.
"""

import os
import shutil
import time

import pytest
import steer
from test_pages import CHAPTERS

CHAPTER = next(name for name in CHAPTERS if name[9].isdigit())
# What a page shows: none of it depends on how one browser draws.
SEEN = """return {
  title: document.querySelector("h1").textContent,
  styled: getComputedStyle(document.querySelector(".claim")).borderLeftStyle,
  formula: document.querySelector(".katex-html").getBoundingClientRect().width,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  folded: [...document.querySelectorAll("details.hide")].map(box => box.open),
};"""
FOUND = """return [...document.querySelectorAll("#search-results a")].map(
  link => link.getAttribute("href"));"""
PRESS = 'document.querySelector(".fold-switch").click();'


def missing(what, how):
    message = f"{what} is missing: {how}"
    if os.environ.get("WITH_FIREFOX") and what == "Firefox":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    path = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)
    if path is None:
        missing("Firefox", "make browser WITH_FIREFOX=1")
    with steer.firefox(path, tmp_path_factory.mktemp("profile")) as steered:
        yield steered


@pytest.fixture(scope="module")
def webkit():
    path = shutil.which("WebKitWebDriver")
    if path is None or not os.environ.get("DISPLAY"):
        missing("WebKit", "install webkit2gtk-driver, and run with a display (xvfb-run)")
    with steer.webkit(path) as steered:
        yield steered


@pytest.fixture(params=["firefox", "webkit"])
def other(request):
    return request.getfixturevalue(request.param)


def test_a_chapter_is_drawn_and_its_switch_works(site, other):
    go, run = other
    go(f"{site}{CHAPTER}.html")
    seen = run(SEEN)
    assert seen["title"].startswith("Dropout")
    assert seen["styled"] == "solid"
    assert seen["formula"] > 5
    assert seen["wide"] == 0
    assert len(seen["folded"]) > 5
    assert not any(seen["folded"])
    run(PRESS)
    assert all(run(SEEN)["folded"])
    run(PRESS)
    assert not any(run(SEEN)["folded"])


@pytest.mark.parametrize(
    ("query", "page"), [("dead%20relu", "02-activations"), ("경사하강법", "glossary|05-optimizers")]
)
def test_the_search_lands(site, other, query, page):
    go, run = other
    go(f"{site}search.html?q={query}")
    for _ in range(50):
        if found := run(FOUND):
            break
        time.sleep(0.2)
    assert any(name in found[0] for name in page.split("|"))
    assert "#" in found[0]
