"""The page *Claims*: all claims in tables, read from the chapters' stored outputs.

First those that answer the notes: the false statements, the half true, the true; then the book's
own, chapter by chapter. Two rows of buttons show one verdict or one chapter alone: the style sheet
does it, without a script. A claim that is malformed, or a number that is used twice, is a warning,
so the build fails.
"""

import re

from book_facts import anchor, titles
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from dlcourse import _box

from .page_tables import parse, table
from .stored import claims, notebooks

# Verdict -> how buttons and headings call it; None are the claims that answer no statement.
VERDICTS = {
    "false": ("false", "False in the notes"),
    "needs qualification": ("half true", "Half true in the notes: needs qualification"),
    "true": ("true", "True in the notes"),
    None: ("the book’s own", "The book’s own claims"),
}
HEAD = ("Claim", "What is claimed", "Measured")
WIDTHS = (8, 60, 32)
CHOICE = '<label><input type="radio" name="{group}" id="{group}-{key}"{checked}> {label}</label>'
NOTES = "chapters/notes"
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
        found.append(f"verdict is {claim['verdict']!r}, not one of {tuple(VERDICTS)}")
    if claim.get("notes_say") and not claim.get("verdict"):
        found.append("it answers the notes but gives no verdict")
    return found


def sound(env):
    """(page, chapter, claim, measured) of every claim, in reading order; warns of the others."""
    seen, found = {}, []
    for page, path in notebooks(env):
        if "docname" in env.temp_data:  # while a page is read
            env.note_dependency(path)
        for claim, measured in claims(path):
            wrong = faults(claim, measured)
            if not wrong and claim["id"] in seen:
                wrong = [f"its id is used in {seen[claim['id']]} already"]
            if wrong:
                label = claim.get("id") if isinstance(claim, dict) else claim
                logger.warning("claim %s in %s: %s", label, page, "; ".join(wrong), location=page)
                continue
            seen[claim["id"]] = page
            found.append((page, int(claim["id"][1:].split(".")[0]), claim, measured))
    return found


def key(verdict):
    return (verdict or "own").replace(" ", "-")


def last(chapter):
    """The pages around the chapters have the number 0 and come last."""
    return chapter == 0, chapter


def short(claim, measured):
    """What was measured, in few words; the claim's own box says the rest."""
    parts = [f"{measured['held']} of {claim['cases']} (needs {claim['needed']})"]
    if measured["effect"]:
        parts.append(_box.effect(measured["effect"], claim["unit"], claim["effect_within"]))
    if claim["control_is"]:
        parts.append(f"control {measured['control']} of {claim['cases']}")
    return "; ".join(parts)


class ClaimsLedger(SphinxDirective):
    def run(self):
        found = sound(self.env)
        if not found:
            return parse(self, "No chapter has made a claim yet.")
        shown = [nodes.raw("", choices(found), format="html")]
        for verdict, (_, title) in VERDICTS.items():
            part = [one for one in found if one[2]["verdict"] == verdict]
            if verdict:
                shown += self.group(title, part, key(verdict))
                continue
            for chapter in sorted({one[1] for one in part}, key=last):
                own = [one for one in part if one[1] == chapter]
                page = titles()[own[0][0].split("/")[-1]] if chapter else "around the chapters"
                shown += self.group(f"{title}: {page}", own, f"own-{chapter}")
        return shown

    def group(self, title, found, name):
        """A section with one table, or nothing."""
        if not found:
            return []
        shown = table(HEAD, WIDTHS, [self.row(*one) for one in found], "claims-table")
        classes = []
        for row, (_, chapter, claim, _) in zip(shown[0][-1], found, strict=True):
            row["ids"] = [anchor(claim["id"])]
            row["classes"] = [f"verdict-{key(claim['verdict'])}", f"chapter-{chapter}"]
            classes += row["classes"]
        classes = ["ledger-group", *dict.fromkeys(classes)]
        return [nodes.section("", nodes.title("", title), shown, ids=[name], classes=classes)]

    def row(self, page, chapter, claim, measured):
        said = parse(self, claim["statement"])
        if claim["within"] or claim["effect_within"]:
            said.append(small(nodes.Text(f"It holds when: {claim['criterion']}.")))
        if claim["notes"]:
            notes = self.link(f"The notes, {claim['notes']}", NOTES, f"statement-{claim['notes']}")
            said.append(small(notes, nodes.Text(f": “{claim['notes_say']}”")))
        return [
            [nodes.paragraph("", "", self.link(claim["id"], page, anchor(claim["id"])))],
            said,
            [nodes.paragraph("", short(claim, measured))],
        ]

    def link(self, text, page, place):
        uri = self.env.app.builder.get_relative_uri(self.env.docname, page)
        return nodes.reference("", text, refuri=f"{uri}#{place}")


def small(*parts):
    return nodes.paragraph("", "", *parts, classes=["small"])


def choices(found):
    """The buttons above the tables, as HTML: one row for verdicts, one for chapters."""
    verdicts = [
        (key(verdict), f"{label} ({sum(one[2]['verdict'] == verdict for one in found)})")
        for verdict, (label, _) in VERDICTS.items()
    ]
    chapters = [(n, str(n or "around")) for n in sorted({one[1] for one in found}, key=last)]
    rows = {
        "verdict": ("Verdict", [("all", f"all ({len(found)})"), *verdicts]),
        "chapter": ("Chapter", [("all", "all"), *chapters]),
    }
    html = ""
    for group, (legend, buttons) in rows.items():
        labels = [
            CHOICE.format(group=group, key=k, label=label, checked=" checked" * (k == "all"))
            for k, label in buttons
        ]
        html += f"<fieldset><legend>{legend}</legend>{''.join(labels)}</fieldset>"
    return f'<div class="ledger-choices">{html}</div>'
