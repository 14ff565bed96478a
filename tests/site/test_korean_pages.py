"""The Korean edition as a reader sees it, and what the two editions owe each other."""

import re
from urllib.parse import urljoin, urlsplit

import catalogues
import pytest
import yaml
from access import axe_faults
from korean import fonts, letters_missed
from links import soup
from looks import arrived, faults, ready, resize, turn
from test_search import ask

from conftest import ROOT, SITE

SHOWN = catalogues.shown()
VIEWS = {1280: "dark", 390: "light"}
BASE = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["html"]["baseurl"]
# Words without Korean that are read as Korean: no code, no formula, no source, no output.
ENGLISH = r"""() => {
  const apart = 'script, style, code, pre, kbd, svg, .katex, .cell_output .output, [lang=en], ' +
    '.bibliography, .citation, div.citation-list, table.words-table td:first-child, cite, ' +
    'noscript, .sd-octicon, .explore, form#book-search input';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, block = element.closest('p, li, td, th, ' +
      'h1, h2, h3, h4, summary, figcaption, button, legend, label, a') ?? element;
    if (element.closest(apart) || /[가-힣]/.test(block.textContent)) continue;
    const source = /^(van )?[A-Z]\w+( and [A-Z]\w+| et al\.)?(, \d{4}| \[$)/;
    if (source.test(walker.currentNode.data)) continue;
    if (/[A-Za-z]{3,} +[A-Za-z]{2,}/.test(walker.currentNode.data))
      found.push(walker.currentNode.data.trim().slice(0, 80));
  }
  return [...new Set(found)];
}"""


KNOWN = set()  # kinds of text whose colours are right, on all pages that a process looked at


@pytest.mark.parametrize("name", SHOWN)
def test_a_korean_page(site, browser, name):
    """One visit, which becomes narrow and light: each load is dear."""
    first, *_ = VIEWS.items()
    with arrived(browser, f"{site}ko/{name}.html", *first) as (page, complaints, _):
        assert page.evaluate("document.documentElement.lang") == "ko"
        complaints += ready(page)
        found = [f"English that is not marked: {text}" for text in page.evaluate(ENGLISH)]
        for width, mode in VIEWS.items():
            resize(page, width)
            turn(page, mode)
            seen = faults(page, complaints) + axe_faults(page, known=KNOWN)
            seen += letters_missed(page, fonts())
            found += [f"{width}: {fault}" for fault in seen]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_that_is_korean_is_marked_as_english(name):
    marked = soup(SITE / "ko" / f"{name}.html").select("[lang=en]")
    assert [tag.text for tag in marked if re.search("[가-힣]", tag.text)] == []


def alternates(html):
    return {tag["hreflang"]: tag["href"] for tag in html.select("link[rel=alternate][hreflang]")}


@pytest.mark.parametrize("name", SHOWN)
def test_both_editions_name_each_other(name):
    english, korean = (soup(SITE / f"{part}{name}.html") for part in ("", "ko/"))
    assert (english.html["lang"], korean.html["lang"]) == ("en", "ko")
    expected = {"en": f"{BASE}{name}.html", "ko": f"{BASE}ko/{name}.html"}
    expected["x-default"] = expected["en"]
    assert alternates(english) == alternates(korean) == expected
    for html, code in ((english, "en"), (korean, "ko")):
        assert html.select_one("link[rel=canonical]")["href"] == expected[code]
        link = html.select_one("a.edition")
        there = "ko" if code == "en" else "en"
        assert urljoin(expected[code], link["href"]) == expected[there]
        assert link["lang"] == link["hreflang"] == there


@pytest.mark.parametrize("name", SHOWN)
def test_sections_have_the_same_anchors(name):
    english, korean = (soup(SITE / f"{part}{name}.html") for part in ("", "ko/"))
    ids = [[tag["id"] for tag in html.select("main section[id]")] for html in (english, korean)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("name", SHOWN)
def test_links_out_of_the_edition_say_so(name):
    """What leads to a page that is not translated says that it leads to English."""
    here = f"https://host/ko/{name}.html"
    for link in soup(SITE / f"ko/{name}.html").select("a[href]"):
        target = urlsplit(urljoin(here, link["href"]))
        english = not target.path.startswith("/ko/") and target.path.endswith(".html")
        if target.netloc == "host" and english and "/lite/" not in target.path:
            assert link.get("hreflang") == "en", link
            page = target.path.removeprefix("/").removesuffix(".html")
            meant = {"edition", "all-english"} & set(link.get("class", []))
            assert page not in SHOWN or meant, link


def test_the_list_of_pages_has_the_translated_ones():
    shown = soup(SITE / "ko" / "index.html").select("nav.bd-links li > a")
    found = {link["href"].removesuffix(".html") for link in shown}
    assert {name for name in SHOWN if name != "index"} <= found
    assert not {name for name in found if name.startswith("../")}


def test_pages_that_are_not_translated_are_only_english():
    there = {p.relative_to(SITE / "ko") for p in (SITE / "ko").rglob("*.html")}
    names = {p.with_suffix("").as_posix() for p in there if p.parts[0] != "explore"}
    assert names == {*SHOWN, "search"}
    for path in SITE.glob("chapters/*.html"):
        name = path.relative_to(SITE).with_suffix("").as_posix()
        assert bool(alternates(soup(path))) == (name in SHOWN), name


def test_one_sitemap_has_both():
    text = (SITE / "sitemap.xml").read_text("utf-8")
    assert not (SITE / "ko" / "sitemap.xml").exists()
    for name in SHOWN:
        assert f"<loc>{BASE}ko/{name}.html</loc>" in text
        assert text.count(f'hreflang="ko" href="{BASE}ko/{name}.html"') == 2


def test_nothing_lies_there_twice():
    for path in (SITE / "ko").rglob("*"):
        other = SITE / path.relative_to(SITE / "ko")
        if path.is_file() and other.is_file() and path.suffix in (".png", ".webp", ".woff2", ".js"):
            assert path.read_bytes() != other.read_bytes(), path


QUERIES = {
    "드롭아웃은": "01-dropout",
    "과적합을": "01-dropout|glossary",
    "연쇄법칙": "before-you-start",
    "랜덤 서치를": "06-hyperparameters|glossary",
    "승자의 저주란": "06-hyperparameters|glossary",
}


@pytest.mark.parametrize("query", QUERIES)
def test_the_search_finds_korean_places(site, browser, query):
    with arrived(browser, f"{site}ko/search.html") as (tab, complaints, _):
        found = ask(tab, f"{site}ko/", query)
        assert any(re.search(QUERIES[query], place["page"]) for place in found[:3]), found[:3]
        assert re.search("[가-힣]", found[0]["title"])
        assert not complaints
