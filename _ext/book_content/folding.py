"""Code that is not read with the text lies folded; a switch below the title shows all of it."""

from myst_nb.sphinx_ import HideCodeCellNode

SWITCH = '<button type="button" class="fold-switch" aria-pressed="false">Show all code</button>'


def add_switch(app, page, template, context, doctree):
    body = context.get("body", "")
    if '<details class="admonition hide' in body:
        context["body"] = body.replace("</h1>", f"</h1>\n{SWITCH}", 1)


def move_code(output, box):
    """Take the code of the cell that an output belongs to, and lay it folded into a box."""
    cell = output
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    source = cell and cell.children[0]
    if source and source.get("nb_element") == "cell_code_source":
        cell.remove(source)
        cell["hide_mode"] = ""
        folded = HideCodeCellNode(
            prompt_show="Show the code of this claim", prompt_hide="Hide the code of this claim"
        )
        folded["classes"].append("above-input")
        folded += source
        box += folded
