"""Confirm tables for code that moves no number: make studies CONFIRM=1 [STUDY=name].

A tenth of the rows runs again, at least 36 of each study and one of each arm. If all agree, the
table is marked with the hash of the new code, and says how many rows confirmed it; if one does
not, nothing is marked and the study must be computed anew.
"""

import sys

import numpy as np
from run_studies import ROOT, Journal, code_hash, pool, table_path
from study_sample import ROWS, arms_of, rerun, wrong_rows

from dlcourse import studies, study


def rows_to_run(table, seed):
    """One row of each arm, and others up to a tenth of the table or 36."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(table)).tolist()
    arms = arms_of(table)
    first = {arms[row]: row for row in order}
    others = [row for row in order if row not in first.values()]
    number = max(ROWS, len(table) // 10, len(first))
    return sorted([*first.values(), *others[: number - len(first)]])


def confirm(name, executor, seed=0, journals=ROOT / "build" / "studies"):
    """Confirm one table; returns what disagrees, a line each."""
    table, code = study(name), code_hash(name)
    old = table.header["code"]
    if old == code:
        print(f"{name}: its table is of today's code")
        return []
    picked = [(name, row) for row in rows_to_run(table, seed)]
    results = rerun(picked, executor)
    if foreign := {kernel for _, kernel in results} - {table.header["kernel"]}:
        return [f"{name}: its kernel is {table.header['kernel']}, here it is {foreign.pop()}"]
    wrong = wrong_rows({name: table}, picked, results)
    if not wrong:
        mark(table_path(name), code, f"{len(picked)} of {len(table)} rows run again")
        Journal.move(journals / f"{name}.jsonl", old, code)
        print(f"{name}: {len(picked)} of {len(table)} rows agree; marked")
    return wrong


def mark(path, code, confirmed):
    """Write another hash into the head of a table. The hash of all its rows stays there too."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    head = dict(line[2:].rstrip("\n").split(": ", 1) for line in lines if line.startswith("# "))
    head.setdefault("computed with code", head["code"])
    head |= {"code": code, "confirmed": confirmed}
    body = [line for line in lines if not line.startswith("#")]
    text = "".join([*(f"# {key}: {value}\n" for key, value in head.items()), *body])
    path.write_text(text, encoding="utf-8", newline="\n")


def main(names):
    wrong = []
    with pool() as executor:
        for name in names or studies.names():
            wrong += confirm(name, executor)
    if wrong:
        which = sorted({line.split(",")[0].split(":")[0] for line in wrong})
        todo = "; ".join(f"make studies STUDY={name}" for name in which)
        sys.exit("\n".join(wrong) + f"\nwhat to do: the numbers have moved: {todo}")


if __name__ == "__main__":
    main(sys.argv[1:])
