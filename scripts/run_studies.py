"""Compute the tables of the studies: make studies [STUDY=name] [CLUSTER=tcp://scheduler:8786].

Rows are computed in child processes with one thread and the kernel named below, on all cores or
on a Dask cluster. Every finished row goes to a journal in build/studies at once: a run that was
stopped goes on where it was. When all rows of a grid are there, the table is written.
"""

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context

import numpy as np
from study_code import ROOT, code_hash

import dlcourse
from dlcourse import studies
from dlcourse._csv import save_table
from dlcourse.tables import read

# Two kernels round differently, and near the edge of stability one run's test error then differs
# by points. So all rows are computed with this one, which every x86 processor since 2013 has.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_CORETYPE": "Haswell",
    "OPENBLAS_L2_SIZE": "256",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
}
KERNEL = "Haswell"
SLOWEST = 20  # seconds that one row may take: the tests repeat it


@contextmanager
def pool(workers=None):
    """An executor whose processes read ENVIRONMENT before they load NumPy."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update(ENVIRONMENT)
    try:
        with ProcessPoolExecutor(workers or os.cpu_count(), get_context("spawn")) as executor:
            yield executor
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def cluster(address):
    """The same on a Dask cluster, whose workers were started with ENVIRONMENT."""
    from dask.distributed import Client

    return Client(address).get_executor()


class Journal:
    """The finished rows of one study, for one state of its code; older ones are set aside."""

    def __init__(self, path, code):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.done, lines = {}, []
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if lines and lines[0] != f'{{"code": "{code}"}}\n':
            path.replace(path.with_suffix(".old"))
            lines = []
        whole = [line for line in lines if line.endswith("\n")]  # a torn last line runs again
        for entry in map(json.loads, whole[1:]):
            self.done[key(entry["cell"])] = entry
        self.file = path.open("w", encoding="utf-8", newline="\n")
        self.file.write("".join(whole) or f'{{"code": "{code}"}}\n')
        self.file.flush()

    @staticmethod
    def move(path, old, new):
        """Keep the rows of a journal for other code, which was confirmed to give the same."""
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    def add(self, cell, numbers, kernel, seconds):
        entry = {"cell": cell, "numbers": numbers, "kernel": kernel, "seconds": seconds}
        self.done[key(cell)] = entry
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()


def key(cell):
    """A setting as text that can be looked up."""
    return json.dumps(cell, sort_keys=True)


def run(name, executor, folder=ROOT / "build" / "studies"):
    """Compute what is missing of a study and write its table; returns how many rows failed."""
    for other in getattr(studies.load(name), "AFTER", ()):
        refuse_if_old(other)
    start, cells, code = time.time(), studies.load(name).grid(), code_hash(name)
    journal = Journal(folder / f"{name}.jsonl", code)
    todo = [cell for cell in cells if key(cell) not in journal.done]
    print(f"{name}: {len(cells)} rows, {len(todo)} to compute", flush=True)
    failed, futures = 0, {executor.submit(studies.compute, name, cell): cell for cell in todo}
    for count, future in enumerate(as_completed(futures), 1):
        cell = futures[future]
        try:
            numbers, kernel, seconds = future.result()
        except KeyboardInterrupt:
            raise
        except Exception as error:  # the others go on
            failed += 1
            print(f"  {cell} failed: {type(error).__name__}: {error}", flush=True)
            continue
        if not kernel.startswith(KERNEL):
            settings = " ".join(f"{name}='{value}'" for name, value in ENVIRONMENT.items())
            sys.exit(
                f"error: a worker computed with the kernel {kernel}, but tables are made with "
                f"{KERNEL}\nwhat to do: start the workers with {settings}; if the processor has "
                f"no such kernel, use another machine"
            )
        journal.add(cell, numbers, kernel, seconds)
        if count % 50 == 0:
            print(f"  {count} of {len(todo)} after {time.time() - start:.0f} s", flush=True)
    if not failed:
        save(name, cells, code, [journal.done[key(cell)] for cell in cells])
    return failed


def save(name, cells, code, entries):
    """Write the table of a study."""
    kernels = sorted({entry["kernel"] for entry in entries})
    if len(kernels) > 1:
        sys.exit(
            f"error: rows of {name} come from several kernels: {'; '.join(kernels)}\n"
            f"what to do: delete build/studies/{name}.jsonl and run this again"
        )
    seconds = [entry["seconds"] for entry in entries]
    if max(seconds) > SLOWEST:
        slow = cells[int(np.argmax(seconds))]
        print(f"  warning: {slow} took {max(seconds):.0f} s; a row may take {SLOWEST} s: split it")
    header = {
        "study": name,
        "dlcourse": dlcourse.__version__,
        "numpy": np.__version__,
        "kernel": kernels[0],
        "bases": " ".join(map(str, studies.BASES)),
        "code": code,
        "seconds a row": f"{np.mean(seconds):.2f}",
        "seconds of the slowest row": f"{max(seconds):.1f}",
    }
    rows = [cell | entry["numbers"] for cell, entry in zip(cells, entries, strict=True)]
    path = table_path(name)
    save_table(path, header, rows)
    print(f"  wrote {path.name}: {path.stat().st_size / 1000:.0f} kB, {sum(seconds):.0f} s of CPU")


def table_path(name):
    """Where the table of a study lies."""
    return studies.FOLDER / f"{name.replace('-', '_')}.csv"


def refuse_if_old(name):
    """Stop unless the table that another study builds on is there, and of today's code."""
    path = table_path(name)
    if not path.is_file() or read(path).header["code"] != code_hash(name):
        sys.exit(f"error: the table of {name} is missing or old\nmake studies STUDY={name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("study", nargs="?", help="the name of one study; without it: all")
    parser.add_argument("--workers", type=int, help="processes; without it: one a core")
    parser.add_argument("--cluster", help="address of a Dask scheduler")
    given = parser.parse_args()
    names = studies.names()
    if given.study and given.study not in names:
        sys.exit(f"error: there is no study {given.study!r}\nwhat to do: name one of {names}")
    failed = 0
    if given.cluster:
        for name in [given.study] if given.study else names:
            failed += run(name, cluster(given.cluster))
    else:
        with pool(given.workers) as executor:
            for name in [given.study] if given.study else names:
                failed += run(name, executor)
    if failed:
        sys.exit(f"error: {failed} rows failed\nwhat to do: see above; run again, the rest is kept")


if __name__ == "__main__":
    main()
