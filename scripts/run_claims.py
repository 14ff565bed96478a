"""Run all claims anew from several base seeds: make claims BASES=6 [CHAPTER=1 or which].

Base 0 is the book. The others are 1000, 2000, ...: every seed of a chapter has `base` added, so
seeds, tuning seeds, splits and starting points all change. Nothing raises: claims, measured values
and tuned rates report to `dlcourse.rerun.records`. What each base reported goes to a journal in
build/claims at once, so a run that was stopped goes on where it was, and BASES=20 can be done in
parts. A journal is of one state of the page, of the library and of the tables that the page reads.

The entries of a claim are pooled. With their share p, the probability that its criterion is met
(so many of so many cases, each with probability p) must be at least 0.95. Values are listed where
they leave their range: a range is for another machine, so with other seeds that is no fault.
"""

import contextlib
import hashlib
import io
import math
import os
import re
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import nbformat
from run_studies import Journal, key
from study_code import reach

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
STRIDE = 1000  # a chapter uses fewer seeds than this
PROBABLE = 0.95


def code_cells(path):
    return [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def tables(cells):
    """The tables of the studies that a page names, and of those that these read."""
    text, folder = "\n".join(cells), ROOT / "dlcourse" / "studies"
    named = [p.stem for p in sorted(folder.glob("*.py")) if re.search(rf"\b{p.stem}\b", text)]
    named += [p.stem for p in sorted(folder.glob("*.csv")) if p.stem.replace("_", "-") in text]
    reached = {module for name in named for module, _ in reach(f"dlcourse.studies.{name}", "*")}
    return [p for p in sorted(folder.glob("*.csv")) if f"dlcourse.studies.{p.stem}" in reached]


def code_hash(path):
    """What the verdicts of a page depend on: its cells, the library's code, its studies' tables."""
    cells = code_cells(path)
    parts = [cells, sorted(reach("dlcourse", "*").items())]
    parts += [table.read_bytes() for table in tables(cells)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def run_all(pages, bases, workers=None, folder=ROOT / "build" / "claims"):
    """What every page reports with every base; what its journal has is not run again."""
    journals = {page: Journal(folder / f"{page.stem}.jsonl", code_hash(page)) for page in pages}
    pairs = [(page, base) for base in bases for page in pages]
    todo = [pair for pair in pairs if key({"base": pair[1]}) not in journals[pair[0]].done]
    fresh = {"mp_context": get_context("spawn"), "max_tasks_per_child": 1}
    with ProcessPoolExecutor(workers, **fresh) as pool:
        sent = {pool.submit(run, *pair): pair for pair in todo}
        for count, done in enumerate(as_completed(sent), 1):
            page, base = sent[done]
            journals[page].add({"base": base}, done.result(), None, None)
            print(f"{count} of {len(todo)}: {page.stem}, base {base}", flush=True)
    found = {page: [] for page in pages}
    for page, base in pairs:
        found[page] += journals[page].done[key({"base": base})]["numbers"]
    return found


def run(path, base):
    """Run the code cells of one page; return what was reported, each with its cell."""
    os.environ["MPLBACKEND"] = "Agg"
    import dlcourse
    from dlcourse import rerun

    dlcourse.base = rerun.base = base
    told, cells = [], code_cells(path)
    names = {"__name__": "__main__", "display": lambda *args, **kwargs: None}
    for number, source in enumerate(cells, 1):
        if "google.colab" in source:
            continue
        rerun.records = []
        try:
            # What a chapter prints and draws is not wanted here.
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, f"{path.stem}, code cell {number}", "exec"), names)
        except Exception as error:
            fault = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
            rerun.records.append({"kind": "cell", "name": "", "good": False, "fault": fault})
        told += [record | {"cell": number, "base": base} for record in rerun.records]
    return told


def probability(share, cases, needed):
    """That at least `needed` of `cases` hold, when each does with probability `share`."""
    ways = range(needed, cases + 1)
    return sum(math.comb(cases, k) * share**k * (1 - share) ** (cases - k) for k in ways)


