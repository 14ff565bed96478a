"""What makes the pages light: fewer elements, one small style sheet, small pictures and fonts."""

import logging

from . import icons, lean_code, one_style, pictures, used_rules

# Each step finds what the one before has left; all come after the theme's own (500).
PAGE = [lean_code.lean, pictures.lazily, one_style.one_style]
END = [pictures.convert, one_style.write, icons.icons, used_rules.prune]


def setup(app):
    logging.getLogger("fontTools").setLevel("WARNING")
    app.styles = {}  # the style sheets that pages ask for -> the one that they get
    for event, steps in (("html-page-context", PAGE), ("build-finished", END)):
        for priority, step in enumerate(steps, 950):
            app.connect(event, step, priority)
    return {"version": "1", "parallel_read_safe": True}
