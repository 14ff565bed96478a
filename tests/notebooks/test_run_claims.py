"""`make claims`: everything moves with the base, nothing raises, and the table tells the truth."""

import nbformat
import pytest
import run_claims

import dlcourse
from dlcourse import rerun

CELLS = [
    """import numpy as np
from dlcourse import base, between, claim, scale, tuned

SEEDS = scale(range(base, base + 10), range(base, base + 2))
TUNING = range(base + 100, base + 105)""",
    'print("not wanted"); between(float(SEEDS[0]), 0, 9, "%")',
    """claim("C9.1", "It holds with small seeds.", np.array(SEEDS) < 1008,
      control=np.array(SEEDS) % 2 == 0, control_is="odd seeds", effect=np.array(SEEDS) * 1.0,
      unit="points")""",
    "found = tuned(lambda rate, seed: rate * seed, [0.1, 0.178, 0.316], TUNING)",
    'raise KeyError("gone")',
    'claim("C9.2", "It is the other one.", np.ones(10, bool), control=np.ones(10, bool),\n'
    '      control_is="the same")',
]


@pytest.fixture
def page(tmp_path):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in CELLS])
    nbformat.write(nb, tmp_path / "09-made-up.ipynb")
    yield tmp_path / "09-made-up.ipynb"
    dlcourse.base = rerun.base = 0
    rerun.records = None


def test_a_page_is_run_from_its_base_and_says_nothing(page, capsys):
    book, other = (run_claims.run(page, base) for base in (0, 1000))
    assert capsys.readouterr().out == ""
    kinds = ["value", "claim", "tuned", "cell", "claim"]
    assert [r["kind"] for r in book] == [r["kind"] for r in other] == kinds
    assert [(r["held"], r["good"]) for r in book if r["kind"] == "claim"] == [
        (10, True),
        (10, False),
    ]
    assert [r["held"] for r in other if r["kind"] == "claim"] == [8, 10]
    assert (book[0]["value"], other[0]["value"]) == (0, 1000)
    assert "widen the grid" in book[2]["fault"]
    assert book[3]["fault"] == "KeyError: 'gone'"


def test_the_table_pools_and_names_every_fault(page, capsys):
    records = [r for base in (0, 1000) for r in run_claims.run(page, base)]
    wrong = run_claims.report("09-made-up", records, [0, 1000])
    said = capsys.readouterr().out
    assert "C9.1   in at least 9 of 10 seeds  18 of 20  0.736   10 of 20" in said
    assert "4.5 to 1e+03 points" in said
    assert "cell 4: 2 rates tuned, 2 at an edge" in said
    assert "0 of 1 measured values stay in their range with all bases" in said
    assert "cell 2: 0 to 1000 %, range 0 to 9" in said
    assert "09-made-up C9.1: DOES NOT HOLD" in wrong
    assert "09-made-up C9.2: CONTROL HOLDS" in wrong
    assert sum("widen the grid" in fault for fault in wrong) == 2
    assert sum("KeyError" in fault for fault in wrong) == 2
    assert len(wrong) == 6


@pytest.mark.parametrize(
    ("share", "cases", "needed", "wanted"),
    [(1, 10, 9, 1), (0, 10, 9, 0), (0.5, 10, 7, 176 / 1024), (0.9, 10, 9, 0.736)],
)
def test_the_probability_that_a_criterion_is_met(share, cases, needed, wanted):
    assert run_claims.probability(share, cases, needed) == pytest.approx(wanted, abs=5e-4)


def test_what_a_base_reported_is_kept_for_the_same_code(page, tmp_path, capsys):
    def bases_run(*bases):
        found = run_claims.run_all([page], bases, workers=1, folder=tmp_path)[page]
        assert sorted({r["base"] for r in found}) == list(bases)
        return found, capsys.readouterr().out.count("09-made-up, base")

    first, ran = bases_run(0)
    assert (len(first), ran) == (5, 1)
    journal = tmp_path / "09-made-up.jsonl"
    journal.write_text(journal.read_text("utf-8") + '{"cell": {"base": 1000}, "numb', "utf-8")
    both, ran = bases_run(0, 1000)  # the half line of a run that was killed runs again
    assert (both[:5], len(both), ran) == (first, 10, 1)
    assert bases_run(0, 1000) == (both, 0)
    nb = nbformat.read(page, as_version=4)
    nb.cells[2].source = nb.cells[2].source.replace("1008", "1009")
    nbformat.write(nb, page)
    assert bases_run(0)[1] == 1  # another criterion: the old verdicts do not count


@pytest.mark.parametrize("arguments", [("no",), ("0",), ("1", "77"), ("1", "", "0")])
def test_bad_arguments_say_what_is_wrong(arguments):
    with pytest.raises(SystemExit) as caught:
        run_claims.main(*arguments)
    said = str(caught.value)
    assert "S must be a whole number" in said or "there is no chapter" in said
