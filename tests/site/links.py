"""Find dead links inside a built site: pages, anchors, pictures, scripts and styles."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


@cache
def soup(path):
    return BeautifulSoup(Path(path).read_text(encoding="utf-8"), "html.parser")


@cache
def anchors(path):
    named = soup(path).find_all(lambda tag: tag.get("id") or tag.get("name"))
    return {tag.get("id") for tag in named} | {tag.get("name") for tag in named}


def dead_links(site, page):
    """The links of one page that lead nowhere inside the site, each as text."""
    dead = []
    for tag in soup(page).find_all(["a", "img", "link", "script"]):
        link = tag.get("href") or tag.get("src")
        if not link:
            continue
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue  # another host: not ours to check here
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if target.is_dir():
            target = target / "index.html"
        fragment = unquote(parts.fragment)
        if not target.is_file() or not target.is_relative_to(Path(site).resolve()):
            dead.append(f"{page.name}: {link} does not exist")
        elif fragment and target.suffix == ".html" and fragment not in anchors(target):
            dead.append(f"{page.name}: {link} has no such anchor")
    return dead
