"""What a figure says of its controls: checked before it is stored beside the picture.

The site draws such a figure anew when a reader moves a control; ``_static/explore`` holds one
module a figure. A notebook shows the picture alone.
"""

import json
import math

MIME = "application/vnd.dlcourse.explore+json"
NEEDED = ("figure", "title", "controls", "presets", "heights")
ALLOWED = (*NEEDED, "data", "answers")


def checked(explore):
    """The same as plain lists, words and numbers, or an error that says what to write."""
    if not isinstance(explore, dict):
        raise TypeError(f"explore must be a dict with the keys {NEEDED} but got {explore!r}")
    missing, unknown = set(NEEDED) - explore.keys(), explore.keys() - set(ALLOWED)
    if missing or unknown:
        raise ValueError(
            f"explore must have the keys {', '.join(NEEDED)}, and may have data and answers; "
            f"missing: {sorted(missing)}, unknown: {sorted(unknown)}"
        )
    for what in ("figure", "title"):
        text(f"explore[{what!r}]", explore[what])
    if not explore["controls"]:
        raise ValueError("explore['controls'] is empty; without a control nothing can be moved")
    controls = [control(*unpacked(one, 4, CONTROL)) for one in explore["controls"]]
    presets = [
        [text("a preset's key", key), text("a preset's label", label)]
        for key, label in (unpacked(one, 2, PRESET) for one in explore["presets"])
    ]
    heights = explore["heights"]
    if not isinstance(heights, dict) or set(heights) != {"wide", "narrow"}:
        raise ValueError(
            f"explore['heights'] must be {{'wide': ..., 'narrow': ...}}, in pixels, "
            f"but got {heights!r}"
        )
    plain = {**explore, "controls": controls, "presets": presets}
    names = {name for name, *_ in controls}
    for state, said in (unpacked(one, 2, ANSWER) for one in explore.get("answers", [])):
        text("an answer's words", said)
        if not isinstance(state, dict) or state.keys() - names:
            raise ValueError(
                f"{ANSWER}, a state of the controls {sorted(names)}, but got {state!r}"
            )
    try:
        return json.loads(json.dumps(plain, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"explore must hold words, finite numbers, lists and dicts only ({error}); "
            f"turn arrays into lists with .tolist()"
        ) from error


CONTROL = "a control is (name, label, values, value)"
PRESET = "a preset is (key, label)"
ANSWER = "an answer is (state, words)"


def unpacked(one, length, form):
    if not isinstance(one, (tuple, list)) or len(one) != length:
        raise ValueError(f"{form} but got {one!r}")
    return one


def text(what, value):
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{what} must be a text but got {value!r}")
    return value


def control(name, label, values, value):
    """One control: a menu of words, or a slider over numbers in rising order."""
    text("a control's name", name), text("a control's label", label)
    values = list(values)
    if len(values) < 2:
        raise ValueError(f"control {name!r} needs two or more values but got {values}")
    words = [isinstance(one, str) for one in values]
    if any(words) and not all(words):
        raise ValueError(f"control {name!r} mixes words and numbers: {values}")
    if not any(words):
        finite = all(isinstance(one, (int, float)) and math.isfinite(one) for one in values)
        if not finite or values != sorted(set(values)):
            raise ValueError(
                f"control {name!r} needs finite numbers in rising order but got {values}"
            )
    if value not in values:
        raise ValueError(f"control {name!r} starts at {value!r}, which is none of its values")
    return [name, label, values, value]
