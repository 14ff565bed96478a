"""The style sheet: what _ext/book_lean/used_rules.py left out of it is needed nowhere."""

import pytest
from book_lean.one_style import UNUSED
from book_lean.used_rules import pruned, vocabulary
from looks import opened
from test_pages import PAGES, SITE
from tinycss2 import parse_stylesheet

# Selectors of one style sheet that another lacks, and that find something in the page.
MISSED = r"""([full, short]) => {
    const found = (text) => {
        const sheet = new CSSStyleSheet(), all = []
        sheet.replaceSync(text)
        const walk = (rules) => {
            for (const rule of rules) {
                if (rule.selectorText) all.push(...rule.selectorText.split(/,(?![^(]*\))/))
                if (rule.cssRules) walk(rule.cssRules)
            }
        }
        walk(sheet.cssRules)
        return new Set(all.map((selector) => selector.trim()))
    }
    const kept = found(short)
    const state = 'hover|active|target|before|after|focus[\\w-]*'
    const passing = RegExp(`:not\\(:(${state})\\)|::[\\w-]+|:(${state})\\b`, 'g')
    return [...found(full)].filter((selector) => {
        const bare = selector.replace(passing, ':nth-child(n)')
        return !kept.has(selector) && document.querySelector(bare)
    })
}"""


def sheets():
    """The text of all style sheets as they came, and of the one that the pages ask for."""
    came = [p for p in SITE.rglob("_static/**/*.css") if "lite" not in p.parts]
    came = [p for p in came if not any(word in p.name for word in ("book-", *UNUSED))]
    (ours,) = SITE.glob("_static/book-*.css")
    return "\n".join(p.read_text("utf-8") for p in came), ours.read_text("utf-8")


@pytest.mark.parametrize("name", [*(f"{page}.html" for page in PAGES), "search.html?q=dropout"])
def test_every_rule_that_finds_something_is_there(site, browser, name):
    full, ours = sheets()
    with opened(browser, f"{site}{name}") as (page, _):
        assert page.evaluate(MISSED, [full, ours]) == []


def test_a_rule_that_is_missed_is_found(site, browser):
    full, ours = sheets()
    without = "\n".join(line for line in ours.splitlines() if "copybtn" not in line)
    with opened(browser, f"{site}{PAGES[1]}.html") as (page, _):
        assert any("copybtn" in missed for missed in page.evaluate(MISSED, [full, without]))


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{color:red}", ".a{color:red}"),
        (".z{color:red}", ""),
        (".a,.z .a,#z{color:red}", ".a{color:red}"),
        ("p:not(.z):hover{color:red}", "p:not(.z):hover{color:red}"),
        ("legend + *{color:red}", ""),
        (".by-script dl[data-z]{color:red}", ".by-script dl[data-z]{color:red}"),
        ("@media print{.z{color:red}}", ""),
        ("@media print{.z{color:red}p{margin:0}}", "@media print{\np{margin:0}\n}"),
        ("@font-face{font-family:z}", "@font-face{font-family:z}"),
    ],
)
def test_which_rules_stay(css, left):
    page = '<p class="a b">About a legend.</p>'
    script = "x = document.createElement('dl'); x.classList.add('by-script')"
    found = vocabulary([page], [script])
    assert pruned(parse_stylesheet(css, True, True), *found) == left


def test_a_broken_style_sheet_is_no_silent_loss():
    with pytest.raises(ValueError, match="line 1"):
        pruned(parse_stylesheet("}", True, True), set(), set())
