"""The page *Claims* refuses a claim that is malformed."""

import pytest
from book_content.claims_ledger import anchor, faults

import dlcourse as dl

SOUND = dl.claim("C1.1", "A beats B.", [True] * 10)


@pytest.mark.parametrize("name", ["C1.1", "C12.30", "C5.b1", "C6.2a"])
def test_a_sound_claim_passes(name):
    assert not faults(SOUND.data | {"id": name}, SOUND.measured)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "1.1"}, "its id is not like C1.1"),
        ({"id": "C5.bb1"}, "its id is not like C1.1"),
        ({"statement": " "}, "statement is empty"),
        ({"criterion": None}, "criterion is empty"),
        ({"cases": 0}, "cases is not a positive whole number"),
        ({"verdict": "maybe"}, "verdict is 'maybe'"),
        ({"notes_say": "It is."}, "it answers the notes but gives no verdict"),
    ],
)
def test_a_malformed_claim_is_named(change, fault):
    assert any(fault in found for found in faults(SOUND.data | change, SOUND.measured))


def test_a_claim_without_what_it_measured_is_named():
    assert faults(SOUND.data, None) == ["what it measured is not stored: make notebooks"]
    assert faults("C1.1", SOUND.measured) == ["is not a mapping"]


def test_the_anchor_of_a_claim():
    assert anchor("C5.b1") == "claim-c5-b1"
