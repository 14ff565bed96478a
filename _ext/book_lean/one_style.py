"""Ours, since which sheets a page asks for is known to Sphinx alone: one sheet of them all.

It takes the place of fourteen, and scripts wait until the page is drawn.
Every style sheet that the theme and the extensions ask for goes into one file in the same
order. Its name holds a checksum, so that no browser shows a new page in an old dress.
"""

import hashlib
import posixpath
import re
from pathlib import Path

THEME = ["_static/basic.css", "_static/styles/pydata-sphinx-theme.css"]
# Live code, tabs, what needs no script here (folded solutions, a search that lands), and the name
# of the page for a switch of versions.
UNUSED = ("thebe", "design-tabs", "sd-tab", "togglebutton", "toggleHint", "toggleOpen") + (
    "sphinx_highlight",
    "OPTIONS.pagename",
)


def moved(css, folder):
    """The text of a style sheet whose relative addresses hold from _static."""

    def url(match):
        if match[1].startswith(("data:", "#", "http")):
            return match[0]
        return f"url({posixpath.relpath(posixpath.join(folder, match[1]), '_static')})"

    css = re.sub(r'@charset "[^"]*";', "", css)
    if re.search(r"@import\s", css):
        raise ValueError(f"a style sheet of {folder} imports another one; name that in THEME")
    return re.sub(r"""url\(["']?([^"')]+)["']?\)""", url, css)


def digest(out, names):
    """A checksum of the style sheets; a few come late, and carry one in their name."""
    content = [(out / name).read_bytes() for name in names if (out / name).is_file()]
    return hashlib.sha256(b"".join([*content, "".join(names).encode()])).hexdigest()[:8]


def one_style(app, page, template, context, doctree):
    styles = sorted(context["css_files"], key=lambda style: style.priority)
    asked = [str(style.filename).split("?")[0] for style in styles]
    asked = [name if name.startswith("_static/") else f"_static/{name}" for name in asked]
    names = tuple(dict.fromkeys(THEME + [n for n in asked if not any(u in n for u in UNUSED)]))
    if names not in app.styles:
        app.styles[names] = f"_static/book-{digest(Path(app.outdir), names)}.css"
    context["one_style"] = app.styles[names]
    context["css_files"] = []
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not any(u in f"{script.filename} {script.attributes}" for u in UNUSED)
    ]
    for script in context["script_files"]:
        if script.filename:
            script.attributes["defer"] = "defer"


def write(app, exception):
    out = Path(app.outdir)
    for names, target in () if exception else app.styles.items():
        texts = [moved((out / n).read_text(encoding="utf-8"), posixpath.dirname(n)) for n in names]
        (out / target).write_text("\n".join(texts), encoding="utf-8")
