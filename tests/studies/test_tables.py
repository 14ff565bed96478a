"""The tables are whole, small, of today's code, and say how they were made."""

import numpy as np
import pytest
from run_studies import KERNEL, SLOWEST, table_path
from study_sample import ROWS, faults

from dlcourse import studies

NAMES = studies.names()


def test_a_table_and_a_study_for_each_other():
    files = {path.stem.replace("_", "-") for path in studies.FOLDER.glob("*.csv")}
    assert files == set(NAMES)
    assert not list(studies.FOLDER.glob("*.new"))


@pytest.mark.parametrize("name", NAMES)
def test_the_table_is_whole_and_of_todays_code(name, tables):
    assert not (found := faults(name, tables[name])), "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_grid_stands_there_once(name):
    cells = [str(sorted(cell.items())) for cell in studies.load(name).grid()]
    assert len(set(cells)) == len(cells)


@pytest.mark.parametrize("name", NAMES)
def test_the_study_says_its_question(name):
    module = studies.load(name)
    assert module.__doc__.splitlines()[0].endswith("?")
    assert all(f.__doc__ for f in (module.run, module.grid))


@pytest.mark.parametrize("name", NAMES)
def test_the_header_says_how_it_was_made(name, tables):
    header = tables[name].header
    assert header["kernel"].startswith(KERNEL)
    assert header["bases"] == " ".join(map(str, studies.BASES))
    assert {"study", "dlcourse", "numpy", "kernel", "bases", "code"} <= header.keys()
    assert header["study"] == name


@pytest.mark.parametrize("name", NAMES)
def test_every_base_seed_has_the_same_settings(name):
    by_base = {
        base: [
            cell["seed"] - base
            for cell in studies.load(name).grid()
            if base <= cell["seed"] < base + 1000
        ]
        for base in studies.BASES
    }
    first, *others = by_base.values()
    assert first
    assert all(sorted(other) == sorted(first) for other in others)


def test_sizes():
    sizes = [table_path(name).stat().st_size for name in NAMES]
    assert max(sizes) <= 100_000
    assert sum(sizes) <= 1_000_000


def test_a_sample_fits_its_budget(tables):
    """From what the tables say about their rows: no clock runs here."""
    rows = np.array([len(table) for table in tables.values()])
    seconds = np.array([float(table.header["seconds a row"]) for table in tables.values()])
    assert ROWS * (rows @ seconds) / rows.sum() <= 240 / 2  # a slow sample has room
    slowest = [float(table.header["seconds of the slowest row"]) for table in tables.values()]
    assert max(slowest) <= SLOWEST


def test_tuning_seeds_are_not_test_seeds(tables):
    tuning = tables["dropout-rates"]["seed"]
    used = {int(seed) + i for seed in tuning for i in range(studies.load("dropout-rates").RUNS)}
    assert not used & set(tables["dropout-arms"]["seed"].tolist())


def test_the_best_rate_is_never_at_the_edge(tables):
    for base in studies.BASES:
        assert studies.load("dropout-rates").best(tables["dropout-rates"], base)
