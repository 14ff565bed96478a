"""`make studies` keeps what is finished, writes a table when it is whole, marks what agrees."""

import json
from concurrent.futures import Future

import confirm_studies
import numpy as np
import pytest
import run_studies

from dlcourse import studies
from dlcourse.tables import read

NAME = "small-rate"


class Here:
    """An executor that looks rows up in the stored table instead of computing them."""

    def __init__(self, table, kernel=None, fails=()):
        self.table, self.fails, self.calls = table, fails, []
        self.kernel = kernel or table.header["kernel"]
        self.rows = [run_studies.key(cell) for cell in studies.load(NAME).grid()]

    def submit(self, function, name, cell):
        row, future = self.rows.index(run_studies.key(cell)), Future()
        self.calls.append(row)
        settings = {"seed", "arm", "lr"}
        numbers = {n: float(a[row]) for n, a in self.table.columns.items() if n not in settings}
        if row in self.fails:
            future.set_exception(RuntimeError("on purpose"))
        else:
            future.set_result((numbers, self.kernel, 1.0))
        return future


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(studies, "FOLDER", tmp_path)
    monkeypatch.setattr(run_studies.studies, "FOLDER", tmp_path)
    return tmp_path


def test_a_run_that_was_stopped_goes_on(small_rate, folder):
    table = small_rate
    assert run_studies.run(NAME, Here(table, fails={5, 7}), folder) == 2
    assert not list(folder.glob("*.csv"))
    with (folder / "small-rate.jsonl").open("a") as file:
        file.write('{"cell": {"seed"')  # torn by a crash
    second = Here(table)
    assert run_studies.run(NAME, second, folder) == 0
    assert second.calls == [5, 7]
    again = read(folder / "small_rate.csv")
    for column, values in table.columns.items():
        assert np.array_equal(again[column], values), column
    assert again.header["kernel"] == table.header["kernel"]
    third = Here(table)
    assert run_studies.run(NAME, third, folder) == 0
    assert third.calls == []


def test_rows_of_other_code_are_set_aside(small_rate, folder, monkeypatch):
    run_studies.run(NAME, Here(small_rate), folder)
    monkeypatch.setattr(run_studies, "code_hash", lambda name: "0" * 16)
    anew = Here(small_rate)
    run_studies.run(NAME, anew, folder)
    assert len(anew.calls) == len(small_rate)
    assert (folder / "small-rate.old").is_file()
    assert read(folder / "small_rate.csv").header["code"] == "0" * 16


def test_another_kernel_is_refused(small_rate, folder):
    with pytest.raises(SystemExit, match="OPENBLAS_CORETYPE='Haswell'"):
        run_studies.run(NAME, Here(small_rate, kernel="SkylakeX, NumPy 2.4 X86_V4"), folder)
    assert not list(folder.glob("*.csv"))


def test_the_children_have_the_kernel(executor):
    assert executor.submit(studies.kernel).result().startswith(run_studies.KERNEL)


def test_no_number_is_an_error():
    with pytest.raises(ValueError, match="say None"):
        studies.check({"seed": 0}, {"error": float("nan")})


@pytest.fixture
def changed_code(small_rate, folder, monkeypatch):
    run_studies.run(NAME, Here(small_rate), folder)
    monkeypatch.setattr(confirm_studies, "study", lambda name: read(folder / "small_rate.csv"))
    monkeypatch.setattr(confirm_studies, "code_hash", lambda name: "1" * 16)
    return folder


def test_code_that_moves_no_number_is_confirmed(small_rate, changed_code):
    old, here = small_rate.header["code"], Here(small_rate)
    assert confirm_studies.confirm(NAME, here, journals=changed_code) == []
    assert len(here.calls) == 36
    arms = {(small_rate["arm"][row]) for row in here.calls}
    assert arms == {"plain", "norm"}
    again = read(changed_code / "small_rate.csv")
    assert again.header["code"] == "1" * 16
    assert again.header["computed with code"] == old
    assert again.header["confirmed"] == "36 of 120 rows run again"
    assert len(again) == 120
    first = (changed_code / "small-rate.jsonl").read_text().splitlines()[0]
    assert json.loads(first) == {"code": "1" * 16}


def test_code_that_moves_numbers_is_not(small_rate, changed_code):
    columns = {
        n: a + 0.1 * (n == "train") if n != "arm" else a for n, a in small_rate.columns.items()
    }
    moved = type(small_rate)(NAME, small_rate.header, columns)
    wrong = confirm_studies.confirm(NAME, Here(moved), journals=changed_code)
    assert len(wrong) == 36
    assert read(changed_code / "small_rate.csv").header["code"] == small_rate.header["code"]


def test_nothing_is_confirmed_with_another_kernel(small_rate, changed_code):
    (line,) = confirm_studies.confirm(NAME, Here(small_rate, "ARMV8"), journals=changed_code)
    assert "here it is ARMV8" in line
