"""Hints and solutions of exercises: `<details>` that need no script, each with a name of its own.

sphinx-exercise leaves solutions to a script whose buttons are all called "Toggle hidden content".
"""

from docutils import nodes
from sphinx_design.dropdown import dropdown_main, dropdown_title
from sphinx_design.icons import get_octicon
from sphinx_design.shared import create_component
from sphinx_exercise.nodes import is_exercise_enumerable_node, is_solution_node

MARKER = "sd-summary-state-marker sd-summary-chevron-right"


def name_hints(doctree):
    """Say to a screen reader which exercise a hint is for; whoever sees it sees that, too."""
    exercise = None
    for node in doctree.findall():
        if is_exercise_enumerable_node(node):
            exercise = node[0].astext().strip()
        elif isinstance(node, dropdown_title) and exercise and node[0].astext() == "Hint":
            node[0] += nodes.inline(
                "", f" for the exercise {exercise}", classes=["visually-hidden"]
            )


def fold(app, doctree, page):
    if app.builder.format != "html":
        return
    name_hints(doctree)
    for solution in list(doctree.findall(is_solution_node)):
        title, *content = solution.children
        # Words without a link, which would be a control within a control.
        name = nodes.inline("", title.astext(), classes=["sd-summary-text"])
        marker = nodes.raw("", get_octicon("chevron-right", height="1.5em"), format="html")
        summary = dropdown_title(classes=["sd-summary-title", "sd-card-header"])
        summary += [name, nodes.inline("", "", marker, classes=MARKER.split())]
        box = dropdown_main(opened=False, ids=solution["ids"], classes=["solution"])
        box["classes"] += ["sd-sphinx-override", "sd-dropdown", "sd-card", "sd-mb-3"]
        inside = ["sd-summary-content", "sd-card-body"]
        box += [summary, create_component("dropdown-body", inside, children=content)]
        solution.replace_self(box)
