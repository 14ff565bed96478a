"""Claims on the site: every number is a link, box and list lead to each other, buttons filter."""

import re
from urllib.parse import urldefrag

import pytest
from book_facts import NUMBER
from bs4 import BeautifulSoup
from links import soup
from looks import ALL_DRAWN
from test_pages import PAGES, SITE

APART = (
    "a",
    "summary",
    "code",
    "pre",
    "script",
    "style",
    "title",
    "h1",
    "h2",
    "h3",
    "h4",
    "annotation",
)


def loose(page):
    """Numbers of claims in the running text of a page that are no links."""
    main = page.find("article") or page
    return [
        text.strip()[:80]
        for text in main.find_all(string=NUMBER)
        if not text.find_parent(APART) and not text.find_parent(class_=["katex", "sidebar"])
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_number_of_a_claim_is_a_link(name):
    assert not loose(soup(SITE / f"{name}.html"))


def test_a_number_that_is_no_link_is_found():
    page = "<article><p>See C5.1, <a>C5.2</a> and <code>C5.3</code>.</p></article>"
    assert loose(BeautifulSoup(page, "html.parser")) == ["See C5.1,"]


def test_box_and_list_lead_to_each_other():
    rows = soup(SITE / "chapters/claims.html").select("tr[id^=claim-]")
    assert len(rows) > 100
    for row in rows:
        address, place = urldefrag(row.a["href"])
        assert place == row["id"]
        box = soup(SITE / "chapters" / address).find(id=place)
        back = [a["href"] for a in box.select("a.claim-number")]
        assert f"claims.html#{place}" in back
        assert re.search(r"\d+ of \d+", row.select("td")[2].get_text())


@pytest.mark.parametrize("name", [n for n in PAGES if re.match(r"chapters/\d\d-(?!beyond)", n)])
def test_where_a_chapter_first_speaks_of_the_notes_they_can_be_read(name):
    article = soup(SITE / f"{name}.html").find("article")
    links = article.select("a[href='notes.html']")
    assert len(links) == 1
    assert "notes" in links[0].get_text()


SHOWN = """() => [...document.querySelectorAll('.claims-table tbody tr')]
    .filter(row => row.checkVisibility()).map(row => row.className)"""
EMPTY = """() => [...document.querySelectorAll('.ledger-group')].filter(group =>
    group.checkVisibility() && ![...group.querySelectorAll('tbody tr')].some(
        row => row.checkVisibility())).length"""


@pytest.mark.parametrize("scripts", [True, False])
def test_buttons_filter_without_a_kernel_and_without_scripts(browser, site, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site}chapters/claims.html")
    everything = page.evaluate(SHOWN)
    assert "verdict-false" in everything[0]
    for group, keys in {"chapter": "0123456", "verdict": ("false", "true", "own")}.items():
        for key in keys:
            page.locator(f"#{group}-{key}").check()
            wanted = [row for row in everything if f"{group}-{key}" in row.split()]
            assert wanted
            assert page.evaluate(SHOWN) == wanted
            assert page.evaluate(EMPTY) == 0
        page.locator(f"#{group}-all").check()
    page.locator("#verdict-needs-qualification").check()
    page.locator("#chapter-1").check()
    both = [row for row in everything if "verdict-needs" in row and "chapter-1" in row]
    assert page.evaluate(SHOWN) == both
    context.close()


MOST = {1280: 16, 390: 34}  # screens of 1,000 px, and of a phone of 844 px


@pytest.mark.parametrize("width", MOST)
def test_the_list_is_short(browser, site, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site}chapters/claims.html")
    page.add_style_tag(content=ALL_DRAWN)
    height = page.evaluate("document.querySelector('article').getBoundingClientRect().height")
    assert height / (1000 if width > 600 else 844) < MOST[width]
    page.close()


def test_a_statement_of_the_notes_leads_to_its_claims():
    page = soup(SITE / "chapters/notes.html")
    for number in ("2", "7", "26d"):
        row = page.find(id=f"statement-{number}").find_parent("tr")
        assert row.select("a.claim-number")
        assert row.select("td")[2].get_text().strip() in ("true", "false", "needs qualification")
