"""Figures on the site: numbered with a caption, with files to take away, no card in the dark."""

import io
from pathlib import Path

import pytest
from figure_files import named, numbered
from links import soup
from looks import opened
from nbformat import read
from PIL import Image
from test_pages import PAGES, SITE

from conftest import ROOT, serving

NOTEBOOKS = [name for name in PAGES if (ROOT / f"{name}.ipynb").is_file()]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_figure_with_a_name_has_number_caption_anchor_and_files(name):
    path = ROOT / f"{name}.ipynb"
    page = soup(SITE / f"{name}.html")
    numbers = numbered(path)
    assert [figure["id"] for figure in page.select("figure[id^=fig-]")] == [
        f"fig-{short}" for short in numbers
    ]
    for short, _, png in named(read(path, as_version=4)):
        figure = page.find(id=f"fig-{short}")
        caption = figure.find(class_="caption-text").get_text()
        assert caption.startswith(f"Figure {numbers[short]}. ")
        assert len(figure.img["alt"]) > 30
        full, drawing = (SITE / name).parent, [a["href"] for a in figure.select(".figure-files a")]
        assert (full / drawing[0]).read_bytes() == png
        assert (full / drawing[1]).read_text("utf-8").startswith("<?xml")


# The middle of the four edges of a picture, where nothing is drawn, and the page beside it.
EDGES = """image => {
  image.scrollIntoView({block: 'center'});
  const r = image.getBoundingClientRect();
  return {x: r.x, y: r.y, width: r.width, height: r.height};
}"""


def stands_out(page, image):
    """How much the corners of a picture differ from the page beside it: a card shows."""
    box = image.evaluate(EDGES)
    view = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    left, top = round(box["x"]), round(box["y"])
    beside = view.getpixel((max(left - 6, 0), max(top - 2, 0)))
    corners = [
        view.getpixel((left + round(0.003 * box["width"]) + 1, top + 2)),
        view.getpixel((left + round(box["width"]) - 2, top + 2)),
    ]
    return max(abs(a - b) for corner in corners for a, b in zip(corner, beside, strict=True))


@pytest.mark.parametrize("name", ["01-dropout", "05-optimizers", "which-technique"])
def test_no_picture_stands_on_a_card_in_the_dark(site, browser, name):
    with opened(browser, f"{site}chapters/{name}.html", mode="dark") as (page, _):
        images = page.locator(".cell_output img")
        seen = {i: stands_out(page, images.nth(i)) for i in (0, images.count() // 2)}
    assert not {i: far for i, far in seen.items() if far > 12}


def test_a_card_is_found(browser, tmp_path):
    Image.new("RGB", (200, 100), "white").save(Path(tmp_path, "a.png"))
    (tmp_path / "page.html").write_text("<body style='background: #111'><img src='a.png'>")
    with serving(tmp_path) as address, opened(browser, f"{address}page.html") as (page, _):
        assert stands_out(page, page.locator("img")) > 100


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("place", ["fig-pre-post", "claim-c3-14", "how-deep"])
def test_a_link_into_a_long_page_lands(site, browser, place, width):
    """Sections above it are drawn late, and are not as high as was guessed."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site}chapters/03-batch-normalization.html#{place}")
    page.wait_for_timeout(1500)
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", place)
    page.close()
    assert 0 <= top < 300
