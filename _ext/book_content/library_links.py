"""From a page to the library: each name's first use leads to its entry in the API reference, and
each entry to its lines in the repository.

sphinx-codeautolink also links names to a reference, but each use of each name: hundreds of links
in a chapter, which the keyboard has to pass. The links to the source are sphinx.ext.linkcode's.
"""

import importlib
import inspect
import re
from html import unescape
from pathlib import Path

import dlcourse

API, BRANCH = "chapters/api", "main"
APART = ("dlcourse.checks", "dlcourse.plots")  # their names are not those of dlcourse itself
KINDS = ("class", "function", "exception")
# Code in a text, or a name that is called in a block of code. What stands in a link, a heading or
# the summary of a box is passed over.
USE = re.compile(
    r"<a\b.*?</a>|<h\d.*?</h\d>|<summary.*?</summary>"
    r'|<code class="docutils literal notranslate">(?P<text>.*?)</code>'
    r'|(?<!<span class="o">.</span>)<span class="n">(?P<call>[A-Za-z]\w*)</span>'
    r'(?=<span class="p">\()',
    re.DOTALL,
)
TAG = re.compile(r"<[^>]+>")


def resolve(root, repository):
    """What sphinx.ext.linkcode asks: the address of the lines of one name."""

    def lines(domain, info):
        try:
            thing = importlib.import_module(info["module"])
            for part in info["fullname"].split("."):
                thing = inspect.getattr_static(thing, part)
            thing = inspect.unwrap(
                getattr(thing, "fget", None) or getattr(thing, "__func__", thing)
            )
            path = Path(inspect.getsourcefile(thing)).resolve().relative_to(root)
            code, first = inspect.getsourcelines(thing)
        except (AttributeError, OSError, TypeError, ValueError):
            return None  # a number, or what a decorator made
        return f"{repository}/blob/{BRANCH}/{path.as_posix()}#L{first}-L{first + len(code) - 1}"

    return lines


def set_resolve(app, config):
    repository = config.html_theme_options["repository_url"]
    config.linkcode_resolve = resolve(Path(app.srcdir).resolve(), repository)


def skip_fields(app, what, name, thing, skip, options):
    """The fields of a named tuple say nothing of themselves; its docstring does."""
    said = getattr(thing, "__doc__", None) or ""
    return True if said.startswith("Alias for field number") else None


def entries(objects):
    """Name -> anchor in the API reference, of all that `from dlcourse import name` finds."""
    found = {}
    for full, _, kind, page, anchor, _ in objects:
        name = full.split(".")[-1]
        ours = page == API and kind in KINDS and not full.startswith(APART)
        if ours and hasattr(dlcourse, name):
            found.setdefault(name, anchor)
    return found


def first_uses(body, places):
    """A page's HTML with the first use of each name as a link; `places` are name -> address.

    That is the first use in the text, or the first call in code of a name that no text has.
    """
    left = dict(places)

    def link(found, name):
        if name not in left:
            return found[0]
        return f'<a class="api-link" href="{left.pop(name)}">{found[0]}</a>'

    body = USE.sub(lambda found: link(found, named(found["text"])), body)
    return USE.sub(lambda found: link(found, found["call"]), body)


def named(html):
    """The name of the library that a piece of code in a text is, with or without arguments."""
    text = unescape(TAG.sub("", html or ""))
    found = re.match(r"(?:dlcourse\.)?([A-Za-z]\w*)(?=$|\()", text)
    # A small word alone may be a variable: `scale` may, `fit(...)` may not.
    return found and not re.fullmatch("[a-z]+", text) and found[1]


def add_first_uses(app, page, template, context, doctree):
    if not page.startswith(("chapters/", "assignments/")) or page == API or "body" not in context:
        return
    uri = app.builder.get_relative_uri(page, API)
    found = entries(app.env.domains["py"].get_objects())
    places = {name: f"{uri}#{anchor}" for name, anchor in found.items()}
    context["body"] = first_uses(context["body"], places)
