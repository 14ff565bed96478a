"""Canaries for measured values, claims and texts: each lie makes a check fail."""

import json

import nbformat
import pytest
from canary import executed, nbval, notebook, passed
from criteria import translatable
from prose import sourced
from said import agrees, outside, typed_by_hand

pytestmark = pytest.mark.canary

SETUP = """import matplotlib.pyplot as plt
import numpy as np
from dlcourse import between, claim, glue, plots

rng = np.random.default_rng(0)
gains = rng.normal(2, 0.5, size=10)
noise = gains - 2
if_rare = gains > 0"""
VALUE = 'print("wrong:", between(9.7, 9, 10.5, "%"), "of 1000")'
NEGATIVE = 'print("gap:", between([-2.4, -2.6], -3, -2, "points"))'
EITHER = 'print("either:", between(-0.3, -1, 1))'
GLUED = 'text = glue("err", between([9.5, 9.9, 9.7], 9, 10.5, "%"))'
CLAIM = """claim("C0.1", "A canary sings.", if_rare, control=noise > 0, control_is="no song",
      effect=gains, unit="points")"""
SIZE = """claim("C0.2", "Its song has a size.", gains, within=(0, 4), effect=gains, unit="points",
      effect_within=(1, 3), why_no_control="it is a size")"""
FIGURE = """plots.show(plt.figure(figsize=(1, 1)), "A line climbs from the left to the right.",
           caption="The line climbs, and never falls.", name="line")"""

PASSES, FAILS = True, False
# Cell, what is stored, what it is changed to, what nbval says, what the rule `agrees` says.
CHANGES = [
    (VALUE, "≈9.7", "≈9.7", PASSES, PASSES),
    (VALUE, "≈9.7", "≈10.2", PASSES, PASSES),  # merely different, and inside its range
    (VALUE, "≈9.7", "≈11.7", PASSES, FAILS),  # outside its range
    (VALUE, "(9 to 10.5)", "(9 to 12.5)", FAILS, PASSES),
    (VALUE, "(9 to 10.5)", "", FAILS, FAILS),
    (VALUE, " %", " points", FAILS, PASSES),
    (VALUE, "≈9.7", "9.7", FAILS, PASSES),
    (VALUE, "≈9.7", "≈−9.7", FAILS, FAILS),
    (VALUE, "≈9.7", "≈ +9.7", FAILS, PASSES),
    (VALUE, "of 1000", "of 1001", FAILS, PASSES),  # a digit without a marker
    (NEGATIVE, "≈−2.5", "≈−2.6", PASSES, PASSES),
    (NEGATIVE, "≈−2.5", "≈2.5", FAILS, FAILS),
    (NEGATIVE, "± 0.1", "± 0.2", PASSES, PASSES),
    (NEGATIVE, " ± 0.1", "", FAILS, PASSES),
    (NEGATIVE, "−3 to", "3 to", FAILS, FAILS),
    (EITHER, "≈ −0.3", "≈ +0.3", PASSES, PASSES),
    (EITHER, "≈ −0.3", "≈ +1.3", PASSES, FAILS),
    (GLUED, "≈9.7 ± 0.1 %", "≈9.8 ± 0.1 %", PASSES, FAILS),  # not what its number gives
    (GLUED, '"value": 9.7', '"value": 11.7', PASSES, FAILS),
    (GLUED, '"low": 9', '"low": 8', FAILS, PASSES),
    (GLUED, " %", " points", FAILS, FAILS),
    (CLAIM, "here in 10 of 10", "here in 9 of 10", PASSES, FAILS),
    (CLAIM, "here in 10 of 10", "here in 10 of 11", FAILS, FAILS),
    (CLAIM, "here in 10 of 10", "in 10 of 10", FAILS, FAILS),
    (CLAIM, '"held": 10', '"held": 8', PASSES, FAILS),
    (CLAIM, "in at least 9 of", "in at least 8 of", FAILS, FAILS),
    (CLAIM, "(at most 7)", "(at most 9)", FAILS, FAILS),
    (CLAIM, "no song", "no bird", FAILS, PASSES),
    (CLAIM, "difference ≈ +", "difference ≈ −", PASSES, FAILS),
    (CLAIM, "points", "times", FAILS, PASSES),
    (CLAIM, '"control": ', '"control": 1', PASSES, FAILS),
    (SIZE, "difference ≈", "difference ≈−", FAILS, FAILS),
    (SIZE, "of 1 to 3 points", "of 1 to 4 points", FAILS, PASSES),
    (SIZE, '"mean": ', '"mean": 1', PASSES, FAILS),
    (FIGURE, "and never falls", "and then falls", FAILS, PASSES),
    (FIGURE, '"name": "line"', '"name": "curve"', FAILS, PASSES),
    (FIGURE, '"width": 100', '"width": 200', PASSES, PASSES),
]
# A cell that is run again with another source: the values moved, or the claim broke.
BROKEN = [
    (VALUE, "9.7", "10.3", PASSES),
    (VALUE, "9.7", "10.6", FAILS),
    (GLUED, "9.5, 9.9, 9.7", "9.4, 9.9, 10.4", PASSES),
    (GLUED, "9.5, 9.9, 9.7", "9.5, 9.9, 15", FAILS),
    (CLAIM, "if_rare,", "if_rare & (np.arange(10) > 0),", PASSES),
    (CLAIM, "if_rare,", "if_rare & (np.arange(10) > 1),", FAILS),
    (CLAIM, "noise > 0", "noise > -0.1", PASSES),
    (CLAIM, "noise > 0", "noise + 1 > 0", FAILS),  # the control holds
    (CLAIM, "effect=gains", "effect=gains + 0.1", PASSES),
    (SIZE, "effect=gains", "effect=gains + 2", FAILS),
]


