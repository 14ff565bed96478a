r"""Reads the formulas of a docstring into numbers, from their LaTeX.

A block is read as a reader reads it: a line after the other, ``\leftarrow`` and ``=`` being
assignments. Every name gets a single letter and every product its dot; then
`sympy.parsing.latex` reads fractions, roots, powers, logarithms and brackets. What it cannot
read is computed here: cases, sums over an index, max, min and sign.

Values are kept by name. An array with indices is ``Indexed(array, "ij")``, so that the text may
say x_{ij} and x_{ik}; dL/dx is the name ``d x``.
"""

import inspect
import re
import textwrap
from dataclasses import dataclass

import numpy as np
from formula_syntax import LETTERS, parsed, spelled, split
from formula_words import Unreadable, culprit

AXES = "ijk"
INDEX = r"(?:_\{(?P<many>[ijk]+)\}|_(?P<one>[ijk]))?"
SIMPLE = r"\\(?:alpha|beta|gamma|Delta|epsilon|lambda|mu|rho)(?![a-z])|[a-zA-Z]"
NAME = re.compile(
    rf"""\\frac\{{\\partial\ L\}}\{{\\partial\ (?P<of>{SIMPLE}){INDEX}\}}
    | (?P<square>\\sigma)(?:_i)?\^2
    | (?P<whole>f'\(x\) | f\(x\) | \\sigma\(x\) | \\Phi\(x\) | \\varphi\(x\) | \\tanh\ x
        | p_\{{i,\ \\text\{{label\}}_i\}} | \[j\ =\ \\text\{{label\}}_i\]
        | n_\\text\{{in\}} | n_\\text\{{out\}} | \\text\{{[a-z_\\]+\}}
        | \\rho_\\infty | \\rho_t | r_t | \\beta_[12] )
    | (?P<base>\\hat\ [a-z] | {SIMPLE}){INDEX.replace("many", "more").replace("one", "single")}
    | (?P<command>\\(?:begin|end)\{{cases\}}|\\[a-zA-Z]+)""",
    re.VERBOSE,
)
CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
CALL = re.compile(r"\\(max|min|operatorname\{sign\})\(([^()]*)\)")
FUNCTIONS = {"max": np.maximum, "min": np.minimum, "operatorname{sign}": np.sign}
NORM = re.compile(r"\\lVert(.*?)\\rVert")
AND = "\uf8fe"  # the mark & between the columns of cases
STATEMENTS = re.compile(r"\\\\|\\qquad|\\quad")
COMPARE = {">": np.greater, "<": np.less, r"\le": np.less_equal, r"\ge": np.greater_equal}


@dataclass(frozen=True)
class Indexed:
    """An array whose axes have the names in `index`."""

    array: np.ndarray
    index: str


def blocks(thing):
    """The displayed formulas of a docstring, cleaned of what only sets them nicely."""
    text, found = inspect.getdoc(thing), []
    for match in re.finditer(
        r"^( *)\.\. math::(.*)\n((?:\1 +.*\n|\s*\n)*)", text + "\n", re.MULTILINE
    ):
        found.append(match[2] + "\n" + textwrap.dedent(match[3]))
    return [clean(block) for block in found]


def clean(latex):
    latex = re.sub(r"\\text\{[^}]* [^}]*\}", " ", latex)  # words
    latex = latex.replace(r"\tfrac", r"\frac")
    latex = re.sub(r"\\[,;!]|\\left(?![a-z])|\\right(?![a-z])", " ", latex)
    latex = re.sub(r"\\frac(\d)", r"\\frac{\1}", latex)
    latex = latex.replace(r"^\top", " ")  # matrices are read as diagonal ones
    return re.sub(r"\s+", " ", latex)


