"""The page *The notes*: what the study group's notes say, statement by statement, with verdicts.

The directive `notes-statements` has one line a statement: its number, its text and, where no claim
tests it, the verdict. Verdicts and claims of the others come from the chapters' stored outputs. A
claim on a statement that is on no line, a statement without a verdict, and claims that disagree
are warnings, so the build fails.
"""

import re

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .claims_ledger import VERDICTS, sound
from .page_tables import parse, table

HEAD = ("Number", "The notes say", "Verdict", "Tested by")
WIDTHS = (8, 56, 16, 20)
logger = logging.getLogger(__name__)


def lines(content):
    """(number or None, text, verdict or None) of each line."""
    for line in filter(None, map(str.strip, content)):
        number, text, verdict = ([part.strip() for part in line.split("|")] + [""])[:3]
        yield (None if number == "–" else number), text, verdict or None


def judged(number, text, verdict, claims):
    """(verdict, numbers of the claims, faults in words) of one statement."""
    on_it = [claim for claim in claims if number and str(claim["notes"]) == number]
    verdicts = sorted({claim["verdict"] for claim in on_it})
    names = [claim["id"] for claim in on_it]
    found = []
    if len(verdicts) > 1:
        found.append(f"its claims {', '.join(names)} disagree: {', '.join(verdicts)}")
    if on_it and verdict:
        found.append(f"{', '.join(names)} give its verdict: delete it from the line")
    if number and not on_it and verdict not in (*filter(None, VERDICTS),):
        found.append("no claim tests it: write its verdict behind a |")
    if len(text) < 10:
        found.append("it has no text")
    return (verdicts[0] if verdicts else verdict), names, found


class NotesStatements(SphinxDirective):
    has_content = True

    def run(self):
        claims = [claim for _, _, claim, _ in sound(self.env) if claim["notes"]]
        told = self.env.metadata[self.env.docname].setdefault("statements", [])
        rows = []
        for number, text, verdict in lines(self.content):
            verdict, names, faults = judged(number, text, verdict, claims)
            if number in told:
                faults.append("its number is there twice")
            for fault in faults:
                logger.warning("statement %s: %s", number or text, fault, location=self.env.docname)
            told += [number] if number else []
            first = nodes.paragraph("", number or "–")
            first["ids"] += [f"statement-{number}"] if number else []
            rows.append(
                [[first], parse(self, text), _words(verdict or ""), _words(", ".join(names))]
            )
        return [table(HEAD, WIDTHS, rows, "notes-table")]


def _words(text):
    return [nodes.paragraph("", text)]


def complete(app, env):
    """After all pages are read: no claim answers a statement that the page does not have."""
    if app.config.language != "en":
        return  # the other edition may lack that page
    told = env.metadata.get("chapters/notes", {}).get("statements", [])
    for page, _, claim, _ in sound(env):
        if claim["notes"] and str(claim["notes"]) not in told:
            logger.warning(
                "claim %s is on statement %s, which the page of the notes lacks",
                claim["id"], claim["notes"], location=page,
            )  # fmt: skip


def same_words(text):
    """A statement without marks and case, as claims and the page must share it."""
    return re.findall(r"\w+", text.lower())
