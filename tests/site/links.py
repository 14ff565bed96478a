"""Find dead links inside a built site: pages, anchors, pictures, scripts and styles."""

import re
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


@lru_cache(maxsize=40)  # tests of one page run one after the other, in one process (conftest.py)
def soup(path):
    return BeautifulSoup(Path(path).read_text(encoding="utf-8"), "html.parser")


NAMED = re.compile(r'<[a-zA-Z][^<>]*?\s(?:id|name)="([^"]+)"(?:[^<>]*?\sname="([^"]+)")?')


@cache
def anchors(path):
    """The places of a page that links may lead to; a page is large, and read for this alone."""
    found = NAMED.findall(Path(path).read_text(encoding="utf-8"))
    return {unescape(name) for pair in found for name in pair if name}


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
