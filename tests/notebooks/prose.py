"""No number in the prose without a source: a cell, a citation, a formula or a setting."""

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
CITED = re.compile(r"\{cite:[pt]\}")


def settings(nb):
    """Every number that stands in the code of the chapter, also as a percentage."""
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    literals = re.findall(r"(?<![\w.])\d[\d_]*\.?\d*(?:e-?\d+)?", code)
    found = {float(literal.replace("_", "")) for literal in literals}
    return found | {round(100 * n, 9) for n in found} | {round(100 * (1 - n), 9) for n in found}


def numbers(text):
    """(number, sentence) of every percentage or decimal that needs a source."""
    paragraphs = re.split(r"\n\s*\n", text)
    for paragraph in paragraphs:
        if CITED.search(paragraph):  # what a paragraph cites, it cites for its numbers too
            continue
        for pattern in LEFT_OUT:
            paragraph = re.sub(pattern, " ", paragraph, flags=re.MULTILINE | re.DOTALL)
        for match in NUMBER.finditer(paragraph):
            start = max(0, match.start() - 40)
            yield match.group(1), " ".join(paragraph[start : match.end() + 20].split())


def sourced(nb):
    """Numbers in the Markdown are glued, cited, part of a formula, or settings of the code."""
    known = settings(nb)
    return [
        f"{number!r} has no source: ... {around} ..."
        for cell in nb.cells
        if cell.cell_type == "markdown"
        for number, around in numbers(cell.source)
        if float(number.replace(",", "")) not in known
    ]
