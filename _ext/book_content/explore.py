"""Figures that a reader can change: controls and a script around a picture of a notebook.

`plots.show(fig, alt, explore=...)` stores, beside the picture, what can be changed and the data.
Here the picture gets its controls, written into the page, so that nothing moves when the script
comes; the data goes into a file of its own, which is read when the figure is near. Without
scripts and on paper the picture stays alone. Each figure has an address of its own, too.
"""

import base64
import hashlib
import json
from html import escape
from pathlib import Path, PurePosixPath

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from dlcourse import _figures
from dlcourse._explore import MIME

from .stored import outputs

logger = logging.getLogger(__name__)


def explorers(path):
    """SHA-256 of each stored PNG that can be changed -> what the notebook says of it."""
    found = {}
    for output in outputs(path):
        if MIME in output.data:
            png = base64.b64decode(output.data["image/png"])
            alt = output.metadata["image/png"]["alt"]
            name = output.data.get(_figures.MIME, {}).get("name")
            spec = output.data[MIME] | {"alt": alt, "name": name}
            found[hashlib.sha256(png).hexdigest()] = spec
    return found


def control(name, label, values, value, prefix):
    """A menu for words, a slider for numbers."""
    where = f"{prefix}-{name}"
    head = f'<label for="{where}"><span>{escape(label)}</span>'
    start = escape(json.dumps(value))
    if isinstance(value, str):
        options = "".join(
            f"<option{' selected' if v == value else ''}>{escape(v)}</option>" for v in values
        )
        menu = f'<select id="{where}" name="{name}" data-start="{start}">{options}</select>'
        return f"{head}{menu}</label>"
    said = f"{value:.3g}".replace("-", "−")
    return (
        f'{head} <output for="{where}" aria-live="off">{said}</output>'
        f'<input type="range" id="{where}" name="{name}" min="0" max="{len(values) - 1}" '
        f'value="{values.index(value)}" aria-valuetext="{said}" data-start="{start}" '
        f'data-values="{json.dumps(values, separators=(",", ":"))}"></label>'
    )


def frame(spec, up, own=True):
    """What stands before and after the picture; `up` leads to the root of the site."""
    prefix = f"explore-{spec['figure']}"
    fields = "".join(control(*one, prefix) for one in spec["controls"])
    buttons = "".join(
        f'<button type="button" data-preset="{escape(key)}">{escape(label)}</button>'
        for key, label in [*spec["presets"], ("", "as printed")]
    )
    data = f' data-from="{up}{spec["source"]}"' if spec["source"] else ""
    room = "; ".join(f"--{kind}: {pixels}px" for kind, pixels in spec["heights"].items())
    title = escape(spec["title"])
    address = f"{up}explore/{spec['figure']}.html"
    link = f'<p class="own"><a href="{address}">This figure alone</a></p>' if own else ""
    before = (
        f'<div class="explore" data-explore="{spec["figure"]}"{data} style="{room}">'
        f"<fieldset disabled><legend>{title}</legend>{fields}<div>{buttons}</div></fieldset>"
        f'<div class="picture">'
    )
    after = (
        f'<svg role="img" aria-label="{title}" aria-describedby="{prefix}-says"></svg></div>'
        f'<p class="says" id="{prefix}-says"></p>{link}</div>'
    )
    return before, after


def store(spec, out):
    """Write what a figure draws into a file; gives its address below the site's root, or None."""
    if "data" not in spec:
        return None
    text = json.dumps(spec["data"], separators=(",", ":"))
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = f"_static/explore/{spec['figure']}-{mark}.json"
    Path(out, name).parent.mkdir(parents=True, exist_ok=True)
    Path(out, name).write_text(text, encoding="utf-8")
    return name


def around(image):
    """The link or the picture that is put into the frame."""
    return image.parent if isinstance(image.parent, nodes.reference) else image


def add_controls(app, doctree):
    page = app.env.docname
    path = app.env.doc2path(page)
    if not path.endswith(".ipynb"):
        return
    known = explorers(path)
    moving = {}
    for image in list(doctree.findall(nodes.image)):
        png = PurePosixPath(image["uri"]).stem
        if png not in known:
            continue
        spec = known[png] | {"png": png, "source": store(known[png], app.outdir)}
        before, after = frame(spec, "../" * page.count("/"))
        inner = around(image)
        place = inner.parent.index(inner)
        inner.parent.insert(place + 1, nodes.raw("", after, format="html"))
        inner.parent.insert(place, nodes.raw("", before, format="html"))
        moving[spec["figure"]] = spec
    app.env.metadata[page]["explore"] = moving


def everywhere(app):
    """(page, name, what the notebook says) of each figure that moves, chapter by chapter."""
    for page in sorted(app.env.found_docs):
        for name, spec in app.env.metadata[page].get("explore", {}).items():
            yield page, name, spec


def whole(spec, up, own):
    """A figure with its picture, for a page that did not draw it."""
    before, after = frame(spec, up, own)
    picture = f"{up}_images/{spec['png']}.webp"  # as book_lean/pictures.py writes them
    return f'{before}<img src="{picture}" alt="{escape(spec["alt"])}">{after}'


def alone(app):
    """A page for each figure, to show on the whole screen or in a frame of another site."""
    for _, name, spec in everywhere(app):
        yield (
            f"explore/{name}",
            {"title": spec["title"], "body": whole(spec, "../", False)},
            "explorer.html",
        )


class MovingFigures(SphinxDirective):
    """The figure of this name, or all that move; filled in when all chapters are read."""

    optional_arguments = 1

    def run(self):
        name = self.arguments[0] if self.arguments else ""
        self.env.metadata[self.env.docname].setdefault("gallery", []).append(name)
        return [nodes.raw("", GALLERY.format(name), format="html")]


GALLERY = '<div class="moving-figures" data-figure="{}"></div>'


def fill_gallery(app, page, template, context, doctree):
    for name in app.env.metadata.get(page, {}).get("gallery", []):
        up = "../" * page.count("/")
        found = {key: (chapter, spec) for chapter, key, spec in everywhere(app)}
        if name and name not in found:
            logger.warning("no figure that moves is called %s", name, location=page)
        elif name:
            shown = whole(found[name][1], up, True)
        else:
            shown = "".join(section(app, up, key, *of) for key, of in found.items())
        if name in found or not name:
            context["body"] = context["body"].replace(GALLERY.format(name), shown)


def section(app, up, name, chapter, spec):
    """A figure on the page that gathers all, with its heading and the way to its chapter."""
    title = escape(app.env.titles[chapter].astext())
    place = f"#fig-{spec['name']}" if spec["name"] else ""
    return (
        f'<section id="{name}"><h2>{escape(spec["title"])}</h2>'
        f'<p>From <a href="{up}{chapter}.html{place}">{title}</a>.</p>'
        f"{whole(spec, up, True)}</section>"
    )


def add_script(app, page, template, context, doctree):
    said = app.env.metadata.get(page, {})
    if said.get("explore") or said.get("gallery"):
        app.add_js_file("explore/explore.mjs", type="module")
