"""From the pages to the library: entries lead to lines of code, chapters to entries."""

import re

import pytest
from links import soup
from test_pages import PAGES, ROOT, SITE

API = "chapters/api"
FIRST = ["Networks", "Layers", "Optimizers", "Training"]


def test_the_reference_begins_with_what_is_used_most():
    headings = [h.get_text().rstrip("#") for h in soup(SITE / f"{API}.html").select("article h2")]
    assert headings[:4] == FIRST


def test_each_entry_leads_to_its_lines():
    page = soup(SITE / f"{API}.html")
    assert "Alias for field number" not in page.get_text()
    entries = page.select("dl.py.class > dt, dl.py.function > dt")
    without = [e["id"] for e in entries if not e.select_one("a[href*='/blob/main/dlcourse/']")]
    assert len(entries) > 60
    assert not without
    for link in page.select("a[href*='/blob/main/dlcourse/']"):
        name, first, last = re.fullmatch(
            r".*/blob/main/(dlcourse/.*\.py)#L(\d+)-L(\d+)", link["href"]
        ).groups()
        lines = (ROOT / name).read_text("utf-8").splitlines()
        assert 0 < int(first) <= int(last) <= len(lines)
        assert re.match(r"\s*(def|class|@)", lines[int(first) - 1])


@pytest.mark.parametrize("name", [n for n in PAGES if re.match(r"chapters/\d\d", n)])
def test_a_chapter_leads_to_each_entry_once(name):
    links = [a["href"] for a in soup(SITE / f"{name}.html").select("a.api-link")]
    assert len(links) > (4 if name.endswith("beyond") else 10)  # a short page
    assert len(set(links)) == len(links)


def test_the_aims_of_the_speed_table_are_short_numbers():
    aims = re.findall(r"at most ([\d.]+)", (ROOT / "benchmarks/table.md").read_text("utf-8"))
    assert len(aims) > 20
    assert all(len(aim) <= 5 for aim in aims)
