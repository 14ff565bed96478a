"""The messages of a notebook or page, and the same page with them replaced.

Besides its text a notebook says things in its outputs: alternative texts and captions of figures,
claims. Their numbers stay where they are, so no message holds a measured value, and the code of
both editions is the same letter by letter.
"""

import json
from pathlib import Path

from claim_words import Box, translated
from figure_files import MIME
from messages import has_words, replace

CLAIM = "application/vnd.dlcourse.claim+json"
EXPLORE = "application/vnd.dlcourse.explore+json"


def visit(nb, say):
    """Go through a notebook and put `say(text)` in the place of each message."""
    for cell in nb["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = replace("".join(cell["source"]), say)
        for output in cell.get("outputs", []):
            visit_output(output, say)


def visit_output(output, say):
    data, metadata = output.get("data", {}), output.get("metadata", {})
    if alt := metadata.get("image/png", {}).get("alt"):
        metadata["image/png"]["alt"] = data["text/plain"] = say(alt)
    if MIME in data and data[MIME].get("caption"):
        data[MIME]["caption"] = say(data[MIME]["caption"])
    if EXPLORE in data:
        moving = data[EXPLORE]
        moving["title"] = say(moving["title"])
        for named in (*moving["controls"], *moving["presets"]):
            named[1] = say(named[1]) if has_words(named[1]) else named[1]
    if CLAIM in data:
        data[CLAIM] = translated(data[CLAIM], say)
        data["text/markdown"] = Box(say).markdown(data[CLAIM], metadata["dlcourse"])


def spoken(path, say):
    """The text of a page in the words of `say`."""
    text = Path(path).read_text("utf-8")
    if Path(path).suffix != ".ipynb":
        return replace(text, say)
    nb = json.loads(text)
    visit(nb, say)
    return json.dumps(nb, ensure_ascii=False, indent=1)


def messages(path):
    """Every message of a page, in order, once."""
    found = {}

    def note(text):
        found.setdefault(text, None)
        return text

    spoken(path, note)
    return list(found)
