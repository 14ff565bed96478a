"""One chapter as slides: its figures with their captions, its claims, one figure that moves, quiz.

Everything is read from what the notebook stores, so a deck says what the chapter says. A deck is
one file with all that it shows but the figure that moves, which is a frame with its page.
"""

import base64
import re
from pathlib import Path

import nbformat
from book_content.claims_ledger import short
from book_facts import anchor, config, titles
from course_plan import plan
from figure_files import FOLDER, numbered, prefix
from jinja2 import Environment, FileSystemLoader
from quizzes import of_chapter

from dlcourse import _explore, _figures

from .mathml import html, line, words

SITE = Path(__file__).with_name("site")
CLAIM = "application/vnd.dlcourse.claim+json"
OBJECTIVE = re.compile(r"^\| LO-[\d.]+ \| (.+?) \|$", re.MULTILINE)
QUESTION = re.compile(r"^\*([^*].+?)\*$", re.MULTILINE)  # the line below the title
REVEAL = ("reveal.js", "notes.js", "reveal.css")


def of_section(nb):
    """(heading, its outputs) of each section that shows a figure or a claim; the quiz is apart."""
    heading, found = None, {}
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            for new in re.findall(r"^## (.+?) *$", cell.source, re.MULTILINE):
                heading = new
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if heading != "Quiz" and (CLAIM in data or _figures.MIME in data):
                found.setdefault(heading, []).append(output)
    return found


def in_plan(name):
    """What the plan of the course says where it shows a figure."""
    for session in plan()["sessions"].values():
        for minutes, what, how, shown in session["rows"]:
            if name in shown:
                yield f"In the plan: {what}, {minutes} minutes. {how}"


class Slides:
    """The slides of one notebook, each a dict that the template knows by its kind."""

    def __init__(self, path):
        self.path, self.nb = path, nbformat.read(path, as_version=4)
        self.numbers = numbered(path)
        self.page = f"{config()['html']['baseurl']}chapters/{path.stem}.html"
        self.moving = None  # one figure that moves is enough

    def groups(self):
        """Slides by section, in the order of the chapter."""
        for heading, outputs in of_section(self.nb).items():
            yield heading or titles()[self.path.stem], [s for o in outputs for s in self.of(o)]
        yield "Quiz", [self.question(asked) for asked in of_chapter(self.path)]

    def of(self, output):
        if CLAIM in output.data:
            yield self.claim(output.data[CLAIM], output.metadata["dlcourse"])
            return
        figure = self.figure(output)
        yield figure
        if _explore.MIME in output.data and not self.moving:
            self.moving = output.data[_explore.MIME]
            place = f"explore/{self.moving['figure']}.html"
            address = config()["html"]["baseurl"] + place
            yield figure | {"kind": "moving", "frame": f"../{place}", "address": address,
                            "title": self.moving["title"]}  # fmt: skip

    def figure(self, output):
        said = output.data[_figures.MIME]
        outside = f"{prefix(self.path.stem)}-{said['name']}"
        svg = (self.path.parent / FOLDER / f"{outside}.svg").read_bytes()
        label = f"Figure {self.numbers[said['name']]}"
        alt = output.metadata["image/png"]["alt"]
        return {
            "kind": "figure",
            "picture": _data(svg, "svg+xml"),
            "alt": alt,
            "label": label,
            "caption": words(said["caption"]),
            "link": f"{self.page}#fig-{said['name']}",
            "notes": [f"What is seen: {alt}", *in_plan(outside)],
        }

    def claim(self, claim, measured):
        control = claim["control_is"]
        why = f"Where the cause is gone ({control}) it must fail." if control else ""
        return {
            "kind": "claim",
            "number": claim["id"],
            "statement": words(claim["statement"]),
            "measured": words(short(claim, measured)),
            "link": f"{self.page}#{anchor(claim['id'])}",
            "notes": ["Ask who believes it before you show what was measured.", why],
        }

    def question(self, asked):
        choices = [(html(choice.text), choice.right) for choice in asked.choices]
        told = [line(f"{chr(65 + i)}: {choice.told}") for i, choice in enumerate(asked.choices)]
        picture = _data(asked.picture, "png") if asked.picture else None
        return {
            "kind": "question",
            "text": html(asked.text),
            "picture": picture,
            "alt": asked.alt,
            "choices": choices,
            "notes": ["Hands up for each choice, then show the answer.", *told],
        }


def _data(data, kind):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _inside(path):
    """A script or style as it may stand inside a page: no end of it within its strings."""
    text = path.read_text(encoding="utf-8")
    return text.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def deck(path):
    """The HTML of the slides of a chapter."""
    made, first = Slides(path), nbformat.read(path, as_version=4).cells[0].source
    question = QUESTION.search(first)
    environment = Environment(loader=FileSystemLoader(SITE), autoescape=True, trim_blocks=True)
    return environment.get_template("deck.html").render(
        title=titles()[path.stem],
        course=config()["title"],
        author=config()["author"],
        question=words(question[1]) if question else "",
        objectives=[words(text) for text in OBJECTIVE.findall(first)],
        page=made.page,
        groups=list(made.groups()),
        style=(SITE / "deck.css").read_text("utf-8"),
        **{name.replace(".", "_"): _inside(SITE / "reveal" / name) for name in REVEAL},
    )
