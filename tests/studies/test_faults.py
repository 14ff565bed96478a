"""A table that is not whole is found before anything runs; a file that is damaged, when read."""

import numpy as np
import pytest
from study_sample import faults

from dlcourse import study
from dlcourse._csv import save_table
from dlcourse.tables import Table, read


def changed(table, **columns):
    return Table(table.name, table.header, {**table.columns, **columns})


def only(table, rows):
    return Table(table.name, table.header, {n: a[rows] for n, a in table.columns.items()})


def holed(values):
    values = values.astype(float)
    values[5] = np.nan
    return values


def test_a_whole_one_has_no_fault(small_rate):
    assert not faults("small-rate", small_rate)


FAULTS = {
    "a row is missing": lambda t: only(t, np.arange(1, len(t))),
    "a row stands there twice": lambda t: only(t, np.r_[0, np.arange(len(t))]),
    "two rows have changed places": lambda t: only(t, np.r_[1, 0, np.arange(2, len(t))]),
    "another seed": lambda t: changed(t, seed=t["seed"] + 1),
    "arms swapped": lambda t: changed(t, arm=np.where(t["arm"] == "plain", "norm", "plain")),
    "another rate": lambda t: changed(t, lr=t["lr"] * 2),
    "an empty cell": lambda t: changed(t, train=holed(t["train"])),
}


@pytest.mark.canary
@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_found(fault, small_rate):
    assert faults("small-rate", FAULTS[fault](small_rate))


def test_what_is_written_is_read_again(tmp_path):
    rows = [
        {"seed": 0, "arm": "a + b", "lr": 0.1, "limit": None, "error": 7.73},
        {"seed": 1, "lr": 1e-05, "arm": "c, d", "limit": float("inf"), "error": 1 / 3},
    ]
    save_table(tmp_path / "a_b.csv", {"code": "x: y", "kernel": "k"}, rows)
    table = read(tmp_path / "a_b.csv")
    assert (table.name, table.header) == ("a-b", {"code": "x: y", "kernel": "k"})
    assert table["seed"].dtype.kind == "i"
    assert table["arm"].tolist() == ["a + b", "c, d"]
    assert table["lr"].tolist() == [0.1, 1e-05]
    assert np.isnan(table["limit"][0])
    assert table["limit"][1] == np.inf
    assert table["error"] == pytest.approx([7.73, 1 / 3], abs=1e-8)


@pytest.mark.parametrize("text", ["", "a,b\n", "a,b\n1\n", "# k: v\na,b\n1,2\n3,4,5\n"])
def test_a_damaged_file_says_so(text, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"x\.csv is damaged"):
        read(path)


def test_errors_teach(small_rate):
    with pytest.raises(ValueError, match="there are: .*dropout-arms, .*small-rate"):
        study("nothing")
    table = small_rate
    with pytest.raises(KeyError, match="it has seed, arm, lr"):
        table["nothing"]
    with pytest.raises(KeyError, match="it has seed, arm, lr"):
        table.where(nothing=1)
    with pytest.raises(
        ValueError, match="no arm in small-rate is 'nothing'; there are norm, plain"
    ):
        table.where(arm="nothing")
    with pytest.raises(ValueError, match="they differ in lr"):
        table.per_seed("train", arm="plain")


def test_arms_are_paired_by_seed(small_rate):
    table = small_rate
    mixed = only(table, np.random.default_rng(0).permutation(len(table)))
    for arm in ("plain", "norm"):
        expected = table.per_seed("test 100", arm=arm, lr=0.01)
        assert np.array_equal(mixed.per_seed("test 100", arm=arm, lr=0.01), expected)
    means = table.means("test 100", by=("arm", "lr"))
    row = means.where(arm="norm", lr=0.01)
    assert row["test 100"][0] == pytest.approx(expected.mean())
    assert row["±"][0] == pytest.approx(expected.std(ddof=1) / 30**0.5)
    assert row["runs"][0] == 30


def test_a_table_shows_itself(small_rate):
    table = small_rate
    assert repr(table).splitlines()[0] == "small-rate: 120 rows, the first 20"
    assert len(repr(table).splitlines()) == 22
    assert table._repr_html_().count("<tr>") == 21
