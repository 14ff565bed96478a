"""The page *Plan a course*: sessions with their minutes, and where each objective is met.

All comes from chapters/plan-a-course.yml and the notebooks that it names (scripts/course_plan.py).
A name that a chapter does not have is left out here; tests/notebooks/test_plan.py finds it.
"""

from book_facts import CHAPTERS, figures, titles
from course_plan import choice, facts, plan
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .cited_figures import LABEL
from .explore import explorers
from .page_tables import parse, table

SESSION = ("Minutes", "What", "How", "Show")
MAP = ("Objective", "Sections", "Quiz", "Exercises", "Assignment")


class Plan(SphinxDirective):
    """What the directives of the page share."""

    def uri(self, page, anchor):
        place = self.env.app.builder.get_relative_uri(self.env.docname, page)
        return f"{place}#{anchor}"

    def chapter(self, stem, anchor, text):
        return nodes.reference("", text, refuri=self.uri(f"chapters/{stem}", anchor))

    def figure(self, name, stem=""):
        """A link to a figure; it says so when the figure moves."""
        page, short, number = figures(stem)[name]
        found = explorers(CHAPTERS / f"{page}.ipynb").values()
        moves = any(spec["name"] == short for spec in found)
        text = LABEL % number + (" (moves)" if moves else "")
        return self.chapter(page, f"fig-{short}", text)

    def minutes(self, rows):
        """The table of a session."""
        made, start = [], 0
        for length, what, how, shown in rows:
            links = [self.figure(name) for name in shown if name in figures("")]
            time = f"{start}–{start + length}"
            made.append([*map(_words, (time, what)), parse(self, how), [joined(links)]])
            start += length
        return table(SESSION, (12, 22, 42, 24), made, "session-table")

    def run(self):
        for path in sorted(CHAPTERS.glob("0?-*.ipynb")):
            self.env.note_dependency(str(path))
        self.env.note_dependency(str(CHAPTERS / "plan-a-course.yml"))
        return self.made()


class Session(Plan):
    """One chapter in ninety minutes."""

    required_arguments = 1

    def made(self):
        stem = self.arguments[0]
        session = plan()["sessions"][stem]
        found, (live, change) = [self.slides(stem), self.minutes(session["rows"])], session["live"]
        if live in figures(stem):
            said = parse(self, "**Run live:** the cell of")[0]
            said += [nodes.Text(" "), self.figure(live), nodes.Text(". ")]
            said += parse(self, change)[0].children
            found.append(said)
        found += parse(self, "**Three misconceptions**, wrong answers of the quiz:")
        found.append(nodes.bullet_list("", *self.misconceptions(stem, session)))
        return found + list(parse(self, f"**Leave out:** {session['leave_out']}"))

    def slides(self, stem):
        """The deck, here, and printed, where the site is published."""
        deck, printed = f"slides/{stem}.html", f"{self.config.html_baseurl}slides/{stem}.pdf"
        name = titles()[stem]
        hidden = [nodes.inline("", f": {name}", classes=["visually-hidden"]) for _ in range(2)]
        links = [
            self.chapter(stem, "", name),
            nodes.reference("", "Slides", hidden[0], refuri=f"../{deck}"),
            nodes.reference("", "Slides as PDF", hidden[1], refuri=printed),
        ]
        return joined(links)

    def misconceptions(self, stem, session):
        for name in session["misconceptions"]:
            asked, wrong = choice(stem, name)
            text = f"*“{wrong.text}”* {wrong.told}"
            where = self.chapter(stem, "quiz", f"Question {asked.name[-1]}")
            said = nodes.paragraph("", "", where, nodes.Text(": "), *parse(self, text)[0].children)
            yield nodes.list_item("", said)


class ShortSession(Plan):
    """One of three sessions, which takes several chapters."""

    required_arguments = 1

    def made(self):
        session = plan()["three"][self.arguments[0]]
        links = [self.chapter(stem, "", titles()[stem]) for stem in session["chapters"]]
        return [joined(links), self.minutes(session["rows"])]


class ObjectiveMap(Plan):
    """Objective -> section, quiz, exercise, part of the assignment, a table for each chapter."""

    def made(self):
        found = []
        for stem, session in plan()["sessions"].items():
            section = nodes.section("", nodes.title("", titles()[stem]), ids=[f"map-{stem}"])
            has, rows = facts(stem), []
            for name, row in session["map"].items():
                if name in has.objectives:
                    rows.append(self.row(stem, has, name, row))
            section += table(MAP, (30, 25, 10, 20, 15), rows, "objective-table")
            found.append(section)
        return found

    def row(self, stem, has, name, row):
        said = parse(self, f"**{name}** {has.objectives[name]}")
        sections = [
            self.chapter(stem, nodes.make_id(text), text)
            for text in row["sections"]
            if text in has.sections
        ]
        quiz = [self.chapter(stem, "quiz", str(number)) for number in row["quiz"]]
        exercises = [
            self.chapter(stem, label, has.exercises[label].lstrip("★ "))
            for label in row["exercises"]
            if label in has.exercises
        ]
        assignment = []
        for part in row["parts"]:
            page, heading = has.parts[part]
            place = self.uri(page, nodes.make_id(heading))
            assignment.append(nodes.reference("", heading.partition(":")[0], refuri=place))
        return [said, *([joined(links)] for links in (sections, quiz, exercises, assignment))]


def joined(links):
    """Links with dots between them; a dash where there is none."""
    found = nodes.paragraph()
    for link in links:
        found += [nodes.Text(" · ")] * bool(found.children) + [link]
    return found if links else nodes.paragraph("", "–")


def _words(text):
    return [nodes.paragraph("", text)]
