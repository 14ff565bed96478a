"""The text of a formula: cut into parts, and made into a function by SymPy's parser."""

import functools
import re

import sympy
from sympy.parsing.latex import parse_latex

LETTERS = "abcfghjklmnopqrstuvwxyzABCFGHJKLMPQRTUVWXYZ"  # no d, e, i, E, I, N, O, S: they mean more
BEGINS = r"[\ue000-\uf8ffe\d(]|\\(frac|sqrt|log)$"


def split(latex, marks):
    """Cut at marks that stand in no brackets of this text: [part, mark, part, ...]."""
    parts, depth, begin = [], 0, 0
    for token in re.finditer(r"\\[a-zA-Z]+|.", latex):
        if depth == 0 and token[0] in marks:
            parts += [latex[begin : token.start()], token[0]]
            begin = token.end()
        depth += (token[0] in "([{") - (token[0] in ")]}")
    return [*parts, latex[begin:]]


def spelled(latex):
    """With braces around arguments and a dot in products, as SymPy's parser wants it."""
    latex = re.sub(r"(\\frac\{[^{}]*\}) ?([^ {\\])", r"\1{\2}", latex)
    latex = re.sub(r"\\sqrt ([^ {\\])", r"\\sqrt{\1}", latex)
    out, before = [], ""
    tokens = re.findall(r"\\[a-zA-Z]+|\d+(?:\.\d+)?|\S", latex)
    for token in tokens:
        if re.fullmatch(r"[\ue000-\uf8ffe)}]|\d.*", before) and re.match(BEGINS, token):
            out.append(r"\cdot")
        out.append(token)
        before = token
    return " ".join(out)


@functools.cache
def parsed(latex):
    """The function of all `LETTERS` that an expression of letters stands for."""
    expression = parse_latex(latex, backend="lark")
    if not isinstance(expression, sympy.Expr):
        raise ValueError(f"SymPy cannot read {latex}")
    expression = expression.subs(sympy.Symbol("e"), sympy.E)
    return sympy.lambdify([sympy.Symbol(letter) for letter in LETTERS], expression, "numpy")
