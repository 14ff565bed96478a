"""What run_notebook.mjs runs inside Pyodide: a notebook's code cells, one after the other.

Seconds are the processor's, which are the same on a busy machine.
"""

import contextlib
import io
import json
import os
import sys

os.environ["MPLBACKEND"] = "agg"


def seconds():
    from js import process

    return process.cpuUsage().user / 1e6


def run(path):
    """Run all code cells as a notebook's kernel does; print a line of JSON for each."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    for number, source in enumerate(sources, 1):
        said, start = io.StringIO(), seconds()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        report = {
            "cell": number,
            "seconds": round(seconds() - start, 1),
            "error": error and f"{type(error).__name__}: {error}",
            "said": said.getvalue(),
        }
        claim = getattr(result.result, "data", None)
        if type(result.result).__name__ == "Claim":
            report["claim"] = claim["id"]
            report["missed"] = result.result.missed
        print(json.dumps(report), file=sys.__stdout__, flush=True)
