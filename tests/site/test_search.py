"""The search lands on the section that a reader means, in English and in Korean."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from korean import korean_faults
from links import anchors
from looks import arrived
from queries import QUERIES
from test_pages import SITE

FOUND = """() => [...document.querySelectorAll("#search-results li")].map(place => ({
  page: place.querySelector("a").getAttribute("href"),
  title: [place.querySelector(".search-above")?.textContent, place.querySelector("a").textContent]
    .filter(Boolean).join(" › "),
  snippet: place.querySelector(".search-snippet")?.textContent ?? "",
}))"""
TOOLS = (".pdf", ".ipynb", "Contents", "Toggle", "Show the code", "Report a fault", "Copy")


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def ask(tab, address, query):
    """What a reader finds who opens the page with this question."""
    tab.goto(f"{address}search.html?q={quote(query)}")
    tab.locator("#search-said:not(:empty)").wait_for()
    return tab.evaluate(FOUND)


# The answer to one more question on the page that is open, as the form gives it.
ASK = """question => {
  document.querySelector("#search-field").value = question;
  document.querySelector("#book-search").requestSubmit();
}"""


def ask_again(tab, query):
    tab.evaluate(ASK, query)
    return tab.evaluate(FOUND)


@pytest.fixture(scope="module")
def asking(browser, published):
    """The search page, opened once for all questions: making its index takes longest."""
    context = browser.new_context()
    tab = context.new_page()
    ask(tab, published, "dropout")
    yield tab
    context.close()


def place_of(found, page, title):
    """Where in the list the first place of this page and title stands, from 1 on; or None."""
    for at, place in enumerate(found, 1):
        if re.search(page, place["page"]) and re.search(title, place["title"]):
            return at
    return None


@pytest.mark.parametrize(("query", "page", "title", "within"), QUERIES, ids=[q[0] for q in QUERIES])
def test_query_lands(asking, query, page, title, within):
    found = ask_again(asking, query)
    at = place_of(found, page, title)
    assert at is not None, found[:within]
    assert at <= within, (at, found[:within])


def test_the_table_holds_thirty_queries_ten_of_them_korean():
    korean = [query for query, *_ in QUERIES if re.search("[가-힣]", query)]
    assert len(QUERIES) - len(korean) >= 20
    assert len(korean) >= 10


def test_a_search_that_knows_no_other_words_would_be_noticed(site, browser):
    """Without words that mean the same, many queries of the table land elsewhere or nowhere."""
    context = browser.new_context()
    plain = context.new_page()
    cut = "Object.defineProperty(window, 'BOOK_SEARCH', {get() { return this.b }, set(b) {"
    plain.add_init_script(cut + "this.b = {...b, groups: [], wishes: []}}})")
    ask(plain, site, "dropout")
    lost = [
        query
        for query, page, title, within in QUERIES
        if not (at := place_of(ask_again(plain, query), page, title)) or at > within
    ]
    context.close()
    assert {"dying relu", "how to choose an optimizer"} <= set(lost)
    assert [query for query in lost if re.search("[가-힣]", query)]
    assert len(lost) < len(QUERIES) / 2


def test_korean_words_of_the_list_say_that_they_are_korean(asking):
    assert "드롭아웃" in str(ask_again(asking, "드롭아웃"))
    assert korean_faults(asking, set()) == []


def test_same_words_from_the_root_and_in_a_folder(site, published, tab, asking):
    found = ask(tab, site, "dead relu")
    assert found == ask(tab, published, "dead relu")
    assert found == ask_again(asking, "dead relu")  # asked in the page, or in its address


def test_a_result_leads_to_its_section_and_colours_nothing(published, tab):
    (first, *_) = ask(tab, published, "dead relu")
    tab.locator("#search-results a").first.click()
    tab.wait_for_load_state()
    assert tab.url.endswith(first["page"].removeprefix("./"))
    section = tab.locator(f"[id='{tab.url.split('#')[1]}']")
    assert 0 <= section.evaluate("e => e.getBoundingClientRect().top") < 200
    assert tab.evaluate("scrollY") > 1000
    assert tab.locator(".highlighted").count() == 0


def entries():
    text = (SITE / "_static" / "search" / "index.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"\{.*\}", text)[0])["entries"]


def test_every_place_exists():
    places = entries()
    assert len(places) > 300
    kinds = {"page", "section", "aside", "back", "claim", "word", "name"}
    assert {e["kind"] for e in places} == kinds
    for entry in places:
        page = SITE / f"{entry['page']}.html"
        assert entry["title"], entry
        assert not entry["at"] or entry["at"] in anchors(page), entry


def test_no_snippet_shows_the_tools_of_a_page():
    texts = [e["text"] for e in entries() if re.match(r"chapters/\d", e["page"])]
    assert len(texts) > 150
    assert not [text for text in texts for tool in TOOLS if tool in text]


def test_no_answer_of_a_quiz_is_given_away():
    answers = re.compile(r"^(Right|Not quite|No\.)")
    assert not [e for e in entries() if answers.match(e["text"])]


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=window.bad=1>",
        "<script>window.bad=1</script>dropout",
        '"><b>dropout</b>',
        "%3Cb%3E",
        "\\",
        "(",
        "   ",
        "a" * 5000,
        "드" * 500,
        "__proto__ constructor toString",
    ],
    ids=range(10),
)
def test_any_query_is_harmless(site, browser, query):
    with arrived(browser, f"{site}search.html?q={quote(query)}") as (tab, complaints, _):
        tab.wait_for_function("window.bookFind && document.title.endsWith('Search')")
        tab.wait_for_timeout(100)
        assert tab.evaluate("window.bad") is None
        assert tab.locator(".search-page :is(img, script, b)").count() == 0
        assert not complaints


def test_by_keyboard_alone(site, tab):
    tab.goto(f"{site}search.html")
    assert tab.evaluate("document.activeElement.id") == "search-field"
    tab.keyboard.type("dead relu")
    tab.keyboard.press("Enter")
    tab.locator("#search-results a").first.wait_for()
    assert tab.url.endswith("?q=dead%20relu")
    tab.keyboard.press("Tab")  # the button
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement === document.querySelector('#search-results a')")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/chapters/**")


def test_from_the_box_of_any_page(site, tab):
    tab.goto(f"{site}chapters/01-dropout.html")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("경사하강법")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=*")
    tab.locator("#search-results a").first.wait_for()


def test_nothing_found_is_said(site, tab):
    assert ask(tab, site, "qqxxyzz") == []
    assert "Nothing was found" in tab.locator("#search-said").inner_text()


def test_without_scripts_the_page_says_so(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}search.html")
    assert "needs JavaScript" in page.locator("article").inner_text()
    page.get_by_role("link", name="glossary").first.click()
    assert page.url.endswith("chapters/glossary.html")
    context.close()


def test_it_works_from_a_disk(browser):
    page = browser.new_page()
    found = ask(page, f"{Path(SITE).as_uri()}/", "dead relu")
    assert place_of(found, "02-activations", "(?i)dead") == 1
    page.close()
