"""The class page: how many points, and which mistake how often. It names no student."""

import re
from collections import Counter, defaultdict
from html import escape

from .table import cause, short

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 2rem }
th, td { padding: .3rem .8rem; text-align: left; border-bottom: 1px solid #ccc }
td.number { text-align: right }
"""


TWO = re.compile(r"two mistakes at once\. 1: (.*) 2: (.*)")
NOT_WRITTEN = re.compile(r"nothing is wrong so far; where to start|NotImplementedError")
NUMBER = re.compile(r"-?\d[\d.,e+-]*|nan|inf")  # the same mistake at other numbers


def said(text):
    """The mistakes that a failed test tells of: two at once are two."""
    line = cause(text).split(" Something else is wrong after it:")[0]
    line = line.split("; the cell in front: ")[-1]  # that is why a name is missing
    two = TWO.fullmatch(line)
    return two.groups() if two else ["not written yet" if NOT_WRITTEN.match(line) else line]


def mistakes(results):
    """{part: [(how often, an example of the text), ...]}, the most frequent first."""
    examples, counts = {}, defaultdict(Counter)
    for result in results:
        for part, text in result["failed"].items():
            for line in said(text):
                kind = NUMBER.sub("#", line)
                counts[part][kind] += 1
                examples.setdefault((part, kind), short(line))
    return {
        part: [(often, examples[part, kind]) for kind, often in found.most_common()]
        for part, found in counts.items()
    }


def page(assignment, results):
    """The page as HTML, in one file."""
    graded = [r for r in results if r["passed"] or r["failed"]]
    totals = Counter(sum(assignment.tests[name] for name in r["passed"]) for r in graded)
    title = f"{assignment.name}: {len(results)} handed in, {len(graded)} graded"
    passing = [
        (f"{name} ({points} points)", sum(name in r["passed"] for r in graded))
        for name, points in assignment.tests.items()
    ]
    text = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><h1>{escape(title)}</h1>",
        _table("Parts", ["part", "students who have it"], passing),
        _table("Points", ["points", "students"], sorted(totals.items(), reverse=True)),
    ]
    found = mistakes(results)
    for part in assignment.tests:
        if part in found:
            rows = [(what, often) for often, what in found[part]]
            text.append(_table(f"What went wrong in {part}", ["cause", "students"], rows))
    look = sum(bool(r["look"]) for r in results)
    text.append(f"<p>{look} submissions need a human look; the table says which and why.</p>")
    return "\n".join([*text, "</body></html>\n"])


def _table(title, head, rows):
    lines = [f"<h2>{escape(title)}</h2>", "<table><thead><tr>"]
    lines += [f'<th scope="col">{escape(name)}</th>' for name in head]
    lines.append("</tr></thead><tbody>")
    for label, number in rows:
        lines.append(f'<tr><td>{escape(str(label))}</td><td class="number">{number}</td></tr>')
    return "\n".join([*lines, "</tbody></table>"])
