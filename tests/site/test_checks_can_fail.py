"""Proofs that the checks of the site notice faults: small pages, each with one fault."""

import pytest
from access import KINDS, axe_faults, crowded
from links import CODE, PUBLIC, dead_links
from looks import arrived, faults, opened, turn
from playwright.sync_api import TimeoutError
from test_pages import formulas_not_typeset

from conftest import serving

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"></head>
<body><main><h1>A page</h1>{}</main></body></html>"""
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
BAD = {
    "a raw formula": (r"<p>so \(a = b\) holds</p>", "raw formula"),
    "a raw dollar formula": ("<p>so $a = b$ holds</p>", "raw formula"),
    "a broken formula": ("<p><i class='katex-error' title='a &amp; b'>a</i></p>", "broken formula"),
    "no alt text": (f'<img src="{PIXEL}">', "no alt text"),
    "a missing picture": ('<img src="none.png" alt="a picture">', "not loaded"),
    "an outside script": ('<script src="http://other.invalid/a.js"></script>', "another host"),
    "a wide table": (f"<table><tr>{'<td>some_long_word</td>' * 40}</tr></table>", "overflows"),
    "an empty head": ("<table><tr><th>a</th><th> </th></tr></table>", "without words"),
    "a console error": ("<script>console.error('oh')</script>", "console: oh"),
    "a motion": (
        "<style>p {animation: a 60s} @keyframes a {0% {opacity: 0}}</style><p>a</p>",
        "moves",
    ),
    "a script error": ("<script>throw Error('oh')</script>", "script error"),
}


@pytest.fixture
def look(browser, tmp_path):
    def look(body, check):
        (tmp_path / "page.html").write_text(PAGE.format(body), encoding="utf-8")
        with serving(tmp_path) as address, opened(browser, f"{address}page.html", 390) as seen:
            return check(*seen)

    return look


def test_a_sound_page_passes(look):
    body = f'<p>It costs $5 or $6.</p><code>$a$</code><img src="{PIXEL}" alt="a dot">'
    assert look(body, faults) == []
    assert look(body, lambda page, _: axe_faults(page)) == []


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_noticed(look, name):
    body, expected = BAD[name]
    assert any(expected in fault for fault in look(body, faults))


def test_poor_contrast_is_noticed(look):
    body = '<p style="color: #bbb; background: #fff">hard to read</p>'
    assert any("color-contrast" in fault for fault in look(body, lambda page, _: axe_faults(page)))


def test_poor_contrast_of_one_word_among_many_is_noticed(look):
    """Texts of one look are asked once: here one of three hundred has another look."""
    words = "<p style='position: relative'>easy <b>to</b> read</p>" * 150
    ground = "<div style='background: #666'><p>hard <b>to</b> read</p></div>"
    found = look(words + ground + words, lambda page, _: axe_faults(page))
    assert {fault.split(":")[0] for fault in found} == {"color-contrast"}
    assert len(found) == 2


def test_a_kind_of_text_is_looked_at_once_and_a_bad_one_every_time(look):
    known = set()
    good, bad = "<p>easy</p>", '<p style="color: #bbb; background: #fff">hard</p>'
    colours = lambda page, _: axe_faults(page, colours_only=True, known=known)  # noqa: E731
    assert look(good, colours) == []
    assert len(known) == 2  # the words, and the head of the page
    assert look(good, lambda page, _: page.evaluate(KINDS, [*known])) == []
    for _ in range(2):
        assert look(good + bad, colours)
    link = "<a href='#' style='text-decoration: none; color: #222'>and a link</a>"
    link = f"<p>easy to read, word after word after word {link} and again easy to read</p>"
    assert any("link-in-text-block" in fault for fault in look(good + link, colours))


DARK = """<style>@media (prefers-color-scheme: dark) {p {background: #000; color: #333}}</style>
<p>hard to read in the dark</p>"""


def test_poor_contrast_in_the_dark_is_noticed(look):
    def in_the_dark(page, _):
        turn(page, "dark")
        return axe_faults(page, colours_only=True)

    assert look(DARK, lambda page, _: axe_faults(page)) == []
    assert any("color-contrast" in fault for fault in look(DARK, in_the_dark))


def test_a_page_that_stays_light_is_noticed(look):
    fixed = "<script>document.documentElement.dataset.theme = 'light'</script>"
    with pytest.raises(TimeoutError):
        look(fixed, lambda page, _: turn(page, "dark", patience=1))


def test_what_stands_outside_of_all_landmarks_is_noticed(look):
    found = look("</main><p>left alone</p>", lambda page, _: axe_faults(page))
    assert any("region" in fault for fault in found)


def test_a_formula_that_is_not_typeset_is_noticed(look):
    typeset, left = "<i class='math'><i class='katex-html'>a</i></i>", "<i class='math'>a</i>"
    for body, fault in {
        typeset: [],
        typeset + left: ["1 formulas are not typeset"],
        "": ["no formula is there"],
    }.items():
        assert look(body, lambda page, _: formulas_not_typeset(page, True)) == fault


def test_a_button_that_is_called_otherwise_is_noticed(look):
    body = '<button aria-label="Search">Look it up</button>'
    found = look(body, lambda page, _: axe_faults(page))
    assert any("label-content-name-mismatch" in fault for fault in found)


def test_buttons_too_small_for_a_finger_are_noticed(look):
    tiny = "<button style='width: 9px; height: 9px; padding: 0; margin: 0'>a</button>"
    found = look(tiny * 2, lambda page, _: axe_faults(page))
    assert any("target-size" in fault for fault in found)


LATE = """<style>section {content-visibility: auto; contain-intrinsic-size: auto 150px;
background: #fff; %s} a {display: block; height: 20px; margin-bottom: 21px}</style>
<p style="height: 9000px">far</p>"""


@pytest.mark.parametrize(("cut", "faults"), [("overflow: hidden", False), ("", True)])
def test_sections_that_lie_upon_each_other_until_they_are_drawn_are_noticed(
    browser, tmp_path, cut, faults
):
    links = "".join(f'<a href="#">to place {i}</a>' for i in range(9))
    body = LATE % cut + f"<section>{links}</section>" * 3
    (tmp_path / "page.html").write_text(PAGE.format(body), encoding="utf-8")
    with (
        serving(tmp_path) as address,
        arrived(browser, f"{address}page.html", late=True) as (page, *_),
    ):
        assert bool(crowded(page)) is faults


DEAD = [
    *("none.html", "page.html#none", "#none", "../outside.html"),
    *(f"{PUBLIC}none.html", f"{PUBLIC}page.html#none", f"{PUBLIC}slides/none.pdf"),
    *(f"{CODE}dlcourse/none.py", f"{CODE}dlcourse/sequential.py#L1-L99999"),
    *("http://arxiv.org/abs/1", "https://arxiv/abs/1", "https://arxiv.org/a b", "//arxiv.org/a"),
    *("https://doi.org/10.1/%zz", "https://arxiv.org/abs/1>", "https://arxiv..org/a"),
]


@pytest.mark.parametrize("link", DEAD)
def test_a_dead_link_is_noticed(tmp_path, link):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "outside.html").write_text("not part of the site", encoding="utf-8")
    fine = ["page.html#here", f"{PUBLIC}page.html#here", f"{CODE}dlcourse/sequential.py#L1-L2"]
    fine += ["https://doi.org/10.1007/978-3-031(a)?b=%20c#d", f"{PUBLIC}slides/a.pdf"]
    body = "".join(f'<a href="{address}" id="here">fine</a>' for address in fine)
    body += f'<a href="{link}">dead</a>'
    (site / "slides").mkdir()
    (site / "slides" / "a.html").touch()
    (site / "page.html").write_text(PAGE.format(body), encoding="utf-8")
    (dead,) = dead_links(site, site / "page.html")
    assert link in dead
