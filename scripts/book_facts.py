"""What the texts of the book refer to: titles, numbers, figures, claims, sources."""

import re
from functools import cache
from pathlib import Path

import nbformat
import yaml
from figure_files import numbered, prefix
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
CLAIM = "application/vnd.dlcourse.claim+json"
OLD = "errata"  # the page with the table of old numbers
NUMBER = re.compile(r"(?a:\bC\d+\.b?\d+[a-z]?\b)")  # ASCII: a Korean particle may follow
# Where a chapter first says so, it leads to the page that has them.
NOTES = re.compile(r"\b[Tt]he (?:study )?notes\b|노트(?!북)")
EQUATIONS = r"^\$\$ \(([\w-]+)\)$"
EXERCISES = r"^`{3,}\{exercise\}[^\n]*\n:label: ([\w-]+)$"


@cache
def config():
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


@cache
def numbers():
    """The number of each chapter, from the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [part["chapters"] for part in toc["parts"] if part.get("numbered")]
    return {Path(c["file"]).name: str(i) for i, c in enumerate(sum(parts, []), 1)}


@cache
def titles():
    """The first heading of every page of the folder."""
    found = {}
    for path in sorted(CHAPTERS.iterdir()):
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8")
        elif path.suffix == ".ipynb":
            text = nbformat.read(path, as_version=4).cells[0].source
        else:
            continue
        found[path.stem] = re.search(r"^# +(.+?) *$", text, re.MULTILINE)[1]
    return found


@cache
def sources():
    """Key -> (authors, year, address, whole entry) of everything in references.bib."""
    database = parse_file(ROOT / "references.bib")
    style = find_plugin("pybtex.style.formatting", "plain")()
    backend = find_plugin("pybtex.backends", "markdown")()
    whole = {
        e.key: " ".join(e.text.render(backend).split()) for e in style.format_bibliography(database)
    }
    found = {}
    for key, entry in database.entries.items():
        people = [
            " ".join(p.prelast_names + p.last_names).strip("{}") for p in entry.persons["author"]
        ]
        few = " and ".join(people) if len(people) < 3 else f"{people[0]} et al."
        doi = entry.fields.get("doi")
        address = entry.fields.get("url") or (f"https://doi.org/{doi}" if doi else "")
        found[key] = (few, entry.fields["year"], address, whole[key])
    return found


@cache
def labels(pattern):
    """The numbers of everything with a label, counted page by page as the site counts."""
    found = {}
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        text = "\n".join(markdown(nbformat.read(path, as_version=4)))
        start = numbers().get(path.stem, "")
        for i, label in enumerate(re.findall(pattern, text, re.MULTILINE | re.DOTALL), 1):
            found[label] = f"{start}.{i}" if start else str(i)
    return found


def markdown(nb):
    return [cell.source for cell in nb.cells if cell.cell_type == "markdown"]


@cache
def figures(stem):
    """What a page calls a figure -> (page, name, number)."""
    found = {}
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        for name, number in numbered(path).items():
            place = path.stem, name, number
            found |= {f"{prefix(path.stem)}-{name}": place} | (
                {name: place} if path.stem == stem else {}
            )
    return found


def anchor(number):
    """Where a claim stands on its page, and on the page *Claims*."""
    return "claim-" + number.lower().replace(".", "-")


def stored_claims(path):
    """The data of every claim that a notebook stores."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if CLAIM in output.get("data", {}):
                yield output.data[CLAIM]


@cache
def claims():
    """Number -> page of every claim."""
    paths = sorted(CHAPTERS.glob("*.ipynb"))
    return {claim["id"]: path.stem for path in paths for claim in stored_claims(path)}


@cache
def old_claims():
    """The numbers in the first column of the last table of the errata, in any language."""
    text = (CHAPTERS / f"{OLD}.md").read_text(encoding="utf-8").rpartition("\n## ")[2]
    firsts = re.findall(r"^\| *(C\d[^|]*)\|", text, re.MULTILINE)
    return {number for first in firsts for number in NUMBER.findall(first)}


def claim_place(number):
    """(page, anchor) of a claim; an old number leads to the table of old numbers."""
    if number in claims():
        return claims()[number], anchor(number)
    if number in old_claims():
        return OLD, f"old-{anchor(number)}"
    raise KeyError(
        f"there is no claim {number}: correct the number, or, if it is one of the first edition, "
        f"add it to the table of old numbers in chapters/{OLD}.md"
    )
