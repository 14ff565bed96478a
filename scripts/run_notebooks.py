"""Run notebooks in place and store their outputs: all, or those given by number or name."""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"
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


def run(path):
    nb = nbformat.read(path, as_version=4)
    start = time.perf_counter()
    NotebookClient(
        nb,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    nbformat.write(tidy(nb), path)
    print(f"{path.name}: stored, {time.perf_counter() - start:.0f} s")


def main(names):
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
            run(path)
        except CellExecutionError as error:
            sys.exit(
                f"{error}\nerror: a cell of {path.name} failed, the file is unchanged\n"
                "what to do: mend the cell above and run again"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
