"""What a page may have at most: bytes, stops of the keyboard, screens and code."""

import gzip
from functools import cache
from urllib.parse import unquote, urlsplit

from reached import stops

BYTES = 1.2e6  # of a page with everything on it, as a host sends them
TEXT = {".html", ".css", ".js", ".mjs", ".svg", ".json"}
STOPS = 300  # what lies folded has none
SCREEN = 1000  # px, at a width of 1280
# Screens, of these code; where a chapter needs less than what all may have; and a Beyond page.
MOST, SHORTER, BEYOND = (32, 5), {"01-dropout": (29, 4)}, (16, 3)
FIRST_PICTURE, FIRST_CLAIM = 1200, 7000
MEASURE = """() => {
  const article = document.querySelector("article");
  // The picture of a figure that moves is hidden once it is drawn anew; its place is the figure's.
  const seen = (e) => e && !e.getClientRects().length ? e.closest(".explore") ?? e : e;
  const top = (e) => e ? seen(e).getBoundingClientRect().top + scrollY : null;
  const code = [...article.querySelectorAll(".cell_input, details.hide")];
  const outer = code.filter(e => !e.parentElement.closest("details"));
  return {
    height: article.getBoundingClientRect().height,
    code: outer.reduce((sum, e) => sum + e.getBoundingClientRect().height, 0),
    picture: top(article.querySelector(".cell_output img, figure img")),
    claim: top(article.querySelector(".claim")),
  };
}"""


@cache
def sent(path):
    """Bytes of a file as a host sends it: text is compressed."""
    data = path.read_bytes()
    return len(gzip.compress(data) if path.suffix in TEXT else data)


def weight(folder, requests):
    """Bytes of all files of a folder that a page asked for."""
    places = {unquote(urlsplit(address).path).lstrip("/") for address in requests}
    files = [folder / place for place in places if (folder / place).is_file()]
    assert files
    return sum(map(sent, files))


def too_heavy(folder, requests):
    found = weight(folder, requests)
    return [f"{found / 1e6:.2f} MB are sent"] if found > BYTES else []


def too_many_stops(page):
    found = stops(page)
    return [f"the keyboard stops {found} times"] if found > STOPS else []


def too_long(page, screens, code):
    """What of a page breaks the limits of an article."""
    seen = page.evaluate(MEASURE)
    limits = {
        "height": screens * SCREEN,
        "code": code * SCREEN,
        "picture": FIRST_PICTURE,
        "claim": FIRST_CLAIM,
    }
    return {
        what: seen[what] for what, most in limits.items() if seen[what] is None or seen[what] > most
    }


def not_an_article(page, stem):
    """The same for a page of this name, each as a line; only chapters are held."""
    if not stem[:2].isdigit():
        return []
    most = BEYOND if stem.endswith("-beyond") else MOST
    broken = too_long(page, *SHORTER.get(stem, most))
    return [f"too long for an article: {what} {pixels} px" for what, pixels in broken.items()]
