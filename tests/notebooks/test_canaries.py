"""Canaries: notebooks that are broken on purpose must make the checks fail.

Each is a small notebook, run by the same nbval command as the chapters. The sound one comes
first: it must pass, or the others would prove nothing.
"""

import re

import nbformat
import pytest
from canary import copy, executed, nbval
from prose import sourced
from rules import checked, described, headings, scaled, stable, stored

pytestmark = pytest.mark.canary

NUMBERS = """import numpy as np

print(np.round(np.random.default_rng(0).random(3), 3))"""
CLAIM = """from dlcourse import claim

claim("C0.1", "A canary sings.", np.ones(10, dtype=bool))"""


@pytest.fixture(scope="module")
def sound():
    """A notebook with a printed number and a claim, as `make notebooks` would store it."""
    return executed([NUMBERS, CLAIM])


@pytest.fixture
def canary(sound):
    """A fresh copy, to be broken."""
    return copy(sound)


def test_the_sound_one_passes(canary, tmp_path):
    code, report = nbval(canary, tmp_path)
    assert code == 0, report
    assert not stored(canary)
    assert not stable(canary)


def test_a_changed_digit_fails(canary, tmp_path):
    output = canary.cells[0].outputs[0]
    digit = re.search(r"\d(?=\D*$)", output.text)
    changed = str((int(digit.group()) + 1) % 10)
    output.text = output.text[: digit.start()] + changed + output.text[digit.end() :]
    code, report = nbval(canary, tmp_path)
    assert code == 1, report
    assert "1 failed" in report


def test_stripped_outputs_fail(canary, tmp_path):
    for cell in canary.cells:
        cell.outputs, cell.execution_count = [], None
    assert nbval(canary, tmp_path)[0] == 0, "nbval alone notices it now: simplify this canary"
    assert any("execution counts" in fault for fault in stored(canary))


def test_one_stripped_output_fails(canary, tmp_path):
    canary.cells[0].outputs = []
    assert any("stores no output" in fault for fault in stored(canary))
    assert nbval(canary, tmp_path)[0] == 1


def test_a_false_claim_fails(canary, tmp_path):
    canary.cells[1].source = canary.cells[1].source.replace("np.ones", "np.zeros")
    code, report = nbval(canary, tmp_path)
    assert code == 1, report
    assert "0 of 10" in report


def notebook(source="1", text=None, data=None, alt=None):
    """One executed cell that stores a given output, for the rules alone."""
    cell = nbformat.v4.new_code_cell(source, execution_count=1)
    if text is not None:
        cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
    if data is not None:
        metadata = {"image/png": {"alt": alt}} if alt else {}
        cell.outputs = [nbformat.v4.new_output("display_data", data, metadata=metadata)] * 2
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.parametrize(
    "text",
    [
        "<object object at 0x7f3c2a1b4d90>",
        "/home/someone/chapter",
        "Traceback (most recent call last)",
        "Text(0.5, 1.0, 'loss')",
        "it took 1.7 ms",
        "0.12345678901234",
    ],
)
def test_unstable_text_is_noticed(text):
    assert stable(notebook(text=text))


@pytest.mark.parametrize("alt", [None, "a figure", "Error falls as the rate rises, then it rises."])
def test_missing_short_or_repeated_alt_is_noticed(alt):
    assert described(notebook(data={"image/png": "iVBORw0KGgo="}, alt=alt))


def test_missing_heading_is_noticed():
    assert headings(notebook())


def test_missing_scale_cell_is_noticed():
    assert scaled(notebook("SEEDS = range(10)"))
    assert scaled(notebook("SEEDS = scale(range(10), range(2))"))
    assert not scaled(notebook("SEEDS = scale(range(base, base + 10), range(base, base + 2))"))


def test_unchecked_cells_are_noticed():
    nb = notebook("# NBVAL_SKIP")
    nb.cells += notebook("# NBVAL_SKIP").cells
    assert checked(nb)


def prose(text, code="rate = 0.3"):
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(code)]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(
    "text",
    [
        "The error falls to 7.4 %.",
        "It is 12 percent better.",
        "A factor of 2.5 was measured.",
        "| 1.7 |",
    ],
)
def test_a_number_without_a_source_is_noticed(text):
    assert sourced(prose(text))


@pytest.mark.parametrize(
    "text",
    [
        "The error falls to {glue:text}`error`.",
        "They report 12.3 % {cite:p}`someone2014`.",
        "So $0.25 + 0.5 = 0.75$, and $$x = 1.5$$",
        "At rate 0.3, or 30 %, we keep 70 %.",
        "See claim C1.2, LO-1.3 and `x = 2.5`.",
    ],
)
def test_a_number_with_a_source_passes(text):
    assert not sourced(prose(text))
