"""Assignments on the site: the ways to open one, above its text and in the table of all.

The page itself is the student's notebook, as scripts/make_assignments.py made it.
"""

import re
from urllib.parse import urlsplit

from book_facts import ROOT
from docutils import nodes
from published_assignments import FOLDER, ZIP, notebooks
from sphinx.util.docutils import SphinxDirective

from .page_tables import parse, table

OVERVIEW = "chapters/assignments"
HEAD = ("Assignment", "The goal", "Parts, with points", "Open it")
WIDTHS = (18, 36, 26, 20)
BRANCH = "run"  # where Colab finds the notebooks, as .github/workflows/publish.yml lays them


def ways(page, up, theme):
    """(what the link says, its address) of each way to open the assignment of a page."""
    file = f"{page}.ipynb"
    lite, colab = (theme["launch_buttons"][key] for key in ("jupyterlite_url", "colab_url"))
    repository = urlsplit(theme["repository_url"]).path
    return [
        ("Open in your browser", f"{up}{lite}?path={file}"),
        ("Download", f"{up}_sources/{file}"),
        ("Open in Colab", f"{colab}/github{repository}/blob/{BRANCH}/{file}"),
        ("All six as a zip", f"{up}{ZIP}"),
    ]


def add_buttons(app, doctree):
    page = app.env.docname
    if not page.startswith(f"{FOLDER}/"):
        return
    links = nodes.paragraph(classes=["front-buttons"])
    for said, address in ways(page, "../" * page.count("/"), app.config.html_theme_options):
        link = nodes.reference("", said, refuri=address)
        links += [link, nodes.Text(" ")]
    overview = app.builder.get_relative_uri(page, OVERVIEW)
    what = nodes.paragraph("", "The notebook of the students, as they get it. ")
    what += nodes.reference("", "All assignments", refuri=overview)
    what += nodes.Text(" says how it works.")
    title = next(doctree.findall(nodes.title))
    place = title.parent.index(title) + 1
    title.parent[place:place] = [links, what]


class AssignmentList(SphinxDirective):
    """A table of all assignments: goal, parts with their points, and the ways to open each."""

    def run(self):
        theme, rows = self.config.html_theme_options, []
        up = "../" * self.env.docname.count("/")
        for place, notebook in notebooks():
            self.env.note_dependency(str(ROOT / place))
            page, text = place.removesuffix(".ipynb"), notebook.cells[0].source
            title = re.search(r"^# Assignment (.*)$", text, re.MULTILINE)[1]
            goal = re.search(r"^\*\*The goal\.\*\* (.*)$", text, re.MULTILINE)[1]
            parts = re.findall(r"^\| \d+ \| (.+?) \| (\d+) \|", text, re.MULTILINE)
            uri = self.env.app.builder.get_relative_uri(self.env.docname, page)
            name = nodes.paragraph("", "", nodes.reference("", title, refuri=uri))
            links = nodes.paragraph()
            for said, address in ways(page, up, theme)[:-1]:
                hidden = nodes.inline("", f": {title}", classes=["visually-hidden"])
                links += [nodes.reference("", said, hidden, refuri=address), nodes.Text(" · ")]
            links.pop()
            points = "; ".join(f"{what} ({number})" for what, number in parts)
            rows.append([[name], parse(self, goal), parse(self, points), [links]])
        return [table(HEAD, WIDTHS, rows, "assignment-table")]
