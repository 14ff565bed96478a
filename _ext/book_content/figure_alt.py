"""Carry a figure's alternative text from its stored output into the page.

`dlcourse.plots.show(fig, alt)` stores the text beside the picture, in the output's metadata,
where Jupyter keeps it. myst-nb looks only at the cell, so this extension hands the text over.
It knows a figure by its file name, which myst-nb makes from the picture's SHA-256.
"""

import base64
import hashlib
from pathlib import PurePosixPath

from docutils import nodes

from .stored import outputs


def alt_texts(path):
    """SHA-256 of each stored PNG -> its alternative text."""
    texts = {}
    for output in outputs(path):
        if "image/png" in output.data:
            png = base64.b64decode(output.data["image/png"])
            alt = output.metadata.get("image/png", {}).get("alt")
            texts[hashlib.sha256(png).hexdigest()] = alt
    return texts


def add_alt(app, doctree):
    path = app.env.doc2path(app.env.docname)
    if not path.endswith(".ipynb"):
        return
    texts = alt_texts(path)
    for image in doctree.findall(nodes.image):
        alt = texts.get(PurePosixPath(image["uri"]).stem)
        if alt:
            image["alt"] = alt
