"""What the book shows of its own: claims, words, figures with captions, notebooks to run."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
from . import cited_figures, claims_ledger, downloads, folding, word_list  # noqa: E402


def setup(app):
    app.add_directive("claims-ledger", claims_ledger.ClaimsLedger)
    app.add_directive("word-list", word_list.WordList)
    app.add_role("fig", cited_figures.FigureRole())
    app.connect("doctree-read", claims_ledger.add_boxes)
    app.connect("doctree-read", cited_figures.add_words)
    app.connect("html-page-context", folding.add_switch)
    app.connect("build-finished", downloads.replace)
    app.connect("build-finished", cited_figures.write_files)
    return {"version": "1", "parallel_read_safe": True}
