"""Every page of the table of contents, in four views, as a reader sees it."""

import inspect
from pathlib import Path
from urllib.parse import parse_qs

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from check_site import pages
from links import dead_links
from looks import VIEWS, axe_faults, faults, opened
from reached import unseen

import dlcourse

CLAIM = "application/vnd.dlcourse.claim+json"
ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
PAGES = pages(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
CHAPTERS = [name for name in PAGES if (ROOT / f"{name}.ipynb").is_file()]


@pytest.mark.parametrize(("width", "mode"), VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_page(site, browser, name, width, mode):
    with opened(browser, f"{site}{name}.html", width, mode) as (page, complaints):
        found = faults(page, complaints) + axe_faults(page)
        found += [f"has the keyboard and is not seen: {control}" for control in unseen(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", CHAPTERS)
def test_formulas_are_typeset(site, browser, name):
    html = BeautifulSoup((SITE / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    formulas = len(html.select(".math"))
    with opened(browser, f"{site}{name}.html") as (page, _):
        drawn = page.locator(".math:has(.katex-html)").count()
    assert formulas == drawn > 0


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_carry_their_alt_text(name):
    nb = nbformat.read(ROOT / f"{name}.ipynb", as_version=4)
    stored = [
        output.metadata.get("image/png", {}).get("alt")
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    html = BeautifulSoup((SITE / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    assert [image.get("alt") for image in html.select(".cell_output img")] == stored


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_claim_says_what_it_means_and_where_to_report_a_fault(name):
    nb = nbformat.read(ROOT / f"{name}.ipynb", as_version=4)
    data = [output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", [])]
    made = [bundle[CLAIM] for bundle in data if CLAIM in bundle]
    html = BeautifulSoup((SITE / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
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


def test_no_dead_links():
    others = ("_static", "lite", "404.html")  # the last has the address of the public site
    html = [p for p in SITE.rglob("*.html") if p.relative_to(SITE).parts[0] not in others]
    assert len(html) >= len(PAGES)
    dead = [fault for path in html for fault in dead_links(SITE, path)]
    assert not dead, "\n".join(dead)


def test_api_page_has_every_public_name():
    text = (SITE / "chapters" / "api.html").read_text(encoding="utf-8")
    ids = {tag["id"] for tag in BeautifulSoup(text, "html.parser").find_all(id=True)}
    documented = {name.split(".")[-1] for name in ids if name.startswith("dlcourse.")}
    public = {
        name
        for name, thing in vars(dlcourse).items()
        if not name.startswith("_") and not inspect.ismodule(thing)
    }
    assert public <= documented
