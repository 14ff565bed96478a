"""What the download button gives: the chapter in the form that runs anywhere, not the source."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
from runnable import runnable, write  # noqa: E402


def replace(app, exception):
    if exception or app.builder.name != "html":
        return
    for target in Path(app.outdir, "_sources", "chapters").glob("*.ipynb"):
        write(runnable(Path(app.srcdir, "chapters", target.name)), target)
