"""Texts of the chapters as HTML for slides, with formulas as MathML, which needs no fonts."""

import re
from functools import cache
from html import escape, unescape

import quizzes
from markupsafe import Markup
from sphinxcontrib import katex

MATH = re.compile(r"<math.*</math>", re.DOTALL)
SOURCE = re.compile(r"<annotation.*?</annotation>", re.DOTALL)  # the formula as it was typed


@cache
def formula(tex, block=False):
    """A formula as KaTeX sets it, as MathML alone."""
    set_ = katex.render_latex(tex, {"output": "mathml", "displayMode": block, "throwOnError": True})
    return SOURCE.sub("", MATH.search(set_)[0])


def words(text):
    """One sentence: what stands between $ is a formula, between backticks code."""
    made = ""
    for part in re.split(r"(\$[^$]+\$|`[^`]+`)", text):
        if part[:1] == "$":
            made += formula(part[1:-1])
        elif part[:1] == "`":
            made += f"<code>{escape(part[1:-1])}</code>"
        else:
            made += escape(part, quote=False)
    return Markup(made)


def html(markdown):
    """A text of the quiz."""
    text = quizzes.html(markdown)
    text = re.sub(r"\\\((.+?)\\\)", lambda m: formula(unescape(m[1])), text, flags=re.DOTALL)
    text = re.sub(r"\\\[(.+?)\\\]", lambda m: formula(unescape(m[1]), True), text, flags=re.DOTALL)
    return Markup(text)


def line(markdown):
    """One paragraph of a text of the quiz, without its tag; links are their words."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return Markup(html(text).removeprefix("<p>").removesuffix("</p>"))
