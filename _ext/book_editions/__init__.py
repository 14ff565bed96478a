"""The English and the Korean edition of the book: what they owe each other."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
from . import korean_pages, partners  # noqa: E402


def setup(app):
    app.add_config_value("edition_words", {}, "env")
    app.add_config_value("edition_anchors", "", "env")
    # Before the theme (500), which drops templates that come out empty.
    app.connect("html-page-context", partners.add, 400)
    app.connect("build-finished", partners.sitemap, 900)
    app.connect("config-inited", korean_pages.start)
    return {"version": "1", "parallel_read_safe": True}
