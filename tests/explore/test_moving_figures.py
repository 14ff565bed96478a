"""The figures that readers change: every control does something, in every state."""

import re
from itertools import product

import nbformat
import pytest
from node import FIGURES, ROOT, SCRIPTS, ask

EXPLORE = "application/vnd.dlcourse.explore+json"


def explorers():
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            for output in cell.get("outputs", []):
                if EXPLORE in output.get("data", {}):
                    yield output.data[EXPLORE]


SPECS = {spec["figure"]: spec for spec in explorers()}
WIDTHS = (330, 680)


def drawn(spec, states, width=680, language="en"):
    figure = spec["figure"]
    call = (
        f"data.states.map((state) => {figure}.draw("
        f"{{state, width: {width}, data: data.spec.data, words: {figure}.WORDS.{language}}}))"
    )
    return ask(call, {"spec": spec, "states": states})


def start(spec):
    return {name: value for name, _, _, value in spec["controls"]}


def test_each_module_has_its_figure_and_each_figure_its_module():
    assert set(SPECS) == set(FIGURES)


@pytest.mark.parametrize("name", SPECS)
def test_every_control_changes_the_picture(name):
    spec = SPECS[name]
    for control, _, values, value in spec["controls"]:
        others = [v for v in values if v != value]
        states = [start(spec) | {control: v} for v in (value, others[0], others[-1])]
        pictures = {d["picture"] for d in drawn(spec, states)}
        assert len(pictures) == len({str(v) for v in (value, others[0], others[-1])}), control


CLIPPED = re.compile(r"<g clip-path.*?</g>", re.DOTALL)
TEXT = re.compile(r'<text class="([^"]*)" x="([^"]*)" y="[^"]*">(.*?)</text>')


def room(text):
    """About how many pixels a text takes, at the size of the figures' words."""
    return sum(11 if letter > "ᄀ" else 6.2 for letter in re.sub("<.*?>", "", text))


def words_cut_off(picture, width):
    """What a reader cannot read: words that end at a frame, and such as leave the picture."""
    found = [text for clip in CLIPPED.findall(picture) for _, _, text in TEXT.findall(clip)]
    found = [text for text in found if text != "★"]
    for kind, x, text in TEXT.findall(picture):
        long = room(text)
        left = float(x) - long * (1 if "end" in kind.split() else 0.5 if "middle" in kind else 0)
        if left < -4 or left + long > width + 4:
            found.append(text)
    return found


def test_words_that_are_cut_off_are_noticed():
    text = '<text class="{}" x="{}" y="9">{}</text>'
    good = (
        text.format("end", 60, "Momentum")
        + text.format("end", 60, "둘 다")
        + text.format("tick middle", 329, "3")
    )
    assert words_cut_off(good, 330) == []
    for bad in (
        f"<g clip-path='url(#a)'>{text.format('end', 60, 'Adam')}</g>",
        text.format("end one", 20, "Momentum"),
        text.format("note", 300, "Momentum"),
        text.format("end", 40, "은닉 유닛"),
    ):
        assert len(words_cut_off(good + bad, 330)) == 1


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_can_be_drawn(name, width):
    spec = SPECS[name]
    few = {}
    for control, _, values, _ in spec["controls"]:
        words = isinstance(values[0], str)
        few[control] = (
            values if words else sorted({values[0], values[len(values) // 2], values[-1]})
        )
    states = [dict(zip(few, s, strict=True)) for s in product(*few.values())]
    for state, figure in zip(states, drawn(spec, states, width), strict=True):
        assert figure["said"].strip(), state
        assert not re.search(r"NaN|undefined|Infinity", figure["picture"] + figure["said"]), state
        assert not words_cut_off(figure["picture"], width), state


@pytest.mark.parametrize("name", SPECS)
def test_words_of_all_languages_have_room(name):
    spec = SPECS[name]
    states = [start(spec)]
    states += [start(spec) | {control: values[-1]} for control, _, values, _ in spec["controls"]]
    for language in ask(f"Object.keys({name}.WORDS)"):
        for width in WIDTHS:
            for figure in drawn(spec, states, width, language):
                assert not words_cut_off(figure["picture"], width), language


@pytest.mark.parametrize("name", SPECS)
def test_the_page_keeps_the_right_place_for_it(name):
    spec = SPECS[name]
    for kind, width in zip(("narrow", "wide"), WIDTHS, strict=True):
        (figure,) = drawn(spec, [start(spec)], width)
        assert abs(figure["height"] - spec["heights"][kind]) < 40, (kind, figure["height"])


@pytest.mark.parametrize("name", SPECS)
def test_every_preset_leads_to_a_state_that_the_controls_have(name):
    spec = SPECS[name]
    assert {key for key, _ in spec["presets"]} == set(ask(f"Object.keys({name}.presets)"))
    values = {control: given for control, _, given, _ in spec["controls"]}
    for key, _ in spec["presets"]:
        call = f"{name}.presets['{key}'](data.state, data.data)"
        reached = ask(call, {"state": start(spec), "data": spec.get("data")})
        for control, value in reached.items():
            given = values[control]
            if isinstance(value, str):
                assert value in given, (key, control)
            else:
                assert min(given) * 0.99 <= value <= max(given) * 1.01, (key, control)


@pytest.mark.parametrize("name", SPECS)
def test_the_figure_says_what_the_library_computed(name):
    """The answers of a figure's tasks stand in its cell; there the library computes them."""
    spec = SPECS[name]
    assert len(spec["answers"]) >= 2, "a figure comes with two or three tasks"
    states = [start(spec) | state for state, _ in spec["answers"]]
    for (state, words), figure in zip(spec["answers"], drawn(spec, states), strict=True):
        assert words.replace("-", "−") in figure["said"], (state, figure["said"])


@pytest.mark.parametrize("name", FIGURES)
def test_all_languages_have_the_same_words(name):
    found = ask(f"Object.values({name}.WORDS).map((words) => Object.keys(words).sort())")
    assert all(words == found[0] for words in found), found


@pytest.mark.parametrize("name", FIGURES)
def test_no_sentence_stands_outside_the_table_of_words(name):
    """What a reader sees comes from `words`; elsewhere strings are names, marks and numbers."""
    text = (SCRIPTS / f"{name}.mjs").read_text("utf-8")
    code = re.sub(r"export const WORDS = \{.*?\n\}\n", "", text, flags=re.DOTALL)
    code = re.sub(r"//.*", "", code)
    strings = re.findall(r"'([^'\n]*)'", code) + re.findall(r">([^<>`${}=]+)<", code)
    said = [s for s in strings if re.search(r"[a-zA-Z]{3,} [a-zA-Z]{2,}", s) and "=" not in s]
    assert [s for s in said if s not in KINDS] == []


# Classes of the style sheet: two words that nobody reads.
KINDS = {"mark steep", "mark dot", "end steep", "end flat", "end one", "end other", "two solid"}
