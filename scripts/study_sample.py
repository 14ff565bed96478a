"""Run some rows of the studies again and compare: what the tests do, and make studies CONFIRM=1.

Of n rows out of N, of which k are wrong, a sample finds at least one with probability
1 - C(N - k, n) / C(N, n): 0.30 for 36 rows if one in a hundred is wrong.
"""

from importlib.util import find_spec
from math import comb

import numpy as np
from run_studies import code_hash

from dlcourse import studies

ROWS = 36
TOLERANCE = 1e-6


def chance(wrong, total, rows=ROWS):
    """The probability that a sample holds at least one of the wrong rows."""
    return 1 - comb(total - wrong, rows) / comb(total, rows)


def runs_here(name):
    """Whether the libraries are installed that a study compares ours with: make peers."""
    return all(map(find_spec, getattr(studies.load(name), "NEEDS", ())))


def draw(tables, seed, rows=ROWS):
    """Rows of all tables together, each equally likely: a list of (name of the study, row)."""
    every = [
        (name, row)
        for name, table in sorted(tables.items())
        if runs_here(name)
        for row in range(len(table))
    ]
    picked = np.random.default_rng(seed).choice(len(every), min(rows, len(every)), replace=False)
    return [every[i] for i in sorted(picked)]


def rerun(picked, executor):
    """The numbers of these rows, computed anew, and the kernel that did it."""
    grids = {name: studies.load(name).grid() for name in {name for name, _ in picked}}
    futures = [executor.submit(studies.compute, name, grids[name][row]) for name, row in picked]
    return [future.result()[:2] for future in futures]


def wrong_rows(tables, picked, results):
    """What differs, a line each; with another kernel than the table's only in the mean."""
    found, others = [], {}
    for (name, row), (numbers, kernel) in zip(picked, results, strict=True):
        table = tables[name]
        if kernel != table.header["kernel"]:
            others.setdefault(name, []).append((row, numbers))
            continue
        for column, value in numbers.items():
            stored = table[column][row]
            new = np.nan if value is None else value
            if not np.isclose(new, stored, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True):
                found.append(f"{name}, row {row}, {column}: stored {stored}, computed {new}")
    for name, rows in others.items():
        found += wrong_means(tables[name], rows)
    return found


def wrong_means(table, rows):
    """Whether the means of the arms lie further apart than the study's own spread explains.

    Two runs that differ in rounding only are at worst two runs of two seeds: their difference
    has the standard deviation of the arm times the root of 2.
    """
    found = []
    for column in rows[0][1]:
        spread, arms, differences = spreads(table, column), arms_of(table), {}
        for row, numbers in rows:
            if numbers[column] is not None and not np.isnan(table[column][row]):
                differences.setdefault(arms[row], []).append(numbers[column] - table[column][row])
        for arm, values in differences.items():
            allowed = 4 * spread[arm] * (2 / len(values)) ** 0.5 + TOLERANCE
            if abs(np.mean(values)) > allowed:
                found.append(
                    f"{table.name}, {column} of {arm}: the mean of {len(values)} rows moved by "
                    f"{np.mean(values):.3g}, but their spread explains only {allowed:.3g}"
                )
    return found


def arms_of(table):
    """The arm of each row: all its settings but the seed and the rate."""
    settings = [name for name in studies.load(table.name).grid()[0] if name not in ("seed", "lr")]
    columns = [table[name].tolist() for name in settings]
    return [tuple(str(column[row]) for column in columns) for row in range(len(table))]


def spreads(table, column):
    """The standard deviation of a column in each arm, at least the usual one."""
    arms, own = arms_of(table), {}
    for arm in set(arms):
        values = table[column][[other == arm for other in arms]]
        values = values[~np.isnan(values)]
        own[arm] = float(np.std(values)) if len(values) else 0.0
    usual = float(np.median(list(own.values())))
    return {arm: max(value, usual) for arm, value in own.items()}


def faults(name, table):
    """What is wrong with a table before anything runs: its code, its grid, its numbers."""
    todo = f"make studies STUDY={name}"
    if table.header["code"] != code_hash(name):
        return [f"the code that {name} depends on has changed since its table was made: {todo}"]
    module, found = studies.load(name), []
    cells = module.grid()
    if len(cells) != len(table):
        return [f"{name}: the grid has {len(cells)} rows, the table {len(table)}: {todo}"]
    for column in cells[0]:
        wanted = [np.nan if cell[column] is None else cell[column] for cell in cells]
        same = [a == b or (a != a and b != b) for a, b in zip(table[column], wanted, strict=True)]
        if not all(same):
            found.append(
                f"{name}, row {same.index(False)}: {column} is not that of the grid: {todo}"
            )
    for column in set(table.columns) - set(cells[0]) - set(getattr(module, "MAY_BE_EMPTY", ())):
        if not np.isfinite(table[column]).all():
            found.append(f"{name}: {column} has an empty cell; say so in MAY_BE_EMPTY, or mend it")
    return found
