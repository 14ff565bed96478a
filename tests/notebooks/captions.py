"""Figures can be cited: each has a caption and a name, and what these say is sound."""

from said import MARKED, TYPED_COUNT

from dlcourse._figures import MIME

# Notebook -> figures that have no caption yet. The numbers only fall; in the end it is empty.
MISSING = {}


def figures(nb):
    """What each stored figure says of itself: a dict with name and caption, or None."""
    return [
        output.data.get(MIME)
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if output.output_type in ("display_data", "execute_result") and "image/png" in output.data
    ]


def without_caption(nb):
    return sum(words is None for words in figures(nb))


def captioned(nb):
    """Names and captions are unique, and hold nothing that was measured."""
    told = [words for words in figures(nb) if words is not None]
    faults = []
    for what in ("name", "caption"):
        found = [words[what] for words in told]
        faults += [
            f"two figures have the {what} {x!r}" for x in sorted(set(found)) if found.count(x) > 1
        ]
    for words in told:
        if MARKED.search(words["caption"]) or TYPED_COUNT.search(words["caption"]):
            faults.append(
                f"the caption of {words['name']} holds a measured number, which no run compares: "
                f"leave it to the text"
            )
    return faults
