"""The page *Claims*: one table a chapter, read from the chapters' stored outputs.

Use the directive `claims-ledger` once. Each row links to the claim where the chapter shows it.
There a claim stands in a box, with a link to what it means and one to report a fault in it.
A claim that is malformed, or an id that is used twice, is a warning, so the build fails.
"""

import re
from urllib.parse import urlencode

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from dlcourse import _box

from .folding import move_code
from .page_tables import parse, table
from .stored import claims, notebooks

VERDICTS = ("true", "needs qualification", "false", None)
HEAD = ("Claim", "What is claimed", "It holds when", "Measured", "The notes say", "Verdict")
WIDTHS = (7, 27, 19, 24, 15, 8)
READ = "chapters/how-to-read-a-claim"
logger = logging.getLogger(__name__)


def faults(claim, measured):
    """What is wrong with one stored claim, in words."""
    if not isinstance(claim, dict):
        return ["is not a mapping"]
    found = []
    if not isinstance(measured, dict):
        found.append("what it measured is not stored: make notebooks")
    if not re.fullmatch(r"C\d+\.b?\d+[a-z]?", str(claim.get("id"))):
        found.append("its id is not like C1.1")
    for key in ("statement", "criterion"):
        if not (isinstance(claim.get(key), str) and claim[key].strip()):
            found.append(f"{key} is empty")
    cases = claim.get("cases")
    if not (isinstance(cases, int) and cases > 0):
        found.append("cases is not a positive whole number")
    if claim.get("verdict") not in VERDICTS:
        found.append(f"verdict is {claim['verdict']!r}, not one of {VERDICTS}")
    if claim.get("notes_say") and not claim.get("verdict"):
        found.append("it answers the notes but gives no verdict")
    return found


def anchor(claim_id):
    return "claim-" + claim_id.lower().replace(".", "-")


class ClaimsLedger(SphinxDirective):
    def run(self):
        seen, result = {}, []
        for name, path in notebooks(self.env):
            self.env.note_dependency(path)
            rows = []
            for claim, measured in claims(path):
                wrong = faults(claim, measured)
                if not wrong and claim["id"] in seen:
                    wrong = [f"its id is used in {seen[claim['id']]} already"]
                if wrong:
                    label = claim.get("id") if isinstance(claim, dict) else claim
                    logger.warning(
                        "claim %s in %s: %s", label, name, "; ".join(wrong), location=name
                    )
                    continue
                seen[claim["id"]] = name
                rows.append(self.row(name, claim, measured))
            if rows:
                result += parse(self, f"### {{doc}}`/{name}`") + [
                    table(HEAD, WIDTHS, rows, "claims-table")
                ]
        return result or parse(self, "No chapter has made a claim yet.")

    def row(self, name, claim, measured):
        uri = self.env.app.builder.get_relative_uri(self.env.docname, name)
        link = nodes.reference("", claim["id"], refuri=f"{uri}#{anchor(claim['id'])}")
        number = f"({claim['notes']}) " if claim.get("notes") else ""
        return [
            [nodes.paragraph("", "", link)],
            parse(self, claim["statement"]),
            parse(self, claim["criterion"]),
            parse(self, _box.summary(claim, measured)),
            parse(self, number + (claim.get("notes_say") or "")),
            parse(self, claim.get("verdict") or ""),
        ]


def add_boxes(app, doctree):
    """Put each claim of a chapter in a box, with the anchor that the ledger links to."""
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
                move_code(box, box)
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
