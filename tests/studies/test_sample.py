"""Some rows of all studies run again and agree; a row that was tampered with is found.

Another sample every time. Its seed is printed; STUDY_SEED=... takes it again.
"""

import os
import secrets

import numpy as np
import pytest
from study_sample import ROWS, chance, draw, faults, rerun, runs_here, wrong_means, wrong_rows

from dlcourse.tables import Table

SEED = int(os.environ.get("STUDY_SEED") or secrets.randbelow(10**6))


def test_sampled_rows_run_again_and_agree(tables, executor, capsys):
    old = [line for name, table in tables.items() for line in faults(name, table)]
    assert not old, "\n".join(old)  # at once: nothing is computed for a table that is old
    picked = draw(tables, SEED)
    with capsys.disabled():
        print(f"\n{len(picked)} rows of the studies run again: STUDY_SEED={SEED}", flush=True)
    results = rerun(picked, executor)
    wrong = wrong_rows(tables, picked, results)
    names = sorted({line.split(",")[0] for line in wrong})
    assert not wrong, (
        "\n".join(wrong)
        + f"\nSTUDY_SEED={SEED} repeats this sample. If the stored rows are wrong: "
        + "; ".join(f"make studies STUDY={name}" for name in names)
    )


def tampered(table, column, row, change):
    """A copy of a table with one number changed."""
    columns = {name: values.copy() for name, values in table.columns.items()}
    columns[column][row] = columns[column][row] + change
    return Table(table.name, table.header, columns)


CASES = [
    ("small-rate", "test 100", 3, -0.1),
    ("trial-tables", "valid", 200, 0.2),
    ("small-rate", "train", 70, 1e-5),
    ("dropout-arms", "test", 0, 0.01),
    ("dropout-rates", "valid", 0, -0.2),
    ("dropout-speed", "test 50", 0, 0.03),
    ("start-rates", "valid", 0, -0.2),
    ("start-arms", "test", 0, 0.01),
    ("residual-scale", "test", 0, 0.02),
    ("width-rates", "loss", 0, 0.001),
    ("one-rate", "valid", 0, 0.2),
    ("narrowing", "test plain", 0, 0.02),
    ("search-methods", "best of 64", 1, 0.2),
    ("trial-curves", "valid 9", 0, 0.2),
    ("held-back", "test", 0, 0.02),
    ("budget-rates", "valid", 0, 0.2),
    ("budget-arms", "test", 0, 0.02),
]


@pytest.fixture(scope="module")
def again(executor):
    """(name, row) of each case -> what it gives now; all at once, on all cores."""
    picked = [(name, row) for name, _, row, _ in CASES if runs_here(name)]
    return dict(zip(picked, rerun(picked, executor), strict=True))


@pytest.mark.canary
@pytest.mark.parametrize(("name", "column", "row", "change"), CASES)
def test_a_tampered_row_in_the_sample_is_found(name, column, row, change, tables, again):
    if not runs_here(name):
        pytest.skip("make peers")
    results = [again[name, row]]
    assert not wrong_rows(tables, [(name, row)], results)
    copy = {name: tampered(tables[name], column, row, change)}
    (line,) = wrong_rows(copy, [(name, row)], results)
    assert f"{name}, row {row}, {column}: stored" in line


def test_the_chance_of_finding_one_is_as_the_design_says(tables):
    total = sum(map(len, tables.values()))
    wrong = round(total / 100)
    assert chance(wrong, total) == pytest.approx(0.30, abs=0.02)
    bad = set(np.random.default_rng(0).choice(total, wrong, replace=False).tolist())
    every = [(name, row) for name in sorted(tables) for row in range(len(tables[name]))]
    place = {key: i for i, key in enumerate(every)}
    found = [any(place[key] in bad for key in draw(tables, seed)) for seed in range(1000)]
    assert np.mean(found) == pytest.approx(chance(wrong, total), abs=4 * (0.3 * 0.7 / 1000) ** 0.5)


def test_a_sample_is_repeatable_and_changes_with_its_seed(tables):
    assert draw(tables, 1) == draw(tables, 1) != draw(tables, 2)
    assert len(set(draw(tables, 1))) == ROWS


def noisy(table, picked, by):
    """What another kernel might give: each number of these rows moved by `by(spread)`."""
    values = table["test 100"]
    spread = np.std(values[table["arm"] == "plain"])
    return [(row, {"test 100": values[row] + by(spread)}) for row in picked]


def test_with_another_kernel_means_are_compared_with_the_spread(small_rate):
    table, rng = small_rate, np.random.default_rng(0)
    rows = range(10)
    assert not wrong_means(table, noisy(table, rows, lambda s: rng.normal(0, s / 2)))
    (line,) = wrong_means(table, noisy(table, rows, lambda s: 3 * s))
    assert "their spread explains only" in line


def test_another_kernel_is_noticed_by_its_name(small_rate):
    table = small_rate
    numbers = {"test 100": table["test 100"][0] + 1e-3}
    picked = [("small-rate", 0)]
    assert wrong_rows({"small-rate": table}, picked, [(numbers, table.header["kernel"])])
    assert not wrong_rows({"small-rate": table}, picked, [(numbers, "neoversen1, NumPy 2.4 plain")])
