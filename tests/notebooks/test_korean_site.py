"""The Korean pages below the English site: their words, and links that lead to what is there."""

import re

import catalogues
import korean_site
import pytest
from book_editions.korean_pages import thinned
from korean_site import (
    NOTEBOOK,
    Words,
    in_korean,
    in_korean_notebook,
    led,
    led_notebook,
    led_sheet,
    said_english,
)

WORDS = Words({"Search": "검색", "Figure {n}": "그림 {n}", "Code of Figure {n}": "그림 {n}의 코드"})
KEPT = {"index.html", "chapters/a.html", "_static/own.css"}


@pytest.mark.parametrize(
    ("html", "korean"),
    [
        ("<p>\n Search </p>", "<p>\n 검색 </p>"),
        ("<p>Search it</p>", "<p>Search it</p>"),
        ("<p>Figure 1.3</p>", "<p>그림 1.3</p>"),
        ("<p>Code of Figure 1.3</p>", "<p>그림 1.3의 코드</p>"),
        ('<a title="Search" href="Search">', '<a title="검색" href="Search">'),
        ('<a lang="en" href="">Search</a>', '<a lang="en" href="">Search</a>'),
        ("<pre>Search</pre><script>Search</script>", "<pre>Search</pre><script>Search</script>"),
    ],
)
def test_words_of_the_site_are_put_in_place_as_a_whole(html, korean):
    assert in_korean(html, WORDS) == korean


def test_the_frame_that_says_most_is_taken_whatever_their_order():
    words = Words(
        {
            "{held} hold; {rest}": "{held} 성립; {rest}",
            "{held} hold; control {n}": "{held} 성립; 대조 {n}",
        }
    )
    assert words("3 hold; control 0") == "3 성립; 대조 0"


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("a.html#x", "a.html#x"),
        ("b.html", "../../chapters/b.html"),
        ("../index.html", "../index.html"),
        ("../_static/own.css", "../_static/own.css"),
        ("../_static/shared.js?v=1", "../../_static/shared.js?v=1"),
        ("#here", "#here"),
        ("https://host/b.html", "https://host/b.html"),
    ],
)
def test_a_link_leads_to_what_is_there(address, there):
    html = led(f'<a href="{address}">', "chapters", KEPT)
    mark = ' hreflang="en"' if there.endswith("/b.html") and there[0] == "." else ""
    assert html == f'<a href="{there}"{mark}>'


def test_an_english_title_says_that_it_is_english():
    html = '<a hreflang="en" href="b.html">{}</a>'
    english = said_english(html.format("A <em>title</em>"))
    assert english.startswith('<a hreflang="en" href="b.html" lang="en">')
    assert said_english(html.format("제목")) == html.format("제목")


def test_a_style_sheet_and_a_notebook_lead_to_what_is_there():
    sheet = led_sheet("a {src: url(katex/f.woff2)} b {src: url('own.css')}", "_static", KEPT)
    assert sheet == "a {src: url(../../_static/katex/f.woff2)} b {src: url(own.css)}"
    text = "(https://h/ko/chapters/a.html#x) (https://h/ko/chapters/b.html)"
    there = "(https://h/ko/chapters/a.html#x) (https://h/chapters/b.html)"
    assert led_notebook(text, "https://h/", ["chapters/a"]) == there


def test_files_that_are_the_same_lie_there_once(tmp_path):
    english, korean = tmp_path / "en", tmp_path / "ko"
    for folder, word in ((english, "one"), (korean, "other")):
        (folder / "_static" / "search").mkdir(parents=True)
        (folder / "_static" / "same.js").write_text("same")
        (folder / "_static" / "search" / "index.js").write_text(
            'window.BOOK_SEARCH = {"entries":[{"title":"Search","above":["' + word + '"]}]};\n'
        )
        for page in ("index", "later"):
            (folder / f"{page}.html").write_text(f'<p>{word}</p><script src="_static/same.js">')
    out = korean_site.join(korean, english, ["index"], {"Search": "검색"}, "https://h/")
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert there == {"index.html", "_static/search/index.js"}
    assert 'src="../_static/same.js"' in (out / "index.html").read_text()
    assert '"title":"검색"' in (out / "_static" / "search" / "index.js").read_text("utf-8")


def test_what_is_written_into_a_notebook_is_korean():
    said = catalogues.words()
    for frame in NOTEBOOK:
        made = in_korean_notebook(frame.format(number="1.b12"), said)
        assert re.search("[가-힣]", made), frame
        assert "1.b12" in made or "{number}" not in frame


def test_the_list_of_pages_loses_a_page_with_those_below_it():
    below = "<ul><li><a href='b.html'>B</a><ul><li><a href='c.html'>C</a></li></ul></li></ul>"
    kept = "<ul><li><a href='#'>A</a></li></ul>"
    html = f"<p class='caption'>1</p>{below}<p class='caption'>2</p>{kept}"
    made = thinned(html, {"b.html", "c.html"}, "chapters/a")
    for there in ("A</a>", '"../../index.html" hreflang="en"'):
        assert there in made
    for lost in ("B</a>", "C</a>", "1</p>"):
        assert lost not in made
