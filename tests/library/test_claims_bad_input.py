"""What a claim refuses, and what it asks for."""

import numpy as np
import pytest

import dlcourse as dl


def test_a_claim_without_control_says_why():
    why = "it is an identity, shown above"
    made = dl.claim("C", "s", [True], why_no_control=why)
    assert str(made).endswith(f"  no control: {why}")
    assert f"No control: {why}." in made._repr_mimebundle_()[0]["text/markdown"]


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


@pytest.mark.parametrize(
    ("holds", "kwargs", "error", "fragment"),
    [
        ([], {}, ValueError, "one entry a case"),
        ([[True]], {}, ValueError, "one entry a case"),
        ([1, 0], {}, TypeError, "must be booleans but got dtype int"),
        ([0.5], {}, TypeError, "give within="),
        ([True], {"within": (0, 1)}, ValueError, "holds needs numbers"),
        ([0.5], {"within": (1, 0)}, ValueError, "low < high"),
        ([0.5], {"within": (1, 2, 3)}, TypeError, r"must be \(low, high\)"),
        ([0.5], {"within": 5}, TypeError, r"must be \(low, high\)"),
        ([0.5], {"within": (0, np.inf)}, ValueError, "must be finite"),
        ([True], {"why_no_control": 3}, TypeError, "must be text"),
        ([True], {"control": [False], "control_is": 3}, TypeError, "must be text"),
        ([True], {"at_least": 0}, ValueError, r"at_least must be in \(0, 1\]"),
        ([True], {"at_least": 1.1}, ValueError, r"at_least must be in \(0, 1\]"),
        ([True], {"at_least": True}, TypeError, "at_least must be a number"),
        ([True], {"control": [False]}, ValueError, "control and control_is go together"),
        ([True], {"control_is": "no mask"}, ValueError, "control and control_is go together"),
        (
            *([True] * 2, {"control": [False], "control_is": "no mask"}),
            *(ValueError, "as many cases as holds, 2, but has 1"),
        ),
        ([True], {"control": [0], "control_is": "no mask"}, TypeError, "control must be booleans"),
        (
            *([True], {"control": [False], "control_is": "x", "why_no_control": "y"}),
            *(ValueError, "leave out why_no_control"),
        ),
        (
            *([True], {"control": [False], "control_is": "x", "at_least": 0.2}),
            *(ValueError, "no room"),
        ),
        ([True], {"effect": [1.0, 2.0]}, ValueError, "effect and unit go together"),
        ([True], {"unit": "networks"}, ValueError, 'is said by cases="networks"'),
        ([True], {"effect": [1.0], "unit": "points"}, ValueError, "at least two finite"),
        ([True], {"effect": [1.0, np.nan], "unit": "points"}, ValueError, "at least two finite"),
        ([True], {"effect": [True, False], "unit": "points"}, ValueError, "one difference a case"),
        ([True], {"effect_within": (0, 1)}, ValueError, "give effect, too"),
        (
            *([True], {"effect": [1.0, 2.0], "unit": "points", "effect_within": (2, 1)}),
            *(ValueError, "low < high"),
        ),
    ],
)
def test_bad_input(holds, kwargs, error, fragment):
    with pytest.raises(error, match=fragment):
        dl.claim("C", "s", holds, **kwargs)