class Page:
    """The values that a text has given to names, and those that it still has to read."""

    def __init__(self, **values):
        self.values = values
        self.held = []  # what stands in the text as one character of Unicode's private area

    def hold(self, value):
        self.held.append(value)
        return chr(0xE000 + len(self.held) - 1)

    def read(self, latex):
        """Carry out every statement of a block; returns the values."""
        latex = CASES.sub(lambda m: self.hold(m), latex.replace("&", AND))
        for statement in STATEMENTS.split(latex.replace(AND, " ")):
            if statement.strip(" ,"):
                self.try_to_assign(statement.strip(" ,"))
        return self.values

    def try_to_assign(self, statement):
        """Carry it out, or say which token of it cannot be read."""
        try:
            self.assign(statement)
        except (AssertionError, Unreadable):
            raise
        except Exception as error:
            latex = re.sub(
                r"[\ue000-\uf8fd]", lambda m: self.held[ord(m[0]) - 0xE000][0], statement
            )
            raise Unreadable(culprit(latex, NAME, error), latex.replace(AND, "&")) from error

    def assign(self, statement):
        """``a = b = c`` and ``a = b <= c``: a becomes b, and the rest must agree with it."""
        left, *marked = split(statement, {"=", r"\leftarrow", r"\le"})
        if not marked:
            raise Unreadable(r"it has no = and no \leftarrow", statement)
        _, right, *rest = marked
        if not NAME.fullmatch(left.strip()):
            raise Unreadable(f"{left.strip()} on the left is no name that can be read", statement)
        name, index = named(NAME.fullmatch(left.strip()))
        first = value = self.evaluate(right)
        for mark, latex in zip(rest[::2], rest[1::2], strict=True):
            other = self.evaluate(latex)
            if mark == r"\le":  # a bound that is reached
                value, other = np.max(value), other * np.array([0.99, 1])
                agrees = other[0] < value <= other[1]
            else:
                agrees = np.isclose(value, other, 1e-9, 0)
            assert np.all(agrees), f"{statement}: the two sides of {mark} differ"
        self.values[name] = narrowed(first, index)

    def evaluate(self, latex):
        """The number, or the array, that an expression stands for."""
        while r"\sum" in latex:  # the last one first: it may stand in another
            before, after = latex.rsplit(r"\sum", 1)
            over, after = re.fullmatch(r"(_\{\w+\}|_\w)?(.*)", after).groups()
            body, *more = split(after, {"+", "-", ")", "}", "]"})
            axes = tuple(AXES.index(axis) for axis in (over or "").strip("_{}")) or None
            total = np.sum(self.evaluate(body), axis=axes, keepdims=bool(axes))
            latex = before + self.hold(total) + "".join(more)
        latex = NORM.sub(lambda m: self.hold(np.linalg.norm(self.evaluate(m[1]))), latex)
        latex = CALL.sub(self.called, latex)
        latex = NAME.sub(lambda m: m[0] if kept(m) else self.hold(self.look_up(m)), latex)
        latex = re.sub(r"[\ue000-\uf8ff]", lambda m: self.chosen(m[0]), latex)
        used = sorted(set(re.findall(r"[\ue000-\uf8ff]", latex)))
        f = parsed(re.sub(r"[\ue000-\uf8ff]", lambda m: LETTERS[used.index(m[0])], spelled(latex)))
        return f(*(self.held[ord(c) - 0xE000] for c in used), *[0] * (len(LETTERS) - len(used)))

    def called(self, match):
        arguments = (self.evaluate(latex) for latex in match[2].split(","))
        return self.hold(FUNCTIONS[match[1]](*arguments))

    def look_up(self, match):
        name, index = named(match)
        if name not in self.values:
            raise KeyError(f"the formula uses {name}, which has no value yet")
        value = self.values[name]
        return value(self.values) if callable(value) else wide(value, index)

    def chosen(self, character):
        """What held cases come to: exactly one of the conditions has to hold."""
        cases = self.held[ord(character) - 0xE000]
        if not isinstance(cases, re.Match):
            return character
        lines = [line.split(AND) for line in cases[1].split(r"\\")]
        stated = [self.holds(when) for _, when in lines if "otherwise" not in when]
        if len(stated) < len(lines):
            stated.append(~np.any(stated, axis=0))
        assert np.all(np.sum(stated, axis=0) == 1), "two conditions hold, or none"
        with np.errstate(all="ignore"):
            return self.hold(np.select(stated, [self.evaluate(value) for value, _ in lines]))

    def holds(self, condition):
        try:
            left, mark, right = split(condition, set(COMPARE))
        except ValueError:
            raise Unreadable(f"{condition.strip()} is not one comparison", condition) from None
        return COMPARE[mark](self.evaluate(left), self.evaluate(right))


def kept(match):
    """Whether this is a command, or Euler's number, and no name."""
    return match["command"] or match[0] == "e"


def named(match):
    """The name and the index of what `NAME` has found."""
    found = match.groupdict()
    if found["of"]:
        return f"d {found['of']}", found["many"] or found["one"] or ""
    if found["square"]:
        return r"\sigma^2", "i" if "_i" in match[0] else ""
    return found["whole"] or found["base"], found["more"] or found["single"] or ""


def narrowed(value, index):
    """Of an array with all axes those in `index`; a number if there is none."""
    if np.ndim(value) != len(AXES):
        return value
    value = np.squeeze(value, tuple(a for a, axis in enumerate(AXES) if axis not in index))
    return Indexed(value, index) if index else float(value)


def wide(value, index):
    """An array with indices, turned so that it has all axes in order; a number as it is."""
    if not isinstance(value, Indexed):
        return value
    assert len(index) == value.array.ndim, "an array with another number of indices"
    order = sorted(range(len(index)), key=lambda a: index[a])
    turned = np.transpose(value.array, order)
    return turned.reshape([turned.shape[sorted(index).index(a)] if a in index else 1 for a in AXES])
