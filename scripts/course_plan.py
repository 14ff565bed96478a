"""The plan of a course, chapters/plan-a-course.yml, and what is wrong with it.

It names objectives, sections, questions, exercises, figures and parts of assignments. What a name
leads to is looked up here, in the notebooks.
"""

import re
from functools import cache
from typing import NamedTuple

import nbformat
import yaml
from book_facts import CHAPTERS, figures, markdown
from published_assignments import notebooks
from quizzes import of_chapter

FILE = CHAPTERS / "plan-a-course.yml"
MINUTES = 90
FRAME = {"Predict first", "The notes on trial", "Quiz", "Exercises", "Words", "Sources"}
OBJECTIVE = re.compile(r"^\| (LO-[\d.]+) \| (.+?) \|$", re.MULTILINE)
EXERCISE = re.compile(r"^`{3,}\{exercise\} (.*)\n:label: ([\w-]+)$", re.MULTILINE)


class Facts(NamedTuple):
    """What a chapter has, by name: objectives and exercises with their words."""

    objectives: dict
    sections: list
    exercises: dict
    quiz: list
    parts: dict  # name of a graded part -> (page, heading)


@cache
def plan():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@cache
def facts(stem):
    """What a chapter and its assignment have."""
    path = CHAPTERS / f"{stem}.ipynb"
    text = "\n".join(markdown(nbformat.read(path, as_version=4)))
    return Facts(
        objectives=dict(OBJECTIVE.findall(text)),
        sections=re.findall(r"^## (.+?) *$", text, re.MULTILINE),
        exercises={label: name for name, label in EXERCISE.findall(text)},
        quiz=of_chapter(path),
        parts=parts(stem),
    )


def parts(stem):
    """Name of each graded part of a chapter's assignment -> (its page, its heading)."""
    found = {}
    for place, notebook in notebooks():
        if place.split("/")[1] == stem:
            heading = None
            for cell in notebook.cells:
                if cell.source.startswith("## Part"):
                    heading = cell.source.split("\n")[0].removeprefix("## ")
                entry = cell.metadata.get("nbgrader", {})
                if entry.get("grade"):
                    found[entry["grade_id"]] = place.removesuffix(".ipynb"), heading
    return found


def choice(stem, name):
    """The question and the answer that 1A names, or None."""
    number, letter = int(name[0]), ord(name[1]) - ord("A")
    asked = facts(stem).quiz[number - 1 : number]
    return (
        (asked[0], asked[0].choices[letter]) if asked and letter < len(asked[0].choices) else None
    )


def rows_faults(name, rows):
    """What is wrong with the rows of one session."""
    if (total := sum(row[0] for row in rows)) != MINUTES:
        yield f"{name} takes {total} minutes, not {MINUTES}"
    for _, what, _, shown in rows:
        yield from (f"{name}, {what}: no figure {f}" for f in shown if f not in figures(name))


def faults(stem, session, has):
    """What is wrong with the plan of one chapter, each in a sentence."""
    yield from rows_faults(stem, session["rows"])
    if session["live"][0] not in figures(stem):
        yield f"{stem}: no figure {session['live'][0]} to run"
    for name in session["misconceptions"]:
        found = choice(stem, name)
        if not found or found[1].right:
            yield f"{stem}: {name} is no wrong answer of the quiz"
    if len(set(session["misconceptions"])) != 3:
        yield f"{stem}: there are not three misconceptions"
    told = session["map"]
    yield from (f"{stem}: {o} is not in the map" for o in has.objectives if o not in told)
    yield from (f"{stem}: {o} is no objective" for o in told if o not in has.objectives)
    kinds = {
        "sections": [s for s in has.sections if s not in FRAME],
        "quiz": list(range(1, len(has.quiz) + 1)),
        "exercises": list(has.exercises),
        "parts": list(has.parts),
    }
    for kind, there in kinds.items():
        named = {name for row in told.values() for name in row[kind]}
        yield from (f"{stem}: {kind}: {n} is not in the map" for n in there if n not in named)
        yield from (f"{stem}: {kind}: there is no {n}" for n in named if n not in there)
    yield from (f"{stem}: {o} has no section" for o, row in told.items() if not row["sections"])
