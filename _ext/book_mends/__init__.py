"""Faults and gaps of what the book is built with, mended on the way out."""

from . import (
    base_address,
    formulas,
    korean_words,
    launch_buttons,
    scrolled_blocks,
    sitemap,
    theme_fixes,
)


def setup(app):
    formulas.prepare(app)
    app.connect("config-inited", base_address.derive, 400)
    app.connect("doctree-read", formulas.split_lines)
    # After the theme has made its buttons and its list of sources (500).
    steps = [formulas.finish, launch_buttons.lead, theme_fixes.fix, korean_words.mark]
    for priority, step in enumerate(steps, 900):
        app.connect("html-page-context", step, priority)
    app.connect("build-finished", sitemap.sitemap)
    app.connect("build-finished", scrolled_blocks.leave_alone)
    return {"version": "1", "parallel_read_safe": True}
