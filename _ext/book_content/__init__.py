"""What the book shows of its own: claims, words, the words behind a figure, notebooks to run."""

from . import claims_ledger, downloads, figure_alt, folding, word_list


def setup(app):
    app.add_directive("claims-ledger", claims_ledger.ClaimsLedger)
    app.add_directive("word-list", word_list.WordList)
    app.connect("doctree-read", claims_ledger.add_boxes)
    app.connect("doctree-read", figure_alt.add_alt)
    app.connect("html-page-context", folding.add_switch)
    app.connect("build-finished", downloads.replace)
    return {"version": "1", "parallel_read_safe": True}
