"""Run notebooks in place and store their outputs: all, or those given by number or name.

A figure with a name is stored a second time as SVG, in chapters/figures.
With --fresh every picture is drawn anew, also where nothing else of its cell has changed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import figure_files
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from dlcourse._figures import KEPT

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"
PICTURES = {"image/png", "image/svg+xml"}
DRAWS = [f":(top)dlcourse/{name}.py" for name in ("plots", "_figures", "_svg")]
# Pinned, so that a file does not change with the Python that ran it.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def tidy(nb):
    """Drop what would differ from run to run."""
    nb.metadata = nbformat.from_dict(METADATA)
    for cell in nb.cells:
        for key in ("execution", "ExecuteTime", "collapsed", "scrolled", "jupyter"):
            cell.metadata.pop(key, None)
        if cell.cell_type == "code":
            # One stream in several pieces is one stream, however the pieces fell.
            merged = []
            for output in cell.outputs:
                last = merged[-1] if merged else {}
                if output.output_type == "stream" == last.get("output_type") and (
                    output.name == last["name"]
                ):
                    last["text"] += output.text
                else:
                    merged.append(output)
            cell.outputs = merged
    return nb


def without_pictures(outputs):
    """The outputs as text and data alone, in a form that can be compared."""
    kept = json.loads(json.dumps(outputs))
    for output in kept:
        for kind in PICTURES & set(output.get("data", {})):
            output["data"][kind] = "a picture"
    return json.dumps(kept, sort_keys=True)


def committed(path):
    """The code cells of the last commit; none where what draws figures has changed since."""

    def git(*words):
        return subprocess.run(["git", *words], cwd=path.parent, capture_output=True, text=True)

    last = git("log", "-1", "--format=%H", "--", path.name).stdout.strip()
    if not last or git("diff", "--quiet", last, "--", *DRAWS).returncode:
        return []
    nb = nbformat.reads(git("show", f"HEAD:./{path.name}").stdout, as_version=4)
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def keep_pictures(old, nb, path):
    """Give a cell its old pictures back if its source and all that it says are as before.

    Another processor rounds in another way, and a curve of one run moves by a pixel: a change
    of a sentence would then be hidden between pictures that nobody has changed. Where the SVG
    of the old picture is not there, both are new.
    """
    before = defaultdict(list)
    for cell in old:
        before[cell.source, without_pictures(cell.outputs)].append(cell.outputs)
    for cell in nb.cells:
        same = cell.cell_type == "code" and before[cell.source, without_pictures(cell.outputs)]
        outputs = same.pop(0) if same else []
        figures = figure_files.named(nbformat.from_dict({"cells": [{"outputs": outputs}]}))
        whole = (figure_files.is_whole(path.parent, path.stem, n, png) for n, _, png in figures)
        if outputs and all(whole):
            cell.outputs = outputs


def run(path, fresh=False):
    nb = nbformat.read(path, as_version=4)
    start = time.perf_counter()
    client = NotebookClient(
        nb,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    with tempfile.TemporaryDirectory() as drawn:
        client.execute(env={**os.environ, KEPT: drawn})
        keep_pictures([] if fresh else committed(path), tidy(nb), path)
        figure_files.store(path, nb, drawn)
    nbformat.write(nb, path)
    print(f"{path.name}: stored, {time.perf_counter() - start:.0f} s")


def main(names):
    fresh, names = "--fresh" in names, [name for name in names if name != "--fresh"]
    paths = sorted(CHAPTERS.glob("*.ipynb"))
    if names:
        wanted = {name.zfill(2) for name in names}  # 1 is chapter 01
        paths = [path for path in paths if path.name[:2] in wanted or path.stem in wanted]
    if not paths:
        sys.exit(
            "error: no such chapter\nwhat to do: give its number or name: make notebooks CHAPTER=1"
        )
    for path in paths:
        try:
            run(path, fresh)
        except CellExecutionError as error:
            sys.exit(
                f"{error}\nerror: a cell of {path.name} failed, the file is unchanged\n"
                "what to do: mend the cell above and run again"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
