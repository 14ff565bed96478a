"""Re-run the claims of the book from another base seed: make claims SEED=10 [CHAPTER=1 or which].

Every chapter says `SEEDS = scale(range(10), ...)`; here it says `range(SEED, SEED + 10)` instead
of ten. Each claim is reported with how many of its cases hold and how many are needed, and each
interval that a chapter prints with the value that was measured. Nothing is stored.
"""

import os
import sys
import time
from pathlib import Path

import nbformat
import numpy as np

os.environ["MPLBACKEND"] = "Agg"
import matplotlib.pyplot as plt  # noqa: E402

import dlcourse  # noqa: E402
from dlcourse import plots  # noqa: E402

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"
SEEDS = "SEEDS = scale(range(10), "
failed = []


def report(kind, name, good, text):
    if not good:
        failed.append(f"{name}: {text}")
    print(f"  {kind} {name}: {text}{'' if good else '   <-- DOES NOT HOLD'}", flush=True)


def claim(id, statement, holds, at_least=0.9, *, within=None, **_):
    values = np.atleast_1d(np.asarray(holds))
    good = values if within is None else (within[0] <= values) & (values <= within[1])
    needed = int(np.ceil(at_least * values.size - 1e-9))
    text = f"holds in {good.sum()} of {good.size}, needed {needed}"
    if within is not None:
        text += f"; values {values.min():.4g} to {values.max():.4g} within {within}"
    report("claim", id, good.sum() >= needed, text)


def between(value, low, high, unit=""):
    text = f"{value:.4g}, expected {low:g} to {high:g} {unit}"
    report("value", "between", low <= value <= high, text)
    return f"{low:g} to {high:g} {unit}".rstrip()


def show(fig, alt):
    plt.close(fig)


def run(path, seed):
    """Run the code cells of one chapter in this process; a cell that fails is reported."""
    print(path.stem)
    cells = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    if not any(SEEDS in source for source in cells):
        report("chapter", path.stem, False, f"has no line {SEEDS}...)")
    names = {"__name__": "__main__", "display": lambda *args, **kwargs: None}
    for number, source in enumerate(cells, 1):
        if "google.colab" in source:
            continue
        code = source.replace(SEEDS, f"SEEDS = scale(range({seed}, {seed} + 10), ")
        try:
            exec(compile(code, f"{path.stem}, code cell {number}", "exec"), names)
        except Exception as error:
            report("cell", str(number), False, f"{type(error).__name__}: {error}")


def main(seed, chapter=None):
    dlcourse.claim, dlcourse.between, plots.show = claim, between, show
    pages = [*sorted(CHAPTERS.glob("[0-9][0-9]-*.ipynb")), CHAPTERS / "which-technique.ipynb"]
    if chapter:  # a number, or the beginning of a page's name
        begin = f"{int(chapter):02d}-" if chapter.isdigit() else chapter
        pages = [path for path in pages if path.stem.startswith(begin)]
        if not pages:
            sys.exit(f"there is no chapter {chapter!r} with claims; give 1 to 6, or which")
    for path in pages:
        start = time.process_time()
        run(path, int(seed))
        print(f"  ({time.process_time() - start:.0f} s of processor time)")
    print(f"{len(failed)} do not hold" + "".join(f"\n  {line}" for line in failed))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main(*sys.argv[1:])
