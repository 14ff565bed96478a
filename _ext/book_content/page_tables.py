"""Tables as the site's generator wants them, and text of our own as it reads a page's."""

from docutils import nodes
from docutils.statemachine import StringList


def table(head, widths, rows, name):
    """A table whose rows are lists of cells, each a list of nodes; phones stack the cells."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec("", colwidth=width) for width in widths]
    group += nodes.thead("", _row([[nodes.paragraph("", text)] for text in head]))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=["stack", name])


def parse(directive, text):
    """The nodes of a Markdown text, read in the place of a directive."""
    node = nodes.Element()
    node.document = directive.state.document
    lines = StringList(text.splitlines(), directive.env.docname)
    directive.state.nested_parse(lines, 0, node)
    return node.children


def _row(cells):
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))
