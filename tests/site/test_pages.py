"""Every page of the table of contents, as a reader sees it: wide and narrow, light and dark."""

import inspect
from pathlib import Path
from urllib.parse import parse_qs

import nbformat
import pytest
import yaml
from access import axe_faults, crowded
from check_site import pages
from korean import fonts, korean_faults
from links import dead_links, soup
from looks import MODES, WIDTHS, arrived, draw_all, faults, ready, turn
from page_limits import not_an_article, too_heavy, too_many_stops
from reached import names_alike, unseen
from style_rules import missed_rules, sheets

import dlcourse

CLAIM = "application/vnd.dlcourse.claim+json"
ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
PAGES = pages(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
NOTEBOOKS = [name for name in PAGES if (ROOT / f"{name}.ipynb").is_file()]
CHAPTERS = [name for name in NOTEBOOKS if name.startswith("chapters/")]
KNOWN = set()  # kinds of text whose colours are right, on all pages that a process looked at


@pytest.mark.parametrize("name", PAGES)
def test_page(site, browser, name):
    """One visit at each width for all that a browser can find: each load is dear."""
    found = []
    for width in WIDTHS:
        visit = arrived(browser, f"{site}{name}.html", width, late=True)
        with visit as (page, complaints, requests):
            seen = crowded(page)
            draw_all(page)
            seen += as_it_comes(page, name) if width == WIDTHS[0] else []
            complaints += ready(page)
            seen += as_read(page, requests) if width == WIDTHS[0] else []
            seen += axe_faults(page, known=KNOWN)
            for mode in MODES:
                turn(page, mode)
                seen += faults(page, complaints) + unseen(page)
            seen += axe_faults(page, colours_only=True, known=KNOWN)
        found += [f"{width}: {fault}" for fault in dict.fromkeys(seen)]
    assert not found, "\n".join(found)


def as_it_comes(page, name):
    """What is wrong while all boxes are as a reader finds them."""
    stem = name.rpartition("/")[2]
    found = names_alike(page) + formulas_not_typeset(page, name in CHAPTERS)
    if name in CHAPTERS:
        found += too_many_stops(page) + not_an_article(page, stem)
    return found


def as_read(page, requests):
    """What is wrong once the page was read to its end, all boxes opened."""
    return too_heavy(SITE, requests) + korean_faults(page, fonts()) + missed_rules(page, *sheets())


def formulas_not_typeset(page, must_have_some):
    drawn, left = page.evaluate(
        "[':has(.katex-html)', ':not(:has(.katex-html))'].map("
        "kind => document.querySelectorAll('.math' + kind).length)"
    )
    none = ["no formula is there"] if must_have_some and not drawn else []
    return [f"{left} formulas are not typeset"] * bool(left) + none


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_carry_their_alt_text(name):
    nb = nbformat.read(ROOT / f"{name}.ipynb", as_version=4)
    stored = [
        output.metadata.get("image/png", {}).get("alt")
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    html = soup(SITE / f"{name}.html")
    assert [image.get("alt") for image in html.select(".cell_output img")] == stored


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_claim_says_what_it_means_and_where_to_report_a_fault(name):
    nb = nbformat.read(ROOT / f"{name}.ipynb", as_version=4)
    data = [output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", [])]
    made = [bundle[CLAIM] for bundle in data if CLAIM in bundle]
    html = soup(SITE / f"{name}.html")
    boxes = html.select("div.claim")
    assert [box["id"] for box in boxes] == [
        "claim-" + claim["id"].lower().replace(".", "-") for claim in made
    ]
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    for box, claim in zip(boxes, made, strict=True):
        read, report = box.select(".claim-foot a")
        own = "" if name.endswith("how-to-read-a-claim") else "how-to-read-a-claim.html"
        assert read["href"] == f"{own}#what-stands-in-the-box"
        address, _, form = report["href"].partition("?")
        assert address == f"{config['repository']['url']}/issues/new"
        filled = parse_qs(form)
        assert filled["title"] == [f"Claim {claim['id']}: "]
        assert f"Page: {name}" in filled["body"][0]
        assert claim["statement"] in filled["body"][0]
        assert "holds here in" in box.get_text()


OTHERS = ("_static", "lite", "404.html")  # the last has the address of the public site
HTML = [p.relative_to(SITE) for p in sorted(SITE.rglob("*.html"))]
HTML = [str(p.with_suffix("")) for p in HTML if p.parts[0] not in OTHERS]


@pytest.mark.parametrize("name", HTML)
def test_no_dead_links(name):
    assert not dead_links(SITE, SITE / f"{name}.html")


def test_all_pages_are_looked_at():
    assert set(PAGES) < set(HTML)


def test_api_page_has_every_public_name():
    ids = {tag["id"] for tag in soup(SITE / "chapters" / "api.html").find_all(id=True)}
    documented = {name.split(".")[-1] for name in ids if name.startswith("dlcourse.")}
    public = {
        name
        for name, thing in vars(dlcourse).items()
        if not name.startswith("_") and not inspect.ismodule(thing)
    }
    assert public <= documented
