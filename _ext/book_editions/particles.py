"""A particle stays in the line of the short formula that it follows: $p$로, not $p$ / 로.

A word joiner does not do it: Chromium breaks behind the boxes of which a formula is made.
"""

import re

from docutils import nodes

SHORT = 24  # letters of TeX


def keep(app, doctree):
    for formula in list(doctree.findall(nodes.math)):
        after = formula.next_node(descend=False, siblings=True, ascend=False)
        particle = re.match("[가-힣]+[.,?!)]*", after) if isinstance(after, nodes.Text) else None
        if particle and len(formula.astext()) < SHORT:
            place = formula.parent.index(formula)
            kept = nodes.inline("", "", formula.deepcopy(), nodes.Text(particle[0]))
            kept["classes"].append("nobr")
            formula.parent[place : place + 2] = [kept, nodes.Text(after[particle.end() :])]
