"""A figure with what belongs to it: the text for those who cannot see it, number, caption, files.

`dlcourse.plots.show` stores the words beside the picture, and myst-nb does not look at them, so
this extension hands them over. It knows a figure by its file name, which myst-nb makes from the
picture's SHA-256. In a text, the role {fig}`zigzag` refers to the figure of that name in the same
chapter, {fig}`05-zigzag` to one of chapter 5.
"""

import base64
import hashlib
import re
import shutil
from pathlib import Path, PurePosixPath

import nbformat
from docutils import nodes
from figure_files import FOLDER, is_whole, named, numbered, prefix
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from dlcourse._figures import MIME

from .stored import notebooks, outputs

LABEL = "Figure %s"
FILE = '<a href="{0}.{1}" aria-label="{2} as {3}">{3}</a>'
logger = logging.getLogger(__name__)


class Figure(nodes.figure):
    """A figure that the book numbers, and Sphinx does not."""


def words(path):
    """SHA-256 of each stored PNG -> (its alternative text, its name or None, its caption)."""
    found = {}
    for output in outputs(path):
        if "image/png" in output.data:
            png = base64.b64decode(output.data["image/png"])
            said = output.data.get(MIME, {})
            alt = output.metadata.get("image/png", {}).get("alt")
            sha = hashlib.sha256(png).hexdigest()
            found[sha] = alt, said.get("name"), said.get("caption")
    return found


def add_words(app, doctree):
    path = Path(app.env.doc2path(app.env.docname))
    if path.suffix != ".ipynb":
        return
    said, numbers = words(path), numbered(path)
    for image in list(doctree.findall(nodes.image)):
        alt, name, caption = said.get(PurePosixPath(image["uri"]).stem, (None, None, None))
        if alt:
            image["alt"] = alt
        if name:
            image.replace_self(figure(image, numbers[name], name, caption, prefix(path.stem)))
    for name, _, png in named(nbformat.read(path, as_version=4)):
        if not is_whole(path.parent, path.stem, name, png):
            logger.warning("the SVG of figure %s is not that of its PNG: make notebooks", name)


def figure(image, number, name, caption, outside):
    """The picture with its caption, and below it links to its files."""
    label = LABEL % number
    place = f"{FOLDER}/{outside}-{name}"
    files = " ".join(FILE.format(place, kind, label, kind.upper()) for kind in ("png", "svg"))
    return Figure(
        "",
        image.deepcopy(),
        nodes.caption("", "", nodes.strong("", f"{label}."), nodes.Text(" "), *inline(caption)),
        nodes.legend("", nodes.raw("", f'<p class="figure-files">{files}</p>', format="html")),
        ids=[f"fig-{name}"],
    )


def inline(caption):
    """A caption's text; what stands between $ is a formula, between backticks code."""
    kinds = {"$": nodes.math, "`": nodes.literal}
    for part in re.split(r"(\$[^$]+\$|`[^`]+`)", caption):
        kind = kinds.get(part[:1])
        yield kind("", part[1:-1]) if kind else nodes.Text(part)


class FigureRole(SphinxRole):
    """A link *Figure 5.3*; a name that no figure has is a warning, so the build fails."""

    def run(self):
        here = self.env.docname
        for page, path in notebooks(self.env):
            own = Path(path).stem
            for name, number in numbered(Path(path)).items():
                if self.text == f"{prefix(own)}-{name}" or (page == here and self.text == name):
                    self.env.note_dependency(path)
                    place = (
                        "" if page == here else self.env.app.builder.get_relative_uri(here, page)
                    )
                    link = nodes.reference("", LABEL % number, refuri=f"{place}#fig-{name}")
                    return [link], []
        logger.warning("no figure is called %s", self.text, location=self.get_location())
        return [nodes.Text(self.text)], []


def write_files(app, exception):
    """Lay the files of the figures beside the pages: SVG, and PNG, which the pages do not use."""
    if exception or app.builder.name != "html":
        return
    for _, path in notebooks(app.env):
        path = Path(path)
        folder = Path(app.outdir, "chapters", FOLDER)
        for name, _, png in named(nbformat.read(path, as_version=4)):
            folder.mkdir(parents=True, exist_ok=True)
            outside = f"{prefix(path.stem)}-{name}"
            (folder / f"{outside}.png").write_bytes(png)
            shutil.copy(path.parent / FOLDER / f"{outside}.svg", folder)
