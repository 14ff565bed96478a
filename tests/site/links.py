"""Find dead links inside a built site: pages, anchors, pictures, scripts and styles.

Other hosts are not asked here (`make linkcheck` does), but an address of theirs must be one, and
where it names the site itself, or a file of this repository, that must exist.
"""

import re
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
PUBLIC = CONFIG["html"]["baseurl"]
CODE = f"{CONFIG['repository']['url']}/blob/{CONFIG['repository']['branch']}/"
# Printed when the site is published, as the slides are.
PAPERS = {"dlcourse.pdf": "index.html", "dlcourse-ko.pdf": "ko/index.html"}
HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
# As RFC 3986 has it: no spaces and no quotes, and a percent sign has two digits.
ADDRESS = re.compile(r"https://[^/]+([\w.~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})*", re.ASCII)


@lru_cache(maxsize=40)  # tests of one page run one after the other, in one process (conftest.py)
def soup(path):
    return BeautifulSoup(Path(path).read_text(encoding="utf-8"), "html.parser")


NAMED = re.compile(r'<[a-zA-Z][^<>]*?\s(?:id|name)="([^"]+)"(?:[^<>]*?\sname="([^"]+)")?')


@cache
def anchors(path):
    """The places of a page that links may lead to; a page is large, and read for this alone."""
    found = NAMED.findall(Path(path).read_text(encoding="utf-8"))
    return {unescape(name) for pair in found for name in pair if name}


def inside(site, page, link):
    """What is wrong with a link from a page to a place of the site."""
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target = target / "index.html"
    fragment = unquote(parts.fragment)
    if not target.is_file() or not target.is_relative_to(Path(site).resolve()):
        return "does not exist"
    if fragment and target.suffix == ".html" and fragment not in anchors(target):
        return "has no such anchor"
    return ""


def published(place):
    """The file of the built site that a place of the published one has, or is printed from."""
    if place in PAPERS:
        return PAPERS[place]
    return re.sub(r"^(slides/.*)\.pdf$", r"\1.html", place) or "."


def outside(link):
    """What is wrong with an address of another host, as far as can be said without asking it."""
    parts = urlsplit(link)
    if parts.scheme != "https" or not HOST.fullmatch(parts.netloc) or not ADDRESS.fullmatch(link):
        return "is no address that could be right"
    path, _, lines = link.removeprefix(CODE).partition("#")
    if link.startswith(CODE) and not (ROOT / path).is_file():
        return "names a file that is not in the repository"
    if link.startswith(CODE) and lines:
        last = int(lines.rpartition("L")[2])
        if last > len((ROOT / path).read_text(encoding="utf-8").splitlines()):
            return "names a line that the file has not"
    return ""


def dead_links(site, page):
    """The links of one page that lead nowhere, each as text."""
    dead = []
    for tag in soup(page).find_all(["a", "img", "link", "script"]):
        link = tag.get("href") or tag.get("src")
        if not link or link.startswith(("data:", "mailto:")):
            continue
        if link.startswith(PUBLIC):
            fault = inside(site, Path(site, "index.html"), published(link.removeprefix(PUBLIC)))
        elif urlsplit(link).scheme or urlsplit(link).netloc:
            fault = outside(link)
        else:
            fault = inside(site, page, link)
        dead += [f"{page.name}: {link} {fault}"] * bool(fault)
    return dead
