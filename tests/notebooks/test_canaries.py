"""Canaries: notebooks that are broken on purpose must make the checks fail.

Each is a small notebook, run by the same nbval command as the chapters. The sound one comes
first: it must pass, or the others would prove nothing.
"""

import re

import nbformat
import pytest
from canary import copy, executed, nbval, passed
from prose import sourced
from rules import checked, described, scaled, stable, stored

pytestmark = pytest.mark.canary

NUMBERS = """import numpy as np

print(np.round(np.random.default_rng(0).random(3), 3))"""
CLAIM = """from dlcourse import claim

claim("C0.1", "A canary sings.", np.ones(10, dtype=bool))"""


def changed_digit(number, claim):
    text = number.outputs[0].text
    digit = re.search(r"\d(?=\D*$)", text)
    changed = str((int(digit.group()) + 1) % 10)
    number.outputs[0].text = text[: digit.start()] + changed + text[digit.end() :]


def one_stripped(number, claim):
    number.outputs = []


def stripped(number, claim):
    for cell in (number, claim):
        cell.outputs, cell.execution_count = [], None


def false_claim(number, claim):
    claim.source = claim.source.replace("np.ones", "np.zeros")


def unchanged(number, claim):
    pass


# What is done to the two cells -> the verdict of nbval on each of them.
DONE = {
    unchanged: [True, True],
    changed_digit: [False, True],
    one_stripped: [False, True],
    stripped: [True, True],  # nbval alone does not notice: a rule does
    false_claim: [True, False],
}


@pytest.fixture(scope="module")
def broken():
    """For each change: a notebook with a printed number and a claim, as `make notebooks` stores
    it, then changed.
    """
    sound = executed([NUMBERS, CLAIM])
    notebooks = {change: copy(sound) for change in DONE}
    for change, nb in notebooks.items():
        change(*nb.cells)
    return notebooks


@pytest.fixture(scope="module")
def seen(broken, tmp_path_factory):
    """The report of nbval on all of them, as the cells of one notebook: it runs once."""
    cells = [cell for nb in broken.values() for cell in copy(nb).cells]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    nb = nbformat.v4.new_notebook(cells=cells)
    return nbval(nb, tmp_path_factory.mktemp("canaries"))


def test_nbval_notices_what_was_changed(broken, seen):
    code, report = seen
    assert code == 1, report
    assert list(passed(report).values()) == [passes for pair in DONE.values() for passes in pair]
    assert "0 of 10" in report


def test_the_sound_one_passes(broken, tmp_path):
    code, report = nbval(broken[unchanged], tmp_path)
    assert code == 0, report
    assert not stored(broken[unchanged])
    assert not stable(broken[unchanged])


@pytest.mark.parametrize(
    ("change", "said"), [(stripped, "execution counts"), (one_stripped, "stores no output")]
)
def test_a_rule_notices_stripped_outputs(broken, change, said):
    assert any(said in fault for fault in stored(broken[change]))


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
