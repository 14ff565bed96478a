"""The style sheet: what _ext/book_lean/used_rules.py left out of it is needed nowhere."""

import pytest
from book_lean.used_rules import pruned, vocabulary
from looks import opened
from style_rules import missed_rules, sheets
from test_pages import PAGES
from tinycss2 import parse_stylesheet


def test_every_rule_that_the_search_needs_is_there(site, browser):  # all other pages: test_pages.py
    with opened(browser, f"{site}search.html?q=dropout") as (page, _):
        assert missed_rules(page, *sheets()) == []


def test_a_rule_that_is_missed_is_found(site, browser):
    full, ours = sheets()
    without = "\n".join(line for line in ours.splitlines() if "copybtn" not in line)
    with opened(browser, f"{site}{PAGES[1]}.html") as (page, _):
        assert any("copybtn" in missed for missed in missed_rules(page, full, without))


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
