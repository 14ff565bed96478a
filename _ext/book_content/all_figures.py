"""The page *All figures*: each with number, caption, files, and a line that says whose it is.

The directive `all-figures` reads what the notebooks store, so a new figure comes by itself. Its
small pictures load when they are near, and are made anew only when a figure has changed.
"""

import hashlib
import io
from html import escape
from pathlib import Path

import nbformat
from book_facts import config, titles
from docutils import nodes
from figure_files import FOLDER, named, numbered, prefix
from PIL import Image
from sphinx.util.docutils import SphinxDirective

from dlcourse._figures import MIME

from .cited_figures import FILE, LABEL, inline
from .stored import notebooks, outputs

SMALL = 280, 240  # pixels, the most that a small picture has
LICENCE = "{label}, {author}, {title}, CC BY 4.0, {address}"
IMAGE = '<img src="{src}" alt="{alt}" width="{size[0]}" height="{size[1]}" loading="lazy">'


def small(png, out):
    """Write the small picture of a PNG, unless it is there; gives its name and its size."""
    path = Path(out, "_images", f"small-{hashlib.sha256(png).hexdigest()[:16]}.webp")
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(io.BytesIO(png)) as image:
            made = image.convert("RGB")
        made.thumbnail(SMALL)
        made.save(path, quality=50, method=2)
    with Image.open(path) as image:
        return path.name, image.size


def alternatives(path):
    """Name -> the text for those who cannot see it, of the figures of one notebook."""
    return {
        output.data[MIME]["name"]: output.metadata["image/png"]["alt"]
        for output in outputs(path)
        if MIME in output.data
    }


class AllFigures(SphinxDirective):
    """A section for each page that has figures, in reading order."""

    def run(self):
        found = []
        for page, path in notebooks(self.env):
            self.env.note_dependency(path)
            nb, stem = nbformat.read(path, as_version=4), Path(path).stem
            figures = list(named(nb))
            if not figures:
                continue
            section = nodes.section(ids=[f"of-{stem}"])
            section += nodes.title("", titles()[stem])
            alts, numbers = alternatives(path), numbered(Path(path))
            for name, caption, png in figures:
                section += self.one(page, stem, name, numbers[name], caption, png, alts)
            found.append(section)
        return found

    def one(self, page, stem, name, number, caption, png, alts):
        """One figure: its small picture, and beside it the words and the files."""
        builder, here = self.env.app.builder, self.env.docname
        up, label = "../" * here.count("/"), LABEL % number
        file, size = small(png, builder.outdir)
        image = IMAGE.format(src=f"{up}_images/{file}", alt=escape(alts[name]), size=size)
        place = f"{FOLDER}/{prefix(stem)}-{name}"
        files = " ".join(FILE.format(place, kind, label, kind.upper()) for kind in ("png", "svg"))
        where = f"{builder.get_relative_uri(here, page)}#fig-{name}"
        words = nodes.paragraph("", "", nodes.reference("", label, refuri=where), nodes.Text(". "))
        words += inline(caption)
        words += nodes.raw("", f" {files}", format="html")
        licence = LICENCE.format(
            label=label,
            author=config()["author"],
            title=config()["title"],
            address=f"{self.config.html_baseurl}{builder.get_target_uri(page)}#fig-{name}",
        )
        line = nodes.literal_block(licence, licence, language="none")
        picture = nodes.container("", nodes.raw("", image, format="html"), classes=["picture"])
        return nodes.container(
            "", picture, nodes.container("", words, line), classes=["figure-card"]
        )
