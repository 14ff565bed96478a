"""Faults of what we build on, mended on the way out, all for readers with a screen reader."""

FIXES = [
    # A list whose children are no list items; and a role that is no longer one.
    ('role="list" class="citation-list"', 'class="citation-list"'),
    (' role="doc-biblioentry"', ""),
    # A button is called what is written on it.
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
]


def fix(app, page, template, context, doctree):
    for wrong, right in FIXES:
        context["body"] = context.get("body", "").replace(wrong, right)
