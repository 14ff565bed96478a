"""Claims: they hold or raise, and print nothing that depends on the machine."""

import json

import numpy as np
import pytest

import dlcourse as dl
from dlcourse.claims import MIME, VERDICTS


def text(*args, **kwargs):
    return str(dl.claim(*args, **kwargs))


def test_what_is_printed_does_not_depend_on_how_many_held():
    all_hold, just_enough = np.ones(10, bool), np.arange(10) > 0
    one, other = (dl.claim("C1.1", "A beats B.", holds) for holds in (all_hold, just_enough))
    assert str(one) == str(other)
    assert one._repr_mimebundle_() == other._repr_mimebundle_()
    assert str(one) == "Claim C1.1 holds: A beats B.\n  criterion: in at least 9 of 10 seeds"


@pytest.mark.parametrize(
    ("at_least", "n", "needed"),
    [(0.9, 10, 9), (0.9, 11, 10), (1.0, 7, 7), (0.5, 5, 3), (0.7, 10, 7)],
)
def test_how_many_are_needed(at_least, n, needed):
    holds = np.arange(n) < needed
    assert f"in at least {needed} of {n} seeds" in text("C", "s", holds, at_least)
    holds[0] = False
    with pytest.raises(AssertionError, match=f"in {needed - 1} of {n} seeds, needed {needed}"):
        dl.claim("C", "s", holds, at_least)


def test_a_claim_that_fails_names_the_counts_and_the_cases():
    with pytest.raises(AssertionError) as caught:
        dl.claim("C1.2", "A beats B.", [True, False, True, False], unit="pairs")
    assert str(caught.value) == (
        "claim C1.2 does not hold: A beats B. It held in 2 of 4 pairs, needed 4; "
        "it failed at [1, 3]"
    )


def test_within():
    assert "between 0.4 and 0.6, in at least 3 of 3 seeds" in text(
        "C", "s", [0.4, 0.5, 0.6], within=(0.4, 0.6)
    )
    with pytest.raises(AssertionError, match=r"failed at \[1\] with the values \[0\.61\]"):
        dl.claim("C", "s", [0.4, 0.61, 0.6], within=(0.4, 0.6))
    with pytest.raises(AssertionError, match=r"failed at \[0\]"):
        dl.claim("C", "s", [np.nan], within=(0.4, 0.6))


def test_one_number_is_one_case():
    assert "in at least 1 of 1 networks" in text("C", "s", 3.0, within=(2, 4), unit="networks")
    assert "in at least 1 of 1 seeds" in text("C", "s", np.True_)


def test_the_answer_to_the_notes_is_printed():
    printed = text("C", "s", [True], notes="1.3", notes_say="It is faster.", verdict="false")
    assert printed.endswith("the notes (statement 1.3) say: It is faster. -> false")
    assert "notes" not in text("C", "s", [True])


@pytest.mark.parametrize(
    "answer",
    [
        {"verdict": "maybe", "notes": "1.3", "notes_say": "x"},
        {"verdict": "true"},
        {"verdict": "true", "notes": "1.3"},
        {"verdict": "true", "notes_say": "x"},
    ],
)
def test_a_verdict_needs_the_statement_it_answers(answer):
    with pytest.raises(ValueError, match="a verdict is one of true, needs qualification, false"):
        dl.claim("C", "s", [True], **answer)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_bundle_carries_data_for_the_page_of_claims(verdict):
    claim = dl.claim(
        "C1.4", "A beats B.", [True] * 5, notes="1.3", notes_say="It is.", verdict=verdict
    )
    bundle = claim._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown", MIME}
    assert bundle["text/plain"] == str(claim)
    for piece in ("C1.4", "A beats B.", "in at least 5 of 5 seeds", "It is.", verdict):
        assert piece in bundle["text/markdown"]
    data = json.loads(json.dumps(bundle[MIME]))
    assert data == {
        "id": "C1.4",
        "statement": "A beats B.",
        "criterion": "in at least 5 of 5 seeds",
        "cases": 5,
        "notes": "1.3",
        "notes_say": "It is.",
        "verdict": verdict,
    }


@pytest.mark.parametrize(
    ("holds", "kwargs", "error", "fragment"),
    [
        ([], {}, ValueError, "one entry a case"),
        ([[True]], {}, ValueError, "one entry a case"),
        ([1, 0], {}, TypeError, "must be booleans but got dtype int"),
        ([0.5], {}, TypeError, "give within="),
        ([True], {"within": (0, 1)}, ValueError, "needs numbers"),
        ([0.5], {"within": (1, 0)}, ValueError, "low <= high"),
        ([True], {"at_least": 0}, ValueError, r"at_least must be in \(0, 1\]"),
        ([True], {"at_least": 1.1}, ValueError, r"at_least must be in \(0, 1\]"),
        ([True], {"at_least": True}, TypeError, "at_least must be a number"),
    ],
)
def test_bad_input(holds, kwargs, error, fragment):
    with pytest.raises(error, match=fragment):
        dl.claim("C", "s", holds, **kwargs)


def test_between():
    assert dl.between(7.46, 7, 8, "%") == dl.between(7.99, 7, 8, "%") == "7 to 8 %"
    assert dl.between(0.5, 0.25, 1) == "0.25 to 1"
    for value in (6.99, 8.01, np.nan):
        with pytest.raises(AssertionError, match="expected 7 to 8 % but measured"):
            dl.between(value, 7, 8, "%")
