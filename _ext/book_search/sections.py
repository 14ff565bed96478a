"""What the search knows of a page: one entry a section, claim, word of the glossary and API name.

An entry is a place that a reader can be sent to: an anchor, its title, the titles above it, and
the words that a reader sees there. Code, outputs and what lies folded below a question stay out.
"""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx_design.dropdown import dropdown_main

LEFT_OUT = (
    nodes.literal_block,
    nodes.doctest_block,
    nodes.math_block,
    nodes.raw,
    nodes.comment,
    nodes.system_message,
    dropdown_main,
    addnodes.desc_signature,
)
BACK = {"Words", "Summary and words", "Sources", "Quiz", "Exercises", "At a glance"}  # lists
ASIDE = {f"chapters/{name}" for name in ("api", "errata", "notes", "pytorch")}  # repeat titles
# Found as pages; their parts have the titles of chapters, or say what those say.
WHOLE = ("assignments/", "chapters/all-figures", "chapters/plan-a-course")
ONCE = {
    "chapters/claims",
    "chapters/all-figures",
}  # its rows are found where the chapters show them
FEW = 14  # letters of a formula that reads well in a line


def plain(node):
    """The words of a node, with short formulas as they are typed and longer ones as dots."""
    if isinstance(node, LEFT_OUT) or "claim-foot" in node.get("classes", []):
        return ""
    if isinstance(node, nodes.image):
        return node.get("alt", "") + " "
    if isinstance(node, nodes.math):
        formula = re.sub(r"\\(\w+) ?|[{}$]", r"\1", node.astext())
        return formula if len(formula) <= FEW else "…"
    text = "".join(
        child.astext() if isinstance(child, nodes.Text) else plain(child) for child in node.children
    )
    return text if isinstance(node, nodes.Inline) else f"{text} "


def squeeze(text):
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"\s+", " ", text)).strip()


class Entries:
    """The entries of one page, in its order."""

    def __init__(self, page):
        self.page, self.found = page, []

    def add(self, kind, anchor, title, above):
        entry = {"page": self.page, "kind": kind, "at": anchor, "title": squeeze(title)}
        self.found.append(entry | {"above": above, "text": ""})
        return self.found[-1]

    def read(self, node, into):
        """Add what a node says to an entry, or to a new one where it is a place of its own."""
        classes, ids = node.get("classes", []), node.get("ids", [])
        if isinstance(node, nodes.section):
            self.section(node, into)
        elif isinstance(node, addnodes.desc) and node[0].get("ids"):
            above = [into["title"]] if into else []
            name = node[0].get("fullname") or node[0]["ids"][0].split(".")[-1]
            into = self.add("name", node[0]["ids"][0], name, above)
            self.children(node, into)
        elif "claim" in classes and ids:
            name = re.search(r"C\d+\.b?\d+[a-z]?", node.astext())
            above = [*into["above"], into["title"]]
            claim = self.add("claim", ids[0], f"Claim {name[0] if name else ''}", above)
            claim["text"] = squeeze(plain(node))
        elif isinstance(node, nodes.row) and (term := named(node)):
            into = self.add("word", term["ids"][0], term.astext(), [into["title"]])
            into["text"] = squeeze(" · ".join(squeeze(plain(cell)) for cell in node[1:3]))
            into["title"] += f" – {squeeze(plain(node[1]))}"
        elif (isinstance(node, nodes.table) and self.page in ONCE) or "figure-card" in classes:
            return
        elif into and not has_places(node):
            into["text"] = squeeze(f"{into['text']} {plain(node)}")
        elif not isinstance(node, LEFT_OUT):
            self.children(node, into)

    def children(self, node, into):
        for child in node.children:
            if not isinstance(child, nodes.title):
                self.read(child, into)

    def section(self, node, outer):
        title = next((c.astext() for c in node.children if isinstance(c, nodes.title)), "")
        if not title:  # what stands in an exercise
            return self.children(node, outer)
        above = [*outer["above"], outer["title"]] if outer else []
        anchor = node["ids"][0] if outer else ""
        kind = "section" if outer else "page"
        kind = "back" if title in BACK else "aside" if outer and self.page in ASIDE else kind
        self.children(node, self.add(kind, anchor, title, above))


def named(row):
    """The paragraph with an anchor that a row of the glossary begins with."""
    return next((p for p in row[0].children if any(i.startswith("term-") for i in p["ids"])), None)


def has_places(node):
    """Whether a place to be sent to lies somewhere in a node."""
    if isinstance(node, (nodes.Text, *LEFT_OUT)):
        return False
    return any(
        isinstance(inner, nodes.section | addnodes.desc)
        or (isinstance(inner, nodes.row) and inner.children and named(inner))
        or ("claim" in inner.get("classes", []) and inner.get("ids"))
        for inner in node.findall(nodes.Element)
    )


def entries(page, doctree):
    found = Entries(page)
    found.children(doctree, None)
    return found.found[:1] if page.startswith(WHOLE) else found.found


def place(app, page):
    return Path(app.doctreedir, f"{page}.search.json")


def store(app, doctree, page):
    if app.builder.name == "html":
        place(app, page).write_text(json.dumps(entries(page, doctree)), encoding="utf-8")


def stored(app):
    pages = [name for name in app.env.found_docs if place(app, name).is_file()]
    return [e for name in sorted(pages) for e in json.loads(place(app, name).read_text("utf-8"))]


def script(data):
    """The index as a script: a page that is opened from a disk may load no other data."""
    return f"window.BOOK_SEARCH = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
