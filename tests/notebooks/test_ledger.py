"""The page *Claims* refuses a claim that is malformed."""

import pytest
from book_content.claims_ledger import faults
from book_content.stored import reading_order
from book_facts import anchor

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


def test_what_lies_beyond_a_chapter_comes_behind_it():
    names = ["05-beyond", "01-dropout", "06-hyperparameters", "05-optimizers", "which-technique"]
    in_order = ["01-dropout", "05-optimizers", "05-beyond", "06-hyperparameters", "which-technique"]
    assert sorted(names, key=reading_order) == in_order
