"""Ours, since PurgeCSS needs npm at each build, and Lightning CSS keeps what is used in part.

The style sheet without the rules that no page can need: a third of it is left.
The theme brings all of Bootstrap, its design components and two thousand icons. A rule stays
if each class, id and element in its selector occurs in a page, or as a word of a script, which
might add it.
"""

import re
from pathlib import Path

from tinycss2 import parse_rule_list, parse_stylesheet, serialize

NESTED = ("media", "supports")


def vocabulary(pages, scripts):
    """The names that selectors can find: (elements, classes and ids)."""
    pages, scripts = "\n".join(pages), "\n".join(scripts)
    marks = re.findall(r"\b(?:class|id)=(?:\"([^\"]*)\"|'([^']*)')", pages)
    tags = re.findall(r"<([A-Za-z]\w*)|createElement\([\"'](\w+)", pages + scripts)
    names = re.findall(r"[A-Za-z_][\w-]*", " ".join([a + b for a, b in marks] + [scripts]))
    return {(a or b).lower() for a, b in tags}, set(names)


def parts(tokens):
    """A list of tokens, cut at its commas."""
    found = [[]]
    for token in tokens:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def needed(selector, elements, names):
    """Whether a page may have what a selector names; what stands in brackets is not looked at."""
    before = None
    for token in selector:
        known = names if token.type == "hash" or before == "." else elements
        if token.type in ("hash", "ident") and before != ":" and token.value not in known:
            return False
        before = token.value if token.type == "literal" else None
    return True


def pruned(rules, elements, names):
    """The text of the rules that are needed."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in parts(rule.prelude) if needed(s, elements, names)]
            if selectors:
                heads = ",".join(serialize(selector).strip() for selector in selectors)
                kept.append(f"{heads}{{{serialize(rule.content).strip()}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTED:
            inner = pruned(parse_rule_list(rule.content, True, True), elements, names)
            if inner:
                kept.append(f"@{rule.at_keyword}{serialize(rule.prelude)}{{\n{inner}\n}}")
        elif rule.type == "error":
            raise ValueError(f"line {rule.source_line} of the style sheet: {rule.message}")
        else:
            kept.append(rule.serialize())
    return "\n".join(kept)


def prune(app, exception):
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    lite = out / "lite"  # has its own styles
    pages = [p.read_text("utf-8") for p in out.rglob("*.html") if lite not in p.parents]
    scripts = [p.read_text("utf-8") for p in (out / "_static").rglob("*.*js")]
    found = vocabulary(pages, scripts)
    for sheet in out.glob("_static/book-*.css"):
        rules = parse_stylesheet(sheet.read_text("utf-8"), True, True)
        sheet.write_text(pruned(rules, *found), encoding="utf-8")
