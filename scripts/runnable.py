"""Notebooks that read well wherever they are opened: runnable.py OUT [--commit SHA].

A chapter in chapters/ is written in MyST, which the site shows and JupyterLab, Colab and
JupyterLite do not. Here it becomes plain Markdown, with links to the site; a solution is folded
under its heading, and so is the code that the site folds. Code and outputs stay as they are.
With --commit a notebook in Colab installs dlcourse as it was at that commit.
"""

import argparse
import copy
import json
import re
from pathlib import Path

import nbformat
from book_facts import (
    CHAPTERS,
    EQUATIONS,
    EXERCISES,
    claim_place,
    config,
    figures,
    labels,
    numbers,
    sources,
    titles,
)
from figure_files import named
from plain_markdown import Page, figure, plain

CLAIM = "application/vnd.dlcourse.claim+json"
RECORD = "application/papermill.record/text/plain"
START = re.compile(r"^(?=`{3,}\{(?:exercise|solution-start)\})", re.MULTILINE)
END = re.compile(r"^(`{3,})\{solution-end\}\n\1$", re.MULTILINE)
SOLUTION = "#### Solution"
# How JupyterLab and JupyterLite, and the notebooks of before, mark a heading that is folded.
CLOSED = {"jp-MarkdownHeadingCollapsed": True, "heading_collapsed": True}


def captions(cell, page):
    """The captions of a cell's figures, as a cell of text below it."""
    lines = [
        f"{figure(*page.figures[name], page)}. {caption}"
        for name, caption, _ in named(nbformat.from_dict({"cells": [cell]}))
    ]
    if lines:
        yield nbformat.v4.new_markdown_cell("\n\n".join(lines), id=f"{cell.id}-caption")


def values(nb):
    """The texts that cells hand to the prose, by name."""
    return {
        output.metadata["scrapbook"]["name"]: output.data[RECORD].strip("'\"")
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if "scrapbook" in output.get("metadata", {})
    }


def runnable(path, commit=None):
    """The notebook of a chapter, for those who open it to run it."""
    nb = nbformat.read(path, as_version=4)
    site = config()["html"]["baseurl"] + "chapters/"
    page = Page(
        number=numbers().get(path.stem, ""),
        site=site,
        name=path.stem,
        values=values(nb),
        equations=labels(EQUATIONS),
        exercises=labels(EXERCISES),
        titles=titles(),
        figures=figures(path.stem),
        claim_place=claim_place,
        sources=sources(),
    )
    nb.cells, in_solution = [], False
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            nb.cells += [code(cell, in_solution, commit), *captions(cell, page)]
            continue
        texts = []
        for text, solves in pieces(cell.source, in_solution):
            in_solution, text = solves, plain(text, page).strip()
            # What is to be folded stands in cells of its own, below the heading.
            texts += text.split("\n", 1) if text.startswith(SOLUTION) else [text]
        texts = [text for text in texts if text.strip()]
        nb.cells += [words(cell, i, text) for i, text in enumerate(texts)]
    nb.cells[0].source += (
        f"\n\n*This notebook runs the chapter. The page is easier to read: "
        f"[{titles()[path.stem]}]({page.address(path.stem)}).*"
    )
    closed = [cell.id for cell in nb.cells if cell.source.startswith(SOLUTION)]
    nb.metadata["colab"] = {"collapsed_sections": closed}
    return nb


def code(cell, in_solution, commit):
    """A cell of code; what the page folds is folded here too, and so is a solution."""
    makes_claim = any(CLAIM in output.get("data", {}) for output in cell.outputs)
    if makes_claim or "hide-input" in cell.metadata.get("tags", []):
        cell.metadata["jupyter"] = {"source_hidden": True}
    if in_solution:
        cell.metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
    if commit:
        address = f"git+{config()['repository']['url']}"
        cell.source = cell.source.replace(address, f"{address}@{commit}")
    return cell


def pieces(text, in_solution):
    """(text, whether it belongs to a solution), cut so that a heading begins a cell.

    A heading folds all cells up to the next one of its level.
    """
    for part in START.split(END.sub("\0", text)):
        opening = START.match(part) and part.partition("\n")[0]
        if opening:
            in_solution = "{solution-start}" in opening
        before, ended, after = part.partition("\0")
        yield before, in_solution
        if ended:
            in_solution = False
            yield after, in_solution


def words(cell, i, text):
    """One piece of a cell of text."""
    piece = copy.deepcopy(cell)
    piece.id = cell.id if i == 0 else f"{cell.id}-{i}"
    piece.source = text.strip()
    if piece.source.startswith(SOLUTION):
        piece.metadata.update(CLOSED, id=piece.id)
    return piece


def write(nb, path):
    """Not by nbformat, which cuts texts into lines: JupyterLite stumbles over them."""
    path.write_text(json.dumps(nb, ensure_ascii=False), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--commit")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        write(runnable(path, given.commit), given.out / path.name)


if __name__ == "__main__":
    main()
