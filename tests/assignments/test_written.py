"""Each written part has three answers with points and reasons, and five oral questions.

They stand in one place, beside the solution; the points are those of its rubric.
"""

import re

import make_assignments as make
import pytest

SOURCES = {make.notebook_of(path).stem: path for path in make.sources()}
LINE = re.compile(r"^- (\d) of (\d): (.+)$", re.M)


def rubric(text):
    """The points that a rubric gives for each of its ideas."""
    return [int(n) for n in re.findall(r"(\d) points?: ", text.split("**Rubric.**")[1])]


def faults(text, points):
    """What is wrong with a file of sample answers."""
    found = []
    parts = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    given = []
    for title in (name for name in parts if name != "Oral questions"):
        lines = LINE.findall(parts[title])
        if [int(most) for _, most, _ in lines] != points:
            found.append(f"{title}: not the lines of the rubric, {points}")
        total = sum(int(n) for n, _, _ in lines)
        if f": {total} points" not in title:
            found.append(f"{title}: its lines give {total}")
        if len(re.findall("^> .", parts[title], re.M)) != 4:
            found.append(f"{title}: not an answer to each of four questions")
        given.append(total)
    if not (len(given) == 3 and given[0] == 5 and given[1] in (2, 3) and given[2] == 0):
        found.append(f"full, half and none are asked for, not {given}")
    questions = re.findall(r"^\d\. .+\? .*\*Listen for: .+\*$", parts["Oral questions"], re.M)
    if len(questions) != 5:
        found.append(f"{len(questions)} oral questions with what to listen for")
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_the_samples_fit_the_rubric(name):
    points = rubric(SOURCES[name].read_text(encoding="utf-8"))
    assert sum(points) == 5
    text = (SOURCES[name].parent / "written.md").read_text(encoding="utf-8")
    assert not faults(text, points)
    # The check can fail.
    assert faults(text.replace("- 1 of 1", "- 0 of 1", 1), points)
    assert faults(text.replace("\n3. ", "\n", 1), points)
    assert faults(text.replace("## None", "## Half"), points[::-1] + [1])


@pytest.mark.parametrize("name", SOURCES)
def test_no_sample_stands_in_a_notebook(name):
    text = (SOURCES[name].parent / "written.md").read_text(encoding="utf-8")
    notebook = make.notebook_of(SOURCES[name]).read_text(encoding="utf-8")
    for line in re.findall("^> (.{30})", text, re.M):
        assert line not in notebook
