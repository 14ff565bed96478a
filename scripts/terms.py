"""The Korean of the course's terms: where the English says a term, the Korean says its word.

The terms are those of the chapters' word tables: `| regularization | 규제 (정규화) | ...`. The
Korean text uses the word in front of the brackets. Terms that are everyday words too, such as
*unit* in *a unit of length*, stand in EVERYDAY, with the words that they may also become.
"""

import re

import nbformat
from catalogues import sources

TABLE = re.compile(
    r"^\| English \| Korean \| meaning \|\n\|[-| ]+\|\n((?:\|.*\|\n?)+)", re.MULTILINE
)
APART = re.compile(r"\{\w+\}(?!`)|\{[\w:-]+\}`[^`]*`|`[^`]*`|\$[^$]*\$|\]\([^)]*\)")
EVERYDAY = {
    "unit": ["단위"], "slope": ["변화율", "경사"], "derivative": ["도함수"], "loss": ["잃"],
    "trial": ["시험", "시도"], "gain": ["이득", "얻", "나아", "이기"], "calibrated": ["보정되"],
    "optimization": [], "configuration": [], "schedule": [], "variance": [],
}  # fmt: skip


def terms(locale, root):
    """English -> the first Korean word of each row of the word tables."""
    found = {}
    for _, path in sources(root):
        if path.suffix != ".ipynb":
            continue
        for cell in nbformat.read(path, as_version=4).cells:
            for table in TABLE.findall(cell.source) if cell.cell_type == "markdown" else ():
                for line in table.strip().splitlines():
                    english, korean, *_ = (part.strip() for part in line.strip("| ").split("|"))
                    found[english.split(" (")[0]] = re.split(r" \(|,", korean)[0].strip()
    return found


def wrong_terms(english, korean, words):
    """The terms that the English says and the Korean does not."""
    text, said = APART.sub(" ", english).lower(), korean.replace(" ", "")
    for term in sorted(words, key=len, reverse=True):
        pattern = rf"\b{re.escape(term.lower())}(?:s|es)?\b"
        if not re.search(pattern, text):
            continue
        text = re.sub(pattern, " ", text)  # the term within a longer one is not asked for again
        allowed = [words[term], term, *EVERYDAY.get(term, [])]
        if not any(word.replace(" ", "") in said for word in allowed):
            yield f"{term} is {words[term]}"
