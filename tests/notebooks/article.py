"""A chapter of the second edition reads like an article: its frame, its elements, its limits.

What a browser must measure (screens, where the first picture and the first claim stand) is
tested with the site.
"""

import re

from rules import CLAIM, code_cells

# What each chapter has, in this order; between `BEGIN` and `END` it tells its story under headings
# of its own.
BEGIN = ["Predict first"]
END = ["In practice", "The notes on trial", "Quiz", "Exercises", "Words", "Sources"]
STORY = (4, 8)
OPENING = ["| LO-", "**Time:**", "**What you need first:**"]
# Cell tag -> how many cells must have it: the technique from scratch and equal to the library's,
# a case by hand, a gradient or statistics that are checked, results against expectation.
ELEMENTS = {"scratch": 1, "by-hand": 1, "checked": 1, "against-expectation": 2}
MOST_WORDS = 5500
FIGURES_PER_1000 = 3.5
VISIBLE_LINES = 12
FENCED = re.compile(r"^(`{3,}|:{3,})\{(\S+)\}.*?^\1\s*$", re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$(?: \(\S+\))?|\$[^$\n]+\$", re.DOTALL)
COUNTED = {"Quiz", "Exercises"}  # sections whose words and figures are not


def parts(nb):
    """(heading of level 2 that it stands under, "" before the first; cell) of every cell."""
    section = ""
    for cell in nb.cells:
        if cell.cell_type != "markdown":
            yield section, cell
            continue
        pieces = re.split(r"^(?=## )", FENCED.sub(keep_words, cell.source), flags=re.MULTILINE)
        for piece in pieces:
            if found := re.match(r"## +(.+?) *$", piece, re.MULTILINE):
                section = found[1]
            yield section, cell | {"source": piece}


def keep_words(match):
    """Boxes of text are text; what is made by the page (lists of sources) is not."""
    body = match[0].split("\n", 1)[1].rsplit("\n", 1)[0]
    return "" if match[2] in ("bibliography", "figure") else re.sub(r"^#", "", body, flags=re.M)


def frame(nb):
    """The fixed sections, in their order, with the story between them."""
    found = list(dict.fromkeys(section for section, _ in parts(nb) if section))
    story = found[len(BEGIN) : len(found) - len(END)]
    faults = []
    if found[: len(BEGIN)] != BEGIN or found[-len(END) :] != END:
        faults.append(f"the sections are {found}: begin with {BEGIN}, end with {END}")
    if not STORY[0] <= len(story) <= STORY[1]:
        faults.append(f"the story has {len(story)} sections, not {STORY[0]} to {STORY[1]}: {story}")
    first = nb.cells[0].source
    if "| LO-" not in first or "**Time:**" not in first or "**What you need first:**" not in first:
        faults.append(
            "the first cell lacks objectives (| LO-), **Time:** or **What you need first:**"
        )
    return faults


def elements(nb):
    """What each chapter must contain, known by the tags of its cells."""
    tags = [tag for cell in code_cells(nb) for tag in cell.metadata.get("tags", [])]
    return [
        f"{tags.count(tag)} cells have the tag {tag!r}, not {least} or more"
        for tag, least in ELEMENTS.items()
        if tags.count(tag) < least
    ]


def words(nb):
    """Words of prose: quiz and exercises, code, formulas and lists of sources left out."""
    text = "\n".join(
        cell["source"]
        for section, cell in parts(nb)
        if cell["cell_type"] == "markdown" and section not in COUNTED
    )
    text = FORMULA.sub(" ", re.sub(r"\{[\w:]+\}`[^`]*`|\]\([^)]*\)", " x ", text))
    return len(re.findall(r"[^\W_]+(?:['’.,-][^\W_]+)*", text))


def figures(nb):
    return sum(
        "image/png" in output.get("data", {})
        for section, cell in parts(nb)
        if cell["cell_type"] == "code" and section not in COUNTED
        for output in cell["outputs"]
    )


def short(nb, most=MOST_WORDS):
    """An article: not too many words, and enough pictures for them."""
    count, shown = words(nb), figures(nb)
    faults = [f"{count} words of prose, more than {most}"] if count > most else []
    if 1000 * shown < FIGURES_PER_1000 * count:
        faults.append(f"{shown} figures for {count} words: fewer than {FIGURES_PER_1000} in 1,000")
    return faults


def folded(nb):
    """Code that is not read is folded; what is shown is short, or the technique itself."""
    faults = []
    for number, (section, cell) in enumerate(
        [pair for pair in parts(nb) if pair[1]["cell_type"] == "code"], 1
    ):
        tags = set(cell["metadata"].get("tags", []))
        lines = len(cell["source"].splitlines())
        shown = not tags & {"hide-input", "scratch"} and section != "Exercises"
        if shown and lines > VISIBLE_LINES:
            faults.append(
                f"code cell {number} shows {lines} lines: fold it (hide-input) or cut it to "
                f"{VISIBLE_LINES}"
            )
        if shown and re.search(r"^claim\(", cell["source"], re.MULTILINE):
            faults.append(f"code cell {number} shows the code of a claim: fold it (hide-input)")
    return faults


def spread(nb):
    """No two claims follow each other without a sentence between: that is a test log."""
    faults, before = [], None
    for cell in nb.cells:
        data = [output.get("data", {}) for output in cell.get("outputs", [])]
        claims = [found[CLAIM]["id"] for found in data if CLAIM in found]
        if cell.cell_type == "markdown" or any("image/png" in found for found in data):
            before = None
        if claims and before:
            faults.append(f"claims {before} and {claims[0]} follow each other without a word")
        before = claims[-1] if claims else before
    return faults


ARTICLE = [frame, elements, short, folded, spread]