@pytest.fixture(scope="module")
def sound():
    """Source of a cell -> the cell as it was run and stored."""
    sources = [SETUP, VALUE, NEGATIVE, EITHER, GLUED, CLAIM, SIZE, FIGURE]
    return dict(zip(sources, executed(sources).cells, strict=True))


def changed(cell, old, new):
    text = json.dumps(cell.outputs, ensure_ascii=False)
    assert old in text, f"{old} is not stored: {text}"
    cell = nbformat.from_dict(dict(cell))
    cell.outputs = nbformat.from_dict(json.loads(text.replace(old, new)))
    return cell


@pytest.fixture(scope="module")
def verdicts(sound, tmp_path_factory):
    """All changes as the cells of one notebook: nbval's verdict on each, in their order."""
    cells = [sound[SETUP]]
    cells += [changed(sound[source], old, new) for source, old, new, *_ in CHANGES]
    for source, old, new, _ in BROKEN:
        assert old in source
        cells.append(nbformat.from_dict(dict(sound[source]) | {"source": source.replace(old, new)}))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    nb = nbformat.v4.new_notebook(cells=cells)
    _, report = nbval(nb, tmp_path_factory.mktemp("said"))
    found = passed(report)
    assert len(found) == len(cells), report
    assert found.pop(0), report
    return list(found.values()), nb.cells[1:]


@pytest.mark.parametrize("i", range(len(CHANGES)), ids=[f"{c[1]}->{c[2]}" for c in CHANGES])
def test_a_change_of_what_is_stored(verdicts, i):
    *_, by_nbval, by_rule = CHANGES[i]
    found, cells = verdicts
    assert found[i] is by_nbval
    nb = nbformat.v4.new_notebook(cells=[cells[i]])
    assert (not agrees(nb)) is by_rule, agrees(nb)


@pytest.mark.parametrize("i", range(len(BROKEN)), ids=[f"{c[1]}->{c[2]}" for c in BROKEN])
def test_another_value_or_a_broken_claim(verdicts, i):
    assert verdicts[0][len(CHANGES) + i] is BROKEN[i][-1]


@pytest.mark.parametrize(
    "source",
    [
        'print("≈9.7 %")',
        'print(f"≈{error:.1f} %")',
        'print("\\u2248", round(error, 1))',
        'print("\\N{ALMOST EQUAL TO}9.7")',
        'print("it holds here in 10 of 10")',
        'print(f"it holds here in {n} of 10")',
        'print("control: here 1 of 10")',
    ],
)
def test_a_marker_typed_by_hand_is_found(source):
    assert typed_by_hand(notebook(source))


def test_a_marker_typed_into_the_text_is_found():
    def text(words):
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(words)])

    for words in ("About ≈9.7 % are wrong.", "a gap of ≈ −0.3", "≈1,000 steps"):
        assert typed_by_hand(text(words))
    for words in ("{glue:text}`err` are wrong.", "we write `≈9.7`", "here $x ≈ 3$", "σ ≈ tanh"):
        assert not typed_by_hand(text(words))


@pytest.mark.parametrize(
    "text", ["≈9.7 %", "error ≈9.7 and\n(9 to 10)", "≈12 (9 to 10)", "≈9,999 (9 to 10)"]
)
def test_a_stored_marker_without_or_outside_its_range_is_found(text):
    assert outside(text)


@pytest.mark.parametrize(
    "text",
    ["≈9.7 ± 0.2 % (9 to 10)", "≈9,900 (9000 to 11000)", "a ≈9 (9 to 10), b ≈ −0.3 (−1 to 1)"],
)
def test_a_stored_marker_inside_its_range_passes(text):
    assert not outside(text)


def test_a_range_is_no_source_for_a_number_in_the_text():
    def chapter(code):
        text = nbformat.v4.new_markdown_cell("The error is 9.5 %.")
        code = "from dlcourse import between, claim, fit\n" + code
        return nbformat.v4.new_notebook(cells=[text, nbformat.v4.new_code_cell(code)])

    assert sourced(chapter('between(error, 9.5, 10.5, "%")'))
    assert sourced(chapter("between(error, low=9.5, high=10.5)"))
    assert sourced(chapter('claim("C1.1", "s", x, within=(9.5, 10.5))'))
    assert not sourced(chapter("rate = 0.095"))


def test_english_words_in_a_glued_text_are_found():
    nb = notebook("1")
    for words, faults in (("'≈9.7 %'", 0), ("'53,002'", 0), ("'≈2 points'", 1)):
        bundle = {"application/papermill.record/text/plain": words}
        nb.cells[0].outputs = [nbformat.v4.new_output("display_data", bundle)]
        assert len(translatable(nb)) == faults
