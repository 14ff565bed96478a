"""The tables of the studies, and what is broken on purpose."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tables():
    """Every study's table by name."""
    from dlcourse import studies, study

    return {name: study(name) for name in studies.names()}


@pytest.fixture(scope="session")
def small_rate():
    """A table of which the tests of the machinery break copies: as if made today."""
    from study_code import code_hash

    from dlcourse import study
    from dlcourse.tables import Table

    table = study("small-rate")
    return Table(table.name, {**table.header, "code": code_hash(table.name)}, table.columns)


@pytest.fixture(scope="session")
def executor():
    """Child processes that compute rows as `make studies` does."""
    from run_studies import pool

    with pool() as executor:
        yield executor


@pytest.fixture
def copy_of_code(tmp_path):
    """A copy of the library's sources that a test may change."""
    import shutil

    ignore = shutil.ignore_patterns("__pycache__", "*.npz")
    shutil.copytree(ROOT / "dlcourse", tmp_path / "dlcourse", ignore=ignore)
    return tmp_path
