"""What can be downloaded: chapters in the form that runs anywhere, and the question bank."""

from pathlib import Path

import question_bank
from runnable import runnable, write


def replace(app, exception):
    if exception or app.builder.name != "html":
        return
    for target in Path(app.outdir, "_sources", "chapters").glob("*.ipynb"):
        write(runnable(Path(app.srcdir, "chapters", target.name)), target)
    question_bank.write(Path(app.outdir, "questions"))
