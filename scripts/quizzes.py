"""The quizzes of the chapters as questions: what is asked, the choices, what each is told.

A quiz stands in its chapter, with its values and links as a reader sees them. Questions for the
bank alone stand in assignments/more_questions.md, in the same form.
"""

import base64
import re
from pathlib import Path
from typing import NamedTuple

from book_facts import CHAPTERS
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from runnable import runnable

MORE = CHAPTERS.parent / "assignments" / "more_questions.md"
QUIZ = re.compile(r"^## Quiz$(.*?)^## ", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"^\*\*(\d+)\. (.*?)(?=^\*\*\d+\. |\Z)", re.MULTILINE | re.DOTALL)
CHOICE = re.compile(r"<details><summary>(?P<text>.*?)</summary>(?P<told>.*?)</details>", re.DOTALL)
FOLDED = re.compile(r"^:::\{dropdown\} (.*?)\n(.*?)^:::$", re.MULTILINE | re.DOTALL)
PICTURE = "@@picture {}@@"


class Choice(NamedTuple):
    """One answer to choose, in Markdown, and what is said to whoever chooses it."""

    text: str
    told: str
    right: bool


class Question(NamedTuple):
    """A question with one right choice; the picture is a PNG, or b""."""

    name: str
    chapter: str
    text: str
    choices: list
    picture: bytes = b""
    alt: str = ""


def html(text):
    """Markdown as HTML, with formulas in the form that Moodle and Canvas know."""
    made = MarkdownIt("commonmark", {"html": True}).use(
        dollarmath_plugin, renderer=lambda content, _: content, allow_digits=True
    )
    made.add_render_rule("math_inline", lambda self, t, i, *_: rf"\({_escaped(t[i].content)}\)")
    made.add_render_rule("math_block", lambda self, t, i, *_: rf"\[{_escaped(t[i].content)}\]")
    return made.render(text.strip()).strip()


def _escaped(formula):
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def parsed(text, chapter, name, pictures=()):
    """The questions of a quiz in plain Markdown, one after the other."""
    for number, body in ASKED.findall(text):
        first = body.index("<details>")
        asked = re.sub(r"\*\*", "", body[:first], count=1)  # the bold of the question ends here
        found = re.search(r"@@picture (\d+)@@", asked)
        png, alt = pictures[int(found[1])] if found else (b"", "")
        asked = re.sub(r"@@picture \d+@@|^\[Figure .*$", "", asked, flags=re.MULTILINE)
        choices = [
            Choice(
                re.sub(r"^[A-D]\. ", "", m["text"]).strip(),
                m["told"].strip(),
                m["told"].strip().startswith("Right"),
            )
            for m in CHOICE.finditer(body)
        ]
        if sum(choice.right for choice in choices) != 1:
            raise ValueError(f"{name}-{number}: exactly one choice must begin with Right")
        yield Question(f"{name}-{number}", chapter, asked.strip(), choices, png, alt)


def of_chapter(path):
    """The five questions at the end of a chapter."""
    nb = runnable(path)
    title = nb.cells[0].source.split("\n")[0].removeprefix("# ")
    pieces, pictures = [], []
    for cell in nb.cells:
        pieces.append(cell.source if cell.cell_type == "markdown" else "")
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                png = base64.b64decode(output.data["image/png"])
                pieces.append(PICTURE.format(len(pictures)))
                pictures.append((png, output.metadata["image/png"]["alt"]))
    quiz = QUIZ.search("\n\n".join(pieces))
    return list(parsed(quiz[1], title, f"q{path.stem[:2].lstrip('0')}", pictures)) if quiz else []


def more(number, chapter, path=MORE):
    """Questions of a chapter for the bank alone, below the heading with its number."""
    text = FOLDED.sub(r"<details><summary>\1</summary>\n\2</details>", path.read_text("utf-8"))
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, body = part.split("\n", 1)
        if title.startswith(f"{number}. "):
            yield from parsed(body, chapter, f"m{number}")


def everything():
    """All questions of the book, chapter by chapter."""
    for path in sorted(Path(CHAPTERS).glob("0[1-6]-*.ipynb")):
        quiz = of_chapter(path)
        if quiz:  # a Beyond page has none
            yield from quiz
            yield from more(int(path.stem[:2]), quiz[0].chapter)
