"""No number in the prose without a source: a cell, a citation, a formula or a setting."""

import ast
import re

# Percentages and decimals. Whole numbers (epochs, units, pages) are names or settings.
NUMBER = re.compile(r"(?<![\w.,])(\d[\d,]*\.\d+(?!\.?\d)|\d[\d,]*(?:\.\d+)?(?= ?(?:%|percent\b)))")
LEFT_OUT = [
    r"^(`{3,}|:{3,})\{(?:code-cell|bibliography|figure)\}.*?^\1",  # not prose
    r"\$\$.*?\$\$",  # formulas
    r"(?<!\\)\$[^$\n]+\$",
    r"\{[a-z:]+\}`[^`]*`",  # glue, references
    r"`[^`]*`",  # code
    r"\]\([^)]*\)",  # addresses
    r"^:[a-z]+:.*$",  # options of directives
    r"\b(?:LO-|C|[Cc]laim C|[Ee]xercise |[Ss]ection |[Ee]quation |[Tt]able |[Ff]igure )\d+\.\d+",
    r"\barXiv:\d+\.\d+",
]
# What says or draws, and gives nothing to an experiment.
NO_SETTINGS = {"between", "claim", "glue", "plots"}
DRAWING = {"ax", "axes", "fig"}
# What makes the values of a setting.
BUILDERS = {"range", "dict", "list", "tuple", "array", "full", "geomspace", "logspace"}
CITED = re.compile(r"\{cite:[pt]\}")


def settings(nb):
    """(numbers, percentages) that the chapter's code gives to the library or to a name.

    A share of 0.2 is 20 % of something, and 80 % of the rest. Sizes of plots, places of
    labels, texts, criteria and claims are no settings.
    """
    found = set()
    trees = [ast.parse(plain(cell.source)) for cell in nb.cells if cell.cell_type == "code"]
    known = {name for tree in trees for name in own(tree)}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
                found |= set(literals(node.value, known))
            elif isinstance(node, ast.Call) and called(node) in known:
                found |= set(literals(node, known))
            elif isinstance(node, ast.arguments):
                for value in [*node.defaults, *filter(None, node.kw_defaults)]:
                    found |= set(literals(value, known))
            elif isinstance(node, (ast.For, ast.comprehension)):
                found |= set(literals(node.iter, known))
    shares = {round(100 * n, 9) for n in found if 0 < n < 1}
    return found, shares | {round(100 - n, 9) for n in shares} | {0, 50, 100}


def plain(source):
    """A cell's code without the lines that only Jupyter reads."""
    return re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)


def own(tree):
    """Names that take settings: of the library, and of the chapter's own functions and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlcourse"):
            yield from {alias.asname or alias.name for alias in node.names} - NO_SETTINGS
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            arguments = node.args.args if isinstance(node, ast.FunctionDef) else []
            if not DRAWING & {argument.arg for argument in arguments}:
                yield node.name


def called(call):
    """The name of the function that is called; "" where it is a method."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def literals(node, known):
    """The numbers in an expression; in a call only if it is one that takes settings."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            yield float(node.value)
    elif isinstance(node, ast.Call) and called(node) not in known | BUILDERS:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in BUILDERS:
            for part in [*node.args, *(k.value for k in node.keywords)]:
                yield from literals(part, known)
    elif not isinstance(node, (ast.Subscript, ast.Compare, ast.JoinedStr, ast.Lambda)):
        for part in ast.iter_child_nodes(node):
            yield from literals(part, known)


def numbers(text):
    """(number, whether it is a percentage, sentence) of each that needs a source."""
    paragraphs = re.split(r"\n\s*\n", text)
    for paragraph in paragraphs:
        if CITED.search(paragraph):  # what a paragraph cites, it cites for its numbers too
            continue
        for pattern in LEFT_OUT:
            paragraph = re.sub(pattern, " ", paragraph, flags=re.MULTILINE | re.DOTALL)
        for match in NUMBER.finditer(paragraph):
            start = max(0, match.start() - 40)
            percent = bool(re.match(r" ?(%|percent\b)", paragraph[match.end() :]))
            yield match.group(1), percent, " ".join(paragraph[start : match.end() + 20].split())


def sourced(nb):
    """Numbers in the Markdown are glued, cited, part of a formula, or settings of the code."""
    known = settings(nb)
    return [
        f"{number!r} has no source: ... {around} ..."
        for cell in nb.cells
        if cell.cell_type == "markdown"
        for number, percent, around in numbers(cell.source)
        if float(number.replace(",", "")) not in known[percent]
    ]
