"""What a reader may expect of a site: light pages, a search in two languages, a page for errors."""

from urllib.parse import quote

import pytest
from links import soup
from looks import arrived, opened, ready
from page_limits import sent, too_heavy
from test_pages import CHAPTERS, PAGES, SITE

from conftest import serving


def test_a_heavy_picture_would_be_noticed(browser, tmp_path):
    (tmp_path / "page.html").write_text("<img src='big.webp'>", encoding="utf-8")
    (tmp_path / "big.webp").write_bytes(bytes(2_000_000))
    with serving(tmp_path) as host, arrived(browser, f"{host}page.html") as (page, _, requests):
        ready(page)
        assert too_heavy(tmp_path, requests) == ["2.00 MB are sent"]
        (tmp_path / "big.webp").write_bytes(bytes(1_000_000))
        sent.cache_clear()
        assert too_heavy(tmp_path, requests) == []


def test_what_loads_when_it_is_near_is_counted(browser, tmp_path):
    late = "<p style='height: 20000px'></p><img loading=lazy src='big.webp' alt='a'>"
    (tmp_path / "page.html").write_text(late, encoding="utf-8")
    (tmp_path / "big.webp").write_bytes(bytes(3_000_000))
    with serving(tmp_path) as host, arrived(browser, f"{host}page.html") as (page, _, requests):
        assert too_heavy(tmp_path, requests) == []
        ready(page)
        assert too_heavy(tmp_path, requests) == ["3.00 MB are sent"]


# Notes each change of light and dark once a page has a body, which may be drawn then.
LATE = """new MutationObserver((changes) => {
    if (document.body) for (const change of changes) console.error('late ' + change.oldValue)
}).observe(document, {subtree: true, attributeFilter: ['data-theme'], attributeOldValue: true})"""


def late_changes(browser, address, mode):
    context = browser.new_context(color_scheme=mode)
    tab, noted = context.new_page(), []
    tab.on("console", lambda message: noted.append(message.text))
    tab.add_init_script(LATE)
    tab.goto(address, wait_until="networkidle")
    theme = tab.evaluate("document.documentElement.dataset.theme")
    context.close()
    return theme, [text for text in noted if text.startswith("late")]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_light_or_dark_is_settled_before_a_page_is_drawn(site, browser, mode):
    theme, late = late_changes(browser, f"{site}{CHAPTERS[0]}.html", mode)
    assert theme == mode
    # The theme's script says it once more, which costs nothing when it is the same.
    assert set(late) <= {f"late {mode}"}


def test_a_page_that_changes_its_colours_late_would_be_noticed(browser, tmp_path):
    late = "<body><script>document.documentElement.dataset.theme = 'dark'</script>"
    (tmp_path / "page.html").write_text(f"<html data-theme='auto'>{late}", encoding="utf-8")
    with serving(tmp_path) as address:
        assert late_changes(browser, f"{address}page.html", "dark")[1] == ["late auto"]


@pytest.mark.parametrize(("word", "page"), [("saturation", "glossary"), ("포화", "glossary")])
def test_search_finds_terms_in_both_languages(site, browser, word, page):
    with opened(browser, f"{site}search.html?q={quote(word)}") as (tab, complaints):
        tab.locator("#search-results li a").first.wait_for()
        found = tab.locator("#search-results li a").evaluate_all("all => all.map(e => e.href)")
        assert any(page in address for address in found), found
        assert not complaints


def lands(browser, address):
    """How far below the top of the window the place is that an address names."""
    # With motion the page glides there, and would be caught on its way.
    context = browser.new_context(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(address, wait_until="networkidle")
    top = tab.locator(f"#{address.split('#')[1]}").evaluate("e => e.getBoundingClientRect().top")
    context.close()
    return top


@pytest.mark.parametrize(
    "name", [name for name in CHAPTERS if name[9].isdigit() and not name.endswith("-beyond")]
)
def test_a_link_into_a_chapter_lands_where_it_says(site, browser, name):
    assert 0 <= lands(browser, f"{site}{name}.html#quiz") < 200


def test_a_link_that_lands_elsewhere_would_be_noticed(browser, tmp_path):
    late = "<script>setTimeout(() => { a.style.height = '9000px'; }, 100)</script>"
    body = "<style>* {overflow-anchor: none}</style><p id=a>a<h2 id=b>b</h2>"
    tall = "<p style='height: 2000px'>"
    (tmp_path / "page.html").write_text(body + tall + late, encoding="utf-8")
    with serving(tmp_path) as address:
        assert lands(browser, f"{address}page.html#b") > 200


def test_a_wrong_address_gets_a_page_with_its_styles(browser, published):
    with opened(browser, f"{published}404.html") as (tab, complaints):
        assert "no page at this address" in tab.locator("main").inner_text()
        assert not complaints  # a style sheet or script that is not found would be one
        tab.locator("article a", has_text="front page").click()
        assert tab.url == f"{published}index.html"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_it_is(name):
    head = soup(SITE / f"{name}.html").head
    said = {tag.get("property") or tag.get("name"): tag.get("content") for tag in head("meta")}
    assert said["og:title"]
    assert said["og:image"]
    assert len(said["description"]) > 20
    assert name in (SITE / "sitemap.xml").read_text(encoding="utf-8")
