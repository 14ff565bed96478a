"""What can be downloaded: chapters in the form that runs anywhere, assignments, the questions."""

from pathlib import Path

import make_assignments
import published_assignments
import question_bank
from runnable import runnable, write


def replace(app, exception):
    if exception or app.builder.name != "html":
        return
    for target in Path(app.outdir, "_sources", "chapters").glob("*.ipynb"):
        write(runnable(Path(app.srcdir, "chapters", target.name)), target)
    if app.config.language != "en":
        return  # the other edition leads to these
    published_assignments.lay(Path(app.outdir, "_sources"))
    make_assignments.pack(Path(app.outdir, published_assignments.ZIP))
    question_bank.write(Path(app.outdir, "questions"))
