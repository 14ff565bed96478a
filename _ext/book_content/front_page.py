"""What the front page says of the claims, from the outputs that the chapters stored.

{statement}`C4.5` is what a claim says and {outcome}`C4.5` what was measured; both lead to its box.
{verdicts}`false` is how many claims got this verdict, {verdicts}`all` how many there are. A claim
or a verdict that does not exist is a warning, so the build fails.
"""

from book_facts import claim_place
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from .claims_ledger import VERDICTS, short, sound

LEDGER = "chapters/claims"
logger = logging.getLogger(__name__)


class ClaimRole(SphinxRole):
    """A role that says something of one claim."""

    def run(self):
        for page, _, claim, measured in sound(self.env):
            if claim["id"] == self.text:
                return [self.said(page, claim, measured)], []
        logger.warning("no claim is called %s", self.text, location=self.get_location())
        return [nodes.Text(self.text)], []


class Statement(ClaimRole):
    def said(self, page, claim, measured):
        return nodes.Text(claim["statement"])


class Outcome(ClaimRole):
    def said(self, page, claim, measured):
        _, place = claim_place(claim["id"])
        uri = self.env.app.builder.get_relative_uri(self.env.docname, page)
        text = f"Measured: {short(claim, measured)}"
        return nodes.reference("", text, refuri=f"{uri}#{place}")


class Verdicts(SphinxRole):
    def run(self):
        found = [claim.get("verdict") for _, _, claim, _ in sound(self.env)]
        if self.text not in (*filter(None, VERDICTS), "all", "notes"):
            logger.warning("no verdict is called %s", self.text, location=self.get_location())
        count = {"all": len(found), "notes": sum(map(bool, found))}
        number = count.get(self.text, found.count(self.text))
        uri = self.env.app.builder.get_relative_uri(self.env.docname, LEDGER)
        return [nodes.reference("", str(number), refuri=uri)], []
