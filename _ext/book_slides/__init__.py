"""A deck of slides for each chapter, written with the site: slides/05-optimizers.html."""

from pathlib import Path

from book_facts import CHAPTERS, numbers

from .deck import deck

FOLDER = "slides"


def write(app, exception):
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    for stem in numbers():
        text = deck(CHAPTERS / f"{stem}.ipynb")
        (folder / f"{stem}.html").write_text(text, encoding="utf-8")


def setup(app):
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True}