def judge(records):
    """One row of the table: all runs of one claim, and whether something is wrong with it."""
    first = records[0]
    cases = sum(r["cases"] for r in records)
    share = sum(r["held"] for r in records) / cases
    chance = probability(share, first["cases"], first["needed"])
    faults = [] if chance >= PROBABLE else ["DOES NOT HOLD"]
    controlled = "-"
    if first["control"] is not None:
        held = sum(r["control"] for r in records)
        controlled = f"{held} of {cases}"
        if held / cases > first["control_at_most"] / first["cases"]:
            faults.append("CONTROL HOLDS")
    means = [r["effect"]["mean"] for r in records if r["effect"]]
    effect = f"{min(means):.3g} to {max(means):.3g} {first['unit']}" if means else "-"
    if first["effect_within"]:
        low, high = first["effect_within"]
        if not all(low <= mean <= high for mean in means):
            faults.append("EFFECT OUT OF RANGE")
    held = f"{round(share * cases)} of {cases}"
    row = [first["name"], first["criterion"], held, f"{chance:.3f}", controlled, effect]
    return [*row, ", ".join(faults) or "holds"], faults


def table(head, rows):
    """Columns wide enough for what they hold; long criteria are cut."""
    cells = [[text if len(text) <= 48 else text[:45] + "..." for text in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for row in (head, ["-" * width for width in widths], *cells):
        print(
            "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        )


HEAD = ["claim", "criterion", "held", "P(met)", "control held", "mean differences", "verdict"]


def report(page, records, bases):
    """Print the table of one page; return the faults in words."""
    claims, tuned, values, wrong = defaultdict(list), defaultdict(list), defaultdict(list), []
    for record in records:
        cell = f"cell {record['cell']}"
        if record["kind"] == "claim":
            claims[record["name"]].append(record)
        elif record["kind"] == "value":
            values[cell, record["low"], record["high"], record["unit"]].append(record)
        elif record["kind"] == "tuned":
            tuned[cell].append(record)
        else:
            wrong.append(f"{page} {cell}, base {record['base']}: {record['fault']}")
    print(f"\n{page}: {len(bases)} bases")
    rows = []
    for name, found in claims.items():
        row, faults = judge(found)
        rows.append(row)
        wrong += [f"{page} {name}: {fault}" for fault in faults]
    table(HEAD, rows)
    for cell, found in tuned.items():
        edges = [f"base {r['base']}: {r['fault']}" for r in found if not r["good"]]
        print(f"{cell}: {len(found)} rates tuned, {len(edges)} at an edge or in a coarse grid")
        wrong += [f"{page} {cell}, {edge}" for edge in edges]
    inside = sum(all(r["good"] for r in found) for found in values.values())
    print(f"{inside} of {len(values)} measured values stay in their range with all bases")
    for (cell, low, high, unit), found in values.items():
        if not all(r["good"] for r in found):
            seen = sorted(r["value"] for r in found)
            ends = f"{seen[0]:.4g} to {seen[-1]:.4g}"
            print(f"  {cell}: {ends} {unit}, range {low:g} to {high:g}")
    return wrong


def main(count, chapter=None, workers=""):
    for name, given in {"BASES": count, "WORKERS": workers or "1"}.items():
        if not given.isdecimal() or int(given) < 1:
            sys.exit(f"{name} must be a whole number of at least 1 but got {given!r}")
    bases = [STRIDE * k for k in range(int(count))]
    pages = sorted(p for p in CHAPTERS.glob("*.ipynb") if "claim(" in p.read_text("utf-8"))
    if chapter:  # a number, or the beginning of a page's name
        begin = f"{int(chapter):02d}-" if chapter.isdigit() else chapter
        pages = [path for path in pages if path.stem.startswith(begin)]
        if not pages:
            sys.exit(f"there is no chapter {chapter!r} with claims; give 1 to 6, or which")
    wrong = []
    for path, records in run_all(pages, bases, int(workers) if workers else None).items():
        wrong += report(path.stem, records, bases)
    print(f"\n{len(wrong)} faults" + "".join(f"\n  {line}" for line in wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
