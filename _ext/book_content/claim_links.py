"""Every number of a claim is a link, wherever it stands, and so are the study group's *notes*.

C5.1 leads to its box; in the box, to its row on the page *Claims*. A number of the first edition
that is gone leads to the table of old numbers, and one that never was is a warning, so the build
fails. Where a chapter first speaks of the notes, it leads to the page that quotes them.
"""

import re

from book_facts import CHAPTERS, NOTES, NUMBER, OLD, anchor, claim_place, claims, old_claims
from docutils import nodes
from sphinx.util import logging

LEDGER, STATEMENTS = "chapters/claims", "chapters/notes"
# What is no running text, or a link already.
APART = (
    *(nodes.reference, nodes.literal, nodes.literal_block, nodes.doctest_block, nodes.math),
    *(nodes.math_block, nodes.title, nodes.rubric, nodes.raw, nodes.comment),
)
logger = logging.getLogger(__name__)


def running(doctree):
    """The pieces of running text of a page."""
    for text in list(doctree.findall(nodes.Text)):
        above = text.parent
        while (
            above is not None and not isinstance(above, APART) and above.tagname != "pending_xref"
        ):
            above = above.parent
        if above is None:
            yield text


def add_links(app, doctree):
    page = app.env.docname
    if page == f"chapters/{OLD}":
        mark_old_numbers(doctree)
    for text in running(doctree):
        if NUMBER.search(text):
            replace(text, [link(app, page, text, part) for part in split(NUMBER, text)])
    if page.split("/")[-1][:2].isdigit():
        for text in running(doctree):
            if found := NOTES.search(text):
                place = app.builder.get_relative_uri(page, STATEMENTS)
                there = nodes.reference("", found[0], refuri=place)
                start, end = text[: found.start()], text[found.end() :]
                replace(text, [nodes.Text(start), there, nodes.Text(end)])
                break


def split(pattern, text):
    """A text in pieces, every other one of which is found."""
    return re.split(f"({pattern.pattern})", text)


def link(app, page, text, part):
    """One piece of a text: as it stands, or a link if it is the number of a claim."""
    if not NUMBER.fullmatch(part):
        return nodes.Text(part)
    try:
        target, place = claim_place(part)
    except KeyError as error:
        logger.warning(error.args[0], location=page)
        return nodes.Text(part)
    target = f"chapters/{target}"
    if part in claims():  # read this page again when that one changes
        app.env.note_dependency(str(CHAPTERS / f"{claims()[part]}.ipynb"))
    box = text
    while box is not None and anchor(part) not in getattr(box, "attributes", {}).get("ids", ()):
        box = box.parent
    if box is not None:
        target = LEDGER
    uri = "" if target == page else app.builder.get_relative_uri(page, target)
    return nodes.reference("", part, refuri=f"{uri}#{place}", classes=["claim-number"])


def replace(text, parts):
    where = text.parent.index(text)
    text.parent[where : where + 1] = [part for part in parts if part.astext()]


def mark_old_numbers(doctree):
    """On the errata page first columns hold numbers of the first edition.

    In the table of old numbers they have anchors; above it they lead there, for today another
    claim may have the number.
    """
    for row in list(doctree.findall(nodes.row)):
        section = row
        while not isinstance(section, nodes.section):
            section = section.parent
        target = "old-numbers" in section["ids"]
        for text in list(row[0].findall(nodes.Text)):
            replace(text, [old(part, target) for part in split(NUMBER, text)])


def old(part, target):
    """One piece of a first column: as it stands, or a number with its anchor or its link."""
    if part not in old_claims():
        return nodes.Text(part)
    place = f"old-{anchor(part)}"
    if target:
        return nodes.literal("", part, ids=[place], classes=["old-number"])
    return nodes.reference("", part, refuri=f"#{place}", classes=["claim-number"])
