"""What the download button gives: the chapter in the form that runs anywhere, not the source."""

from pathlib import Path

from runnable import runnable, write


def replace(app, exception):
    if exception or app.builder.name != "html":
        return
    for target in Path(app.outdir, "_sources", "chapters").glob("*.ipynb"):
        write(runnable(Path(app.srcdir, "chapters", target.name)), target)
