"""Each claim of a chapter stands in a box, with links to what it means and to report a fault."""

import re
from urllib.parse import urlencode

from book_facts import anchor
from docutils import nodes

from .folding import move_code
from .stored import claims

READ = "chapters/how-to-read-a-claim"


def add_boxes(app, doctree):
    """Put each claim of a chapter in a box, with the anchor that links lead to."""
    path = app.env.doc2path(app.env.docname)
    if not path.endswith(".ipynb"):
        return
    shown = [n for n in doctree.findall(nodes.container) if n.get("nb_element") == "mime_bundle"]
    for claim, _ in claims(path):
        pattern = re.compile(rf"\b{re.escape(str(claim['id']))}\b")
        for bundle in shown:
            if pattern.search(bundle.astext()):
                box = nodes.container("", classes=["claim"], ids=[anchor(claim["id"])])
                bundle.replace_self(box)
                box += bundle
                move_code(box, box, claim["id"])
                box += foot(app, claim)
                break


def foot(app, claim):
    """Two links under a claim: what it means, and a new issue with its number filled in."""
    page = app.env.docname
    repository = app.config.html_theme_options["repository_url"]  # from _config.yml
    issue = {
        "title": f"Claim {claim['id']}: ",
        "body": f"Page: {page}\nClaim {claim['id']}: {claim['statement']}\n\n"
        "What is wrong:\n\nHow to see it (setting, seeds, version):\n",
    }
    form = f"{repository}/issues/new?{urlencode(issue)}"
    read = app.builder.get_relative_uri(page, READ) + "#what-stands-in-the-box"
    links = [
        nodes.reference("", "How to read a claim", refuri=read),
        nodes.Text(" · "),
        nodes.reference("", "Report a fault in this claim", refuri=form),
    ]
    return nodes.paragraph("", "", *links, classes=["claim-foot"])
