"""Code that is not read with the text lies folded; a switch below the title shows all of it."""

from collections import Counter

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from .cited_figures import Figure

SHOW, HIDE = "Show the code", "Hide the code"
SWITCH = '<button type="button" class="fold-switch" aria-pressed="false">Show all code</button>'


def add_switch(app, page, template, context, doctree):
    body = context.get("body", "")
    if '<details class="admonition hide' in body:
        context["body"] = body.replace("</h1>", f"</h1>\n{SWITCH}", 1)


def name_boxes(app, doctree):
    """Call the code of a cell by its figure or else its section: in a list of buttons, too."""
    times = Counter()
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and cell.get("hide_mode"):
            name = figure_of(cell) or f": {section_of(cell)}"
            times[name] += 1
            name += f", part {times[name]}" if times[name] > 1 else ""
            cell["prompt_show"], cell["prompt_hide"] = SHOW + name, HIDE + name


def figure_of(cell):
    for figure in cell.findall(Figure):
        return f" of {next(figure.findall(nodes.strong)).astext().rstrip('.')}"


def section_of(cell):
    while cell and not isinstance(cell, nodes.section):
        cell = cell.parent
    texts = cell.next_node(nodes.title).findall(nodes.Text) if cell else ["this page"]
    kept = [str(text) for text in texts if not isinstance(getattr(text, "parent", 0), nodes.math)]
    return " ".join("".join(kept).split())


def move_code(output, box, claim):
    """Take the code of the cell that an output belongs to, and lay it folded into a box."""
    cell = output
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    source = cell and cell.children[0]
    if source and source.get("nb_element") == "cell_code_source":
        cell.remove(source)
        cell["hide_mode"] = ""
        folded = HideCodeCellNode(
            prompt_show=f"{SHOW} of claim {claim}", prompt_hide=f"{HIDE} of claim {claim}"
        )
        folded["classes"].append("above-input")
        folded += source
        box += folded
