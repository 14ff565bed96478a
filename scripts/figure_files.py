"""The figures of the notebooks that have a name: their numbers, and their SVG files.

`05-zigzag` is the figure `zigzag` of chapter 5: so its file is called (`chapters/figures/`), so
other chapters refer to it. A page without a number gives its whole name: `which-technique-rates`.
"""

import base64
import re
from pathlib import Path

import nbformat
from scour import scour

from dlcourse._figures import MIME
from dlcourse._svg import checksum, checksum_in

FOLDER = "figures"
LARGEST = 6_000_000  # bytes, all files together


def prefix(stem):
    """What the names of a notebook's figures begin with on the outside: 05, or 05-beyond."""
    return stem[:2] if re.match(r"\d\d-(?!beyond$)", stem) else stem


def numbered(path):
    """Name -> number of the figures of one notebook, in the order of the page.

    *5.3*; on a page beyond a chapter *5.b3*, as its claims; *3* on a page without a number.
    """
    start = re.match(r"0?(\d+)-(beyond$)?", path.stem)
    start = f"{start[1]}.{'b' if start[2] else ''}" if start else ""
    figures = named(nbformat.read(path, as_version=4))
    return {name: f"{start}{i}" for i, (name, _, _) in enumerate(figures, 1)}


def named(nb):
    """(name, caption, PNG) of each figure with a caption, in the order of the page."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if MIME in data and "image/png" in data:
                words = data[MIME]
                yield words["name"], words["caption"], base64.b64decode(data["image/png"])


def captions(paths):
    """How a figure is called outside -> its caption, of all these notebooks."""
    return {
        f"{prefix(path.stem)}-{name}": caption
        for path in paths
        for name, caption, _ in named(nbformat.read(path, as_version=4))
    }


def is_whole(folder, stem, name, png):
    """Whether the SVG of a figure is there, drawn together with this PNG."""
    path = Path(folder, FOLDER, f"{prefix(stem)}-{name}.svg")
    return path.is_file() and checksum_in(path.read_text("utf-8")) == checksum(png)


def small(svg):
    """The same drawing in three fifths of the bytes: short names, four digits."""
    options = scour.sanitizeOptions()
    options.digits, options.shorten_ids, options.strip_ids = 4, True, True
    return scour.scourString(svg, options)


def store(path, nb, drawn):
    """Bring the SVG files of one notebook up to date; `drawn` is the folder of its last run."""
    folder = path.parent / FOLDER
    names = [name for name, _, _ in named(nb)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{path.name}: two figures are called {twice[0]}; give one another name")
    for name, _, png in named(nb):
        if not is_whole(path.parent, path.stem, name, png):
            folder.mkdir(exist_ok=True)
            fresh = small(Path(drawn, f"{checksum(png)}.svg").read_text("utf-8"))
            (folder / f"{prefix(path.stem)}-{name}.svg").write_text(fresh, encoding="utf-8")
    others = [other for other in path.parent.glob("*.ipynb") if other.name != path.name]
    wanted = {f"{prefix(path.stem)}-{name}" for name in names} | set(captions(others))
    for old in folder.glob(f"{prefix(path.stem)}-*.svg"):
        if old.stem not in wanted:
            old.unlink()


def faults(folder):
    """What is wrong with the SVG files of a folder of notebooks, each in a sentence."""
    found, wanted = [], set()
    for path in sorted(Path(folder).glob("*.ipynb")):
        for name, _, png in named(nbformat.read(path, as_version=4)):
            whole = f"{prefix(path.stem)}-{name}"
            if whole in wanted:
                found.append(f"two figures are called {whole}")
            wanted.add(whole)
            if not is_whole(folder, path.stem, name, png):
                found.append(f"{whole}.svg is missing or shows another PNG: make notebooks")
    files = sorted(Path(folder, FOLDER).glob("*"))
    found += [f"{f.name} belongs to no figure" for f in files if f.stem not in wanted]
    sizes = {f.name: f.stat().st_size for f in files}
    if sum(sizes.values()) > LARGEST:
        found.append(f"the files have {sum(sizes.values()):,} bytes, more than {LARGEST:,}")
    return found
