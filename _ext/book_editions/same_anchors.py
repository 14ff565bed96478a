"""A section of the Korean edition has the anchor of the English one, found by its place.

So links into a page, and the style sheet, hold in both.
"""

import pickle
from pathlib import Path

import catalogues
from docutils import nodes
from sphinx.errors import ExtensionError


def sections(doctree):
    return list(doctree.findall(nodes.section))


def take(app, doctree):
    page = app.env.docname
    source = Path(app.config.edition_anchors, f"{page}.doctree")
    if page not in catalogues.shown() or not source.is_file():
        return
    theirs = sections(pickle.loads(source.read_bytes()))
    ours = sections(doctree)
    if len(ours) != len(theirs):
        raise ExtensionError(f"{page}: {len(ours)} sections, English has {len(theirs)}")
    for our, their in zip(ours, theirs, strict=True):
        our["ids"] = list(their["ids"])
