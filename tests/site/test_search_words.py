"""The words of the search: either spelling, Korean without particles; and its field."""

import pytest
from looks import opened


@pytest.fixture(scope="module")
def tab(browser, site):
    page = browser.new_page()
    page.goto(f"{site}search.html")
    yield page
    page.close()


# What lies on top of the place where the text of a field begins.
ON_TOP = """field => {
  const box = field.getBoundingClientRect(), style = getComputedStyle(field);
  const x = box.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth) + 4;
  const icons = [...document.querySelectorAll("i, svg, .search-button__kbd-shortcut")];
  return icons.map(e => e.getBoundingClientRect()).filter(i => i.width && i.left < x + 8 &&
    i.right > x && i.top < box.bottom && i.bottom > box.top).length;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_no_icon_lies_on_what_is_typed(site, browser, width):
    with opened(browser, f"{site}search.html?q=dropout", width) as (tab, _):
        assert tab.locator("#search-field").evaluate(ON_TOP) == 0
        tab.keyboard.press("Control+k")
        assert tab.locator("dialog input").evaluate(ON_TOP) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("optimiser", "optimizer"),
        ("normalisation", "normalization"),
        ("regularised", "regularized"),
        ("behaviour", "behavior"),
        ("labelled", "labeled"),
        ("centre", "center"),
        ("드롭아웃은", "드롭아웃"),
        ("가중치의", "가중치"),
        ("층을", "층"),
        ("mini-batch", "minibatch"),
        ("ReLU", "relu"),
    ],
)
def test_same_word(tab, one, other):
    one, other = (set(tab.evaluate("w => bookWords.terms(w)", word)) for word in (one, other))
    assert other <= one


@pytest.mark.parametrize("pair", [("효과", "효"), ("learning", "lemming"), ("값", "갑")])
def test_other_word(tab, pair):
    one, other = (set(tab.evaluate("w => bookWords.terms(w)", word)) for word in pair)
    assert not one & other
