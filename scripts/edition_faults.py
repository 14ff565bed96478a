"""What is wrong with the Korean edition, a line a fault: edition_faults.py.

new       the English is new or changed, and no catalogue has it: `make translations`
stale     the English changed since it was translated
missing   a message without Korean, on a page that says that it is done
differs   formulas, code, roles, links, emphasis or numbers are not the same in both languages
term      a word of the word tables is not the Korean word of its table

A stale or missing message is shown in English, so a page may have a few: 2 in 100, and 3 at least.
"""

import math
import re
import sys
from collections import Counter

from catalogues import LOCALE, ROOT, SHOWN, by_catalogue, file_of, read, said
from messages import PARSER, has_words
from terms import terms, wrong_terms

NUMBER = re.compile(r"(?<![\w.])[−-]?\d+(?:[.,]\d+)*")
NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905
SPELLED = {word: number for number, word in enumerate(NUMBERS)} | {
    "a": 1, "an": 1, "once": 1, "first": 1, "twice": 2, "half": 2, "quarter": 4, "fifth": 5,
    "tenth": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
    "zero": 0, "zeros": 0, "ones": 1, "nothing": 0, "trillion": 1, "pair": 2,
    "eleven": 11, "twelve": 12, "third": 3, "thirds": 3, "fifths": 5, "sixth": 6, "tenths": 10,
    "halves": 2, "forty": 40, "ninety": 90, "hundredth": 100, "quarters": 4,
    "sixteen": 16, "twentieth": 20, "seventh": 7, "eighth": 8, "thousand": 1,
}  # fmt: skip
HOLE = re.compile(r"\{\w+\}")
SHARE, LEAST = 0.02, 3


def marks(text):
    """What must be the same in both languages, as the parser of the book sees it."""
    found, numbers = Counter(), Counter()
    for token in PARSER.parseInline(text)[0].children:
        if token.type == "text":
            numbers.update(n.replace(",", "") for n in NUMBER.findall(token.content))
            found.update(("placeholder", hole) for hole in HOLE.findall(token.content))
        elif token.type in ("math_inline", "code_inline", "html_inline"):
            found[token.type, token.content.replace(" ", "")] += 1
        elif token.type == "myst_role":
            found[token.meta["name"], token.content] += 1
        elif token.type == "link_open":
            found["link", token.attrs["href"]] += 1
        elif token.type in ("strong_open", "em_open"):
            found[token.type, ""] += 1
    return found, numbers


def differences(english, korean):
    (a, m), (b, n) = marks(english), marks(korean)
    for what, left in (("lacks", a - b), ("has, but English has not:", b - a)):
        for (kind, content), count in left.items():
            yield f"{what} {count} {kind} {content}".rstrip()
    lost = {number for number in set(m) - set(n) if not _written_out(number, korean)}
    if lost:
        yield f"lacks the numbers {sorted(lost)}"
    words = {str(SPELLED.get(word, "")) for word in re.findall(r"[a-z]+", english.lower())}
    words |= {"1"} & set(re.findall(r"분의 (\d+)", korean))  # 5분의 1 is a fifth
    new = {number for number in set(n) - set(m) - words if not _large(number, m)}
    if new:
        yield f"has numbers that English has not: {sorted(new)}"
    if has_words(korean) and not re.search("[가-힣]", korean) and korean != english:
        yield "holds no Korean; a name that stays is its own translation"


def _large(number, english):
    """14억 is 1.4 billion, and 1조 a trillion."""
    return number in {f"{float(n) * 10:g}" for n in english}


def _written_out(number, korean):
    return any(f"{float(number) * 10:g}{unit}" in korean.replace(" ", "") for unit in "억조만")


def faults(locale=LOCALE, root=ROOT):
    """(catalogue, kind, English, why) of everything that is wrong."""
    words = terms(locale, root)
    for name, texts in by_catalogue(locale, root).items():
        po = read(file_of(name, locale))
        entries, unsaid = {entry.msgid: entry for entry in po}, []
        for text in texts:
            entry = entries.pop(text, None)
            if entry is None:
                yield name, "new", text, "run make translations"
            elif korean := said(entry):
                yield from ((name, "differs", text, why) for why in differences(text, korean))
                yield from ((name, "term", text, why) for why in wrong_terms(text, korean, words))
            else:
                kind = "stale" if "fuzzy" in entry.flags else "missing"
                unsaid.append((name, kind, text, f"before: {entry.previous_msgid or '–'}"))
        for text in entries:
            yield name, "new", text, "no page says this any more: run make translations"
        allowed = max(LEAST, math.floor(SHARE * len(texts)))
        if po.metadata.get(SHOWN) == "yes" and len(unsaid) > allowed:
            yield from unsaid


def main():
    found = list(faults())
    for name, kind, text, why in found:
        print(f"locale/ko/{name.split('/')[-1]}.po: {kind}: {text[:60]!r}: {why}")
    sys.exit(f"{len(found)} faults" if found else 0)


if __name__ == "__main__":
    main()
