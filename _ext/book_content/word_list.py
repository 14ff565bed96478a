"""The page *Glossary*: the terms of all chapters in one table, read from their word tables.

Every chapter ends with a table `English | Korean | meaning`. The directive `word-list` merges
these. A term with two Korean words, or a row that is not complete, is a warning, so the build
fails.
"""

import re

import nbformat
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .page_tables import parse, table
from .stored import notebooks

HEAD = ("English", "Korean", "Meaning", "Chapter")
WIDTHS = (22, 20, 44, 14)
TABLE = re.compile(
    r"^\| English \| Korean \| meaning \|\n\|[-| ]+\|\n((?:\|.*\|\n?)+)", re.MULTILINE
)
logger = logging.getLogger(__name__)


def words(path):
    """(English, Korean, meaning) of every row of a chapter's word tables."""
    for cell in nbformat.read(path, as_version=4).cells:
        for found in TABLE.findall(cell.source) if cell.cell_type == "markdown" else ():
            for line in found.strip().splitlines():
                yield [part.strip() for part in line.strip().strip("|").split("|")]


class WordList(SphinxDirective):
    def run(self):
        entries = {}
        for name, path in notebooks(self.env):
            self.env.note_dependency(path)
            for row in words(path):
                if len(row) != 3 or not all(row):
                    logger.warning("%s: a word needs English, Korean, meaning: %s", name, row)
                    continue
                english, korean, meaning = row
                entry = entries.setdefault(english.lower(), (english, korean, meaning, []))
                if entry[1] != korean:
                    logger.warning("%s is %s in %s, but %s before", english, korean, name, entry[1])
                entry[3].append(name)
        rows = [self.row(*entries[key]) for key in sorted(entries)]
        return [table(HEAD, WIDTHS, rows, "words-table")]

    def row(self, english, korean, meaning, chapters):
        links = nodes.paragraph()
        for name in chapters:
            uri = self.env.app.builder.get_relative_uri(self.env.docname, name)
            number = re.search(r"\d+", name).group().lstrip("0")
            links += [nodes.reference("", number, refuri=uri), nodes.Text(" ")]
        term = nodes.paragraph("", "", nodes.strong("", english))
        term["ids"].append("term-" + re.sub(r"[^a-z0-9]+", "-", english.lower()))
        return [[term], [nodes.paragraph("", korean)], parse(self, meaning), [links]]
