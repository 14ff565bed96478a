"""Print the slides of every chapter with headless Chromium: make slides.

build/slides gets each deck as PDF, and as the one HTML file that the site has, too.
"""

import shutil
import sys

from check_site import ROOT, SITE
from make_pdf import FLAGS, chromium, serving
from playwright.sync_api import sync_playwright

TARGET = ROOT / "build" / "slides"
SIZE = {"width": "1280px", "height": "720px"}
DRAWN = "Reveal.isReady() && [...document.images].every(image => image.complete)"


def printed(page, address):
    """A deck as a PDF, one slide a page; a figure that moves stands there as its picture."""
    page.goto(f"{address}?print-pdf", wait_until="load")
    page.wait_for_function(DRAWN)
    page.evaluate("document.querySelectorAll('.pdf-page:has(.moving)').forEach(e => e.remove())")
    return page.pdf(**SIZE, print_background=True, tagged=True, prefer_css_page_size=True)


def main():
    path = chromium()
    if path is None:
        sys.exit("error: Chromium is missing\nwhat to do: make browser")
    TARGET.mkdir(parents=True, exist_ok=True)
    decks = sorted((SITE / "slides").glob("*.html"))
    with serving(SITE) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for deck in decks:
            pdf = printed(browser.new_page(), f"{site}slides/{deck.name}")
            (TARGET / f"{deck.stem}.pdf").write_bytes(pdf)
            shutil.copy(deck, TARGET)
        browser.close()
    size = sum(file.stat().st_size for file in TARGET.iterdir())
    print(f"{len(decks)} decks, {size / 1e6:.0f} MB, are in {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
