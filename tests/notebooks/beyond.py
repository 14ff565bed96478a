"""A *Beyond* page: what is newest or deepest of a chapter, beside it, and by the same rules.

`chapters/05-beyond.ipynb` stands under `05-optimizers` in the table of contents, is shorter, tells
its story under headings of its own, and counts its claims C5.b1, C5.b2, ...
"""

import re

from article import folded, parts, short, spread
from controls import claims

MOST_WORDS = 3000
STORY = (1, 8)
OPENING = ["**Time:**", "**What you need first:**"]


def is_beyond(stem):
    return re.fullmatch(r"\d\d-beyond", stem) is not None


def beyond_frame(nb):
    """A title that says where it belongs, an opening, a story, and the sources."""
    first = nb.cells[0].source
    faults = [f"the first cell lacks {part}" for part in OPENING if part not in first]
    if not first.startswith("# Beyond: "):
        faults.append('the title does not begin with "# Beyond: "')
    found = list(dict.fromkeys(section for section, _ in parts(nb) if section))
    if found[-1:] != ["Sources"]:
        faults.append(f"the sections are {found}: the last one is Sources")
    if not STORY[0] <= len(found) - 1 <= STORY[1]:
        faults.append(f"the story has {len(found) - 1} sections, not {STORY[0]} to {STORY[1]}")
    return faults


def brief(nb):
    """Shorter than a chapter, with as many figures for its words."""
    return short(nb, MOST_WORDS)


def counted(nb, stem):
    """The claims of a page are numbered from 1: C5.1, C5.2, beyond the chapter C5.b1, C5.b2."""
    begin = f"C{int(stem[:2])}.{'b' * is_beyond(stem)}"
    found = [name for _, name, _ in claims(nb)]
    wanted = [f"{begin}{i}" for i in range(1, len(found) + 1)]
    return [] if found == wanted else [f"the claims are {found}, not {wanted}"]


def misplaced(stems, toc):
    """The Beyond pages among `stems` that do not stand directly under their chapter."""
    under = {
        section["file"].split("/")[-1]: entry["file"].split("/")[-1]
        for part in toc["parts"]
        for entry in part["chapters"]
        for section in entry.get("sections", [])
    }
    pages = [stem for stem in stems if is_beyond(stem)]
    return [
        f"{stem} does not stand under its chapter in _toc.yml"
        for stem in pages
        if under.get(stem, "")[:3] != stem[:3]
    ]


BEYOND = [beyond_frame, brief, folded, spread]
