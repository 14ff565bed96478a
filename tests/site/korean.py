"""Korean words of a page: which font draws them, and whether they say that they are Korean."""

import os
import shutil
import subprocess
from functools import cache

import pytest

HANGUL = r"""() => {
  document.querySelectorAll("[data-hangul]").forEach(e => e.removeAttribute("data-hangul"));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (/[가-힣]/.test(walker.currentNode.data) && parent.checkVisibility()) found.add(parent);
  }
  [...found].forEach((element, at) => element.setAttribute("data-hangul", at));
  return [...found].map(e => [e.closest("[lang]")?.lang, e.textContent.slice(0, 40)]);
}"""


@cache
def with_korean():
    """The families that have Korean letters, as fontconfig knows them."""
    if not shutil.which("fc-list"):
        return set()
    listed = subprocess.check_output(["fc-list", ":lang=ko", "family"], text=True)
    return {family for line in listed.splitlines() for family in line.split(",")}


def fonts():
    """The same; a failure where CI has none. Elsewhere a reader has nothing to compare with."""
    found = with_korean()
    if not found and os.environ.get("CI"):
        pytest.fail("no font has Korean letters: run `make browser`, or install fonts-nanum")
    return found


def drawn_without(page, families, count, most=40):
    """Korean words of a page that are drawn with fonts that have no Korean letters."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    missed = []
    for at in range(0, count, max(1, count // most)):
        where = {"nodeId": root, "selector": f"[data-hangul='{at}']"}
        node = session.send("DOM.querySelector", where)["nodeId"]
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if not families & {font["familyName"] for font in used}:
            missed.append(at)
    session.detach()
    return missed


def letters_missed(page, families):
    """Korean words that are empty boxes for the eye."""
    said = page.evaluate(HANGUL) if families else []
    missed = drawn_without(page, families, len(said)) if said else []
    return [f"no Korean letters in the font of: {said[at][1]}" for at in missed]


def korean_faults(page, families):
    """The same, and Korean words that are no Korean for a screen reader."""
    said = page.evaluate(HANGUL)
    wrong = [f"not marked as Korean: {text}" for language, text in said if language != "ko"]
    return wrong + letters_missed(page, families)
