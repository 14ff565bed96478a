"""What a figure says of its controls, and what is refused."""

import json

import numpy as np
import pytest

from dlcourse import _explore

GOOD = {
    "figure": "valley",
    "title": "Walk yourself",
    "controls": [("method", "method", ["SGD", "Adam"], "SGD"), ("lr", "rate", [0.1, 1.0], 0.1)],
    "presets": [("fastest", "fastest here")],
    "heights": {"wide": 400, "narrow": 600},
}


def test_it_is_stored_as_plain_lists():
    found = _explore.checked(GOOD | {"data": {"z": (1, 2)}})
    assert found == json.loads(json.dumps(found))
    assert found["controls"][0] == ["method", "method", ["SGD", "Adam"], "SGD"]


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"figure": ""}, ValueError, "must be a text"),
        ({"title": None}, ValueError, "must be a text"),
        ({"colour": "red"}, ValueError, "unknown: ['colour']"),
        ({"controls": []}, ValueError, "nothing can be moved"),
        ({"controls": [("lr", "rate", [1, 2])]}, ValueError, "a control is (name, label"),
        ({"controls": [("lr", "rate", [1], 1)]}, ValueError, "two or more values"),
        ({"controls": [("lr", "rate", [2, 1], 1)]}, ValueError, "in rising order"),
        ({"controls": [("lr", "rate", [1, 1], 1)]}, ValueError, "in rising order"),
        ({"controls": [("lr", "rate", [1, np.nan], 1)]}, ValueError, "finite numbers"),
        ({"controls": [("lr", "rate", ["a", 1], 1)]}, ValueError, "mixes words and numbers"),
        ({"controls": [("lr", "rate", [1, 2], 3)]}, ValueError, "none of its values"),
        ({"controls": [("", "rate", [1, 2], 1)]}, ValueError, "a control's name"),
        ({"presets": ["fastest"]}, ValueError, "a preset is (key, label)"),
        ({"presets": [("fastest", "")]}, ValueError, "a preset's label"),
        ({"heights": {"wide": 300}}, ValueError, "heights"),
        ({"answers": [({"lr": 1}, "")]}, ValueError, "an answer's words"),
        ({"answers": [({"rate": 1}, "86 %")]}, ValueError, "an answer is (state, words)"),
        ({"answers": ["86 %"]}, ValueError, "an answer is (state, words)"),
        ({"data": np.zeros(3)}, ValueError, ".tolist()"),
        ({"data": [float("inf")]}, ValueError, "finite numbers"),
    ],
)
def test_what_lacks_a_part_is_refused(change, error, says):
    with pytest.raises(error) as caught:
        _explore.checked(GOOD | change)
    assert says in str(caught.value)


def test_no_dict_and_no_title():
    with pytest.raises(TypeError, match="must be a dict"):
        _explore.checked("valley")
    with pytest.raises(ValueError, match="missing: \\['title'\\]"):
        _explore.checked({key: value for key, value in GOOD.items() if key != "title"})
