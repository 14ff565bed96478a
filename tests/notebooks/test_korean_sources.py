"""The sources of the Korean edition: code, outputs and numbers are those of the English pages."""

import copy
import json

import catalogues
import pytest
from claim_words import FRAMES, Box, criterion, translated
from messages import pieces, replace
from notebook_messages import CLAIM, messages, spoken, visit

from dlcourse import _box

PAGES = dict(catalogues.sources())
NOTEBOOKS = [name for name, path in PAGES.items() if path.suffix == ".ipynb"]


def same(text):
    return text


@pytest.mark.parametrize("name", PAGES)
def test_without_a_translation_a_page_comes_out_as_it_was(name):
    text = PAGES[name].read_text("utf-8")
    if name not in NOTEBOOKS:
        assert replace(text, same) == text
        return
    was, made = json.loads(text), json.loads(text)
    visit(made, same)
    for old, new in zip(was["cells"], made["cells"], strict=True):
        assert "".join(old["source"]) == "".join(new["source"])
        for before, after in zip(old.get("outputs", []), new.get("outputs", []), strict=True):
            for kind, data in before.get("data", {}).items():
                assert joined(data) == joined(after["data"][kind]), kind


def joined(data):
    return "".join(data) if isinstance(data, list) else data


@pytest.mark.parametrize("name", [name for name in catalogues.shown() if name in NOTEBOOKS])
def test_code_and_printed_outputs_are_shared(name):
    was = json.loads(PAGES[name].read_text("utf-8"))
    made = json.loads(spoken(PAGES[name], catalogues.translator()))
    for old, new in zip(was["cells"], made["cells"], strict=True):
        if old["cell_type"] == "code":
            assert old["source"] == new["source"]
            for before, after in zip(old["outputs"], new["outputs"], strict=True):
                assert before.get("text") == after.get("text")
                pictures = [one.get("data", {}).get("image/png") for one in (before, after)]
                assert pictures[0] == pictures[1]


def test_each_kind_of_message_is_found():
    page = """# A heading

A paragraph with $x$.

| English | Korean | meaning |
|---|---|---|
| unit | 유닛 | one number |

| a head | other |
|---|---|
| a cell | $x$ |

:::{dropdown} A title
An answer.
:::

```{exercise} A name
:label: ex-1

What to do.
```

```python
code = 1
```
"""
    found = [content for _, _, content in pieces(page)]
    wanted = [
        "A heading",
        "A paragraph with $x$.",
        "one number",
        "a head",
        "other",
        "a cell",
        "$x$",
    ]
    assert found == [*wanted, "A title", "An answer.", "A name", "What to do."]


def claims():
    for name in NOTEBOOKS:
        for cell in json.loads(PAGES[name].read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                if CLAIM in output.get("data", {}):
                    yield output["data"][CLAIM], output["metadata"]["dlcourse"]


def test_every_claim_can_be_written_in_other_words():
    box, count = Box(same), 0
    for data, measured in claims():
        assert translated(copy.deepcopy(data), same) == data
        assert box.markdown(data, measured) == _box.markdown(data, measured)
        count += 1
    assert count


def test_a_criterion_of_a_new_form_is_an_error():
    with pytest.raises(ValueError, match="new form"):
        criterion("in most seeds", same)


def test_every_frame_has_its_korean():
    say = catalogues.translator()
    assert [frame for frame in FRAMES if say(frame) == frame] == []


def test_alternative_texts_captions_and_claims_are_messages():
    name = next(name for name in NOTEBOOKS if "01" in name)
    found = messages(PAGES[name])
    for cell in json.loads(PAGES[name].read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
                assert alt in found
            if CLAIM in output.get("data", {}):
                assert output["data"][CLAIM]["statement"] in found
