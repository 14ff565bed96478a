"""Words that mean the same, for the search: `synonyms.txt`, and English and Korean of the glossary.

A group is a list of words or phrases; who asks for one of them finds the others, too. A wish is
one that works in one direction only: who asks how to choose finds the sections *In practice*.
"""

import re
from pathlib import Path

from book_content.stored import notebooks
from book_content.word_list import words

FILE = Path(__file__).with_name("synonyms.txt")


def alternatives(cell):
    """`층 (계층)` is two words; of `도함수 as a function` the first is one."""
    parts = [part.split(" as ")[0].strip() for part in re.split(r"[(),]", cell)]
    return [part for part in parts if part]


def written(sign):
    """The lines of the file whose words stand between this sign, as lists."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if f" {sign} " in line and not line.startswith("#")]
    return [[word.strip() for word in line.split(sign)] for line in lines]


def wishes():
    return written("<-")


def groups(env):
    found = written("=")
    for _, path in notebooks(env):
        for english, korean, _ in (row for row in words(path) if len(row) == 3):
            found.append(alternatives(english) + alternatives(korean))
    return [list(group) for group in dict.fromkeys(map(tuple, found))]
