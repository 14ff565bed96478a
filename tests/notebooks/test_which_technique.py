"""The two large tables of *Which technique when* say where each line was measured, and how long."""

import re
from pathlib import Path

import nbformat
import pytest

PAGE = Path(__file__).resolve().parents[2] / "chapters" / "which-technique.ipynb"
WHERE = re.compile(r"\bC\d\.b?\d+|table \d|how-to-read-a-claim")
HOW = re.compile(r"\*[^*]*(steps|epochs|pass|training|bowls)\*")
WITHOUT_TRAINING = "how-to-read-a-claim"


def lines(text):
    """The rows of the tables of this text, without their heads: each as its cells."""
    for table in re.findall(r"```\{list-table\}\n(.*?)```", text, re.DOTALL):
        for row in re.split(r"^\* - ", table, flags=re.MULTILINE)[2:]:
            yield re.split(r"\n  - ", row.strip())


def unmeasured(text):
    """The lines whose last cell leads to no measurement, or does not say how it was made."""
    return [
        first
        for first, *_, last in lines(text)
        if not WHERE.search(last) or not (HOW.search(last) or WITHOUT_TRAINING in last)
    ]


def test_every_line_says_where_and_how_it_was_measured():
    text = "\n".join(c.source for c in nbformat.read(PAGE, 4).cells if c.cell_type == "markdown")
    assert len(list(lines(text))) > 20
    assert not unmeasured(text)


@pytest.mark.parametrize(
    ("last", "sound"),
    [
        ("[chapter 4](x): C4.8 · *Momentum, 400 steps*", True),
        ("[chapter 4](x): C4.8", False),
        ("[chapter 4](x) · *Momentum, 400 steps*", False),
        ("every chapter", False),
    ],
)
def test_a_line_without_claim_or_budget_is_found(last, sound):
    table = f"```{{list-table}}\n* - What\n  - Measured\n* - Data\n  - {last}\n```"
    assert unmeasured(table) == ([] if sound else ["Data"])
