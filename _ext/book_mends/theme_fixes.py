"""Faults of what we build on, mended on the way out, for screen readers and the keyboard."""

FIXES = [
    # A list whose children are no list items; and a role that is no longer one.
    ('role="list" class="citation-list"', 'class="citation-list"'),
    (' role="doc-biblioentry"', ""),
    # A button is called what is written on it.
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
    # From a source back to the text leads the browser's own way back.
    ('role="doc-backlink"', 'role="doc-backlink" tabindex="-1"'),
]
FOOT = '<p class="claim-foot"><a '
# The arrow beside a chapter in the list of pages, which has no name.
ARROW = '<summary><span class="toctree-toggle"'
NAMED = '<summary aria-label="Beyond this chapter"><span class="toctree-toggle"'


def fix(app, page, template, context, doctree):
    body = context.get("body", "")
    for wrong, right in FIXES:
        body = body.replace(wrong, right)
    # Each claim links to the same explanation; the keyboard stops at the first.
    before, *others = body.split(FOOT)
    head, tail = [before, *others[:1]], others[1:]
    context["body"] = f'{FOOT}tabindex="-1" '.join([FOOT.join(head), *tail])
    pages = context.get("generate_toctree_html")
    if pages:
        context["generate_toctree_html"] = lambda *given, **settings: str(
            pages(*given, **settings)
        ).replace(ARROW, NAMED)
