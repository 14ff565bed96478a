"""The outputs that are stored in the book's notebooks, as the extensions read them."""

import nbformat

CLAIM = "application/vnd.dlcourse.claim+json"


def reading_order(name):
    """Chapters by number, and what lies beyond one directly behind it."""
    number, _, rest = name.partition("-")
    return number, rest == "beyond", rest


def notebooks(env):
    """Names and paths of the notebooks in the table of contents, in reading order."""
    names = sorted(env.external_site_map, key=reading_order)
    return [(name, path) for name in names if (path := env.doc2path(name)).endswith(".ipynb")]


def outputs(path):
    """Every displayed output of one notebook, from top to bottom."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if output.output_type in ("display_data", "execute_result"):
                yield output


def claims(path):
    """(data, what was measured) of each claim, as the library's `claim` stored them."""
    return [
        (output.data[CLAIM], output.metadata.get("dlcourse"))
        for output in outputs(path)
        if CLAIM in output.data
    ]
