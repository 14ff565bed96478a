"""The messages of a page: what a translator translates, block by block.

A message is one block of Markdown: a paragraph, a heading, a table cell, the title of a directive.
Formulas that stand alone, code, outputs and pictures are none: both editions share them. The
English term and the Korean word in a chapter's word table are none either, for each edition shows
both.
"""

import re

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

EXTENSIONS = {"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"}
PARSER = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS | {"linkify"}), RendererHTML)
TITLED = {"dropdown", "exercise", "grid-item-card", "admonition", "tab-item"}
CLOSED = {"bibliography", "solution-start", "solution-end", "eval-rst", "claims-ledger", "code"}
CLOSED |= {"word-list", "toctree", "code-block", "moving-figures", "assignment-list", "math"}
CLOSED |= {"notes-statements", "literalinclude", "autofunction", "autoclass", "automodule"}
DIRECTIVE = re.compile(r"^\{([\w-]+)\}\s*(.*?)\s*$")
OPTION = re.compile(r"^:(img-alt|alt): (.+)$", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
NO_WORDS = re.compile(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|\$[^$]*\$|https?://\S+|\{[^}]*\}|\]\([^)]*\)")
WORDS_TABLE = "English"  # the head of the first column of a chapter's word table


def has_words(content):
    """Whether there is anything to translate besides code, formulas and roles."""
    if re.fullmatch(r"LO-[\d.]+", content):
        return False
    return bool(re.search(r"[A-Za-z]{2,}", NO_WORDS.sub(" ", content)))


def pieces(text, first=0):
    """(first line, last line + 1, content) of each block of Markdown that a reader reads."""
    if front := FRONT_MATTER.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    row, column, words, cell = 0, -1, False, False
    for token in PARSER.parse(text):
        if token.type == "table_open":
            words = None
        elif token.type == "tr_open":
            row, column = token.map[0], -1
        elif token.type in ("td_open", "th_open"):
            column, cell = column + 1, True
        elif token.type in ("td_close", "th_close"):
            cell = False
        elif token.type == "inline" and token.content.strip():
            if words is None:
                words = token.content == WORDS_TABLE
            if words and cell and (column < 2 or token.content == "meaning"):
                continue
            start, end = token.map or (row, row + 1)
            yield first + start, first + end, token.content
        elif token.type in ("fence", "colon_fence"):
            yield from directive(token, first + token.map[0])


def directive(token, start):
    match = DIRECTIVE.match(token.info)
    if not match or match[1] in CLOSED:
        return
    if match[1] in TITLED and match[2]:
        yield start, start + 1, match[2]
    for option in OPTION.finditer(token.content):
        line = start + 1 + token.content[: option.start()].count("\n")
        yield line, line + 1, option[2]
    body = re.sub(r"^:[\w-]+:.*$", "", token.content, flags=re.MULTILINE)
    yield from pieces(body, start + 1)


def replace(text, say):
    """The Markdown with every piece replaced by what `say` makes of it."""
    lines = text.split("\n")
    found = [
        (start, end, content, say(" ".join(content.split("\n"))))
        for start, end, content in pieces(text)
        if has_words(content)
    ]
    for start, end, content, new in reversed(found):  # from the end: the other places hold
        old = content.split("\n")
        if new == " ".join(old):
            continue
        block = "\n".join(lines[start:end])
        for source in (content, content.replace("|", "\\|")):
            if source in block:
                place = _place(block, source)
                block = block[:place] + new + block[place + len(source) :]
                break
        else:  # a paragraph of several lines in a list or quotation
            block = block[: block.index(old[0])] + new
        lines[start:end] = block.split("\n")
    return "\n".join(lines)


def _place(block, source):
    """Where the content stands: a whole cell in a row of a table, else the first time."""
    if block.lstrip().startswith("|"):
        cell = re.search(r"(?<!\\)\|\s*(" + re.escape(source) + r")\s*(?=(?<!\\)\|)", block)
        if cell:
            return cell.start(1)
    return block.index(source)
