"""The theme's script must not ask all blocks of a page for their width: `_static/scrolled.js` does.

It read and wrote in turns, and a chapter was laid out whole before a reader saw its first screen:
on a phone most of a second.
"""

import re
from pathlib import Path

from sphinx.util import logging

BLOCKS = re.compile(r'\["pre",[^\]]*\]\.join\(", "\)')
logger = logging.getLogger(__name__)


def leave_alone(app, exception):
    if exception or app.builder.name != "html":
        return
    script = Path(app.outdir, "_static", "scripts", "pydata-sphinx-theme.js")
    text, times = BLOCKS.subn('"[data-asked-by-theme]"', script.read_text(encoding="utf-8"))
    if times > 1 or (times == 0 and "[data-asked-by-theme]" not in text):
        logger.warning("the theme's script is another one: see _ext/book_mends/scrolled_blocks.py")
    script.write_text(text, encoding="utf-8")
