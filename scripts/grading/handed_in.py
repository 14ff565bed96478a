"""Find what a class has handed in: every file, whose it is, and what can be read of it."""

import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
import nbformat

SKIPPED = {".ipynb_checkpoints", "__MACOSX", "__pycache__"}
ENCODINGS = ("utf-8-sig", "utf-16", "cp949", "latin-1")
LARGEST = 50_000_000  # bytes


@dataclass
class HandedIn:
    """One file. `cells` are (type, source); empty when nothing could be read.

    `dropped` are the numbers of cells that mending leaves out.
    """

    path: Path
    student: str
    file: str
    cells: list = field(default_factory=list)
    mended: list = field(default_factory=list)
    look: list = field(default_factory=list)
    dropped: list = field(default_factory=list)


def files(folder):
    """Every file that somebody handed in, in the order of their names."""
    folder = Path(folder)
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and not SKIPPED & set(path.relative_to(folder).parts)
    )


def read(path, folder):
    """A file as cells, whatever state it is in; what was mended, and what needs a look."""
    place = path.relative_to(folder)
    own = place.parts[0] if len(place.parts) > 1 else place.stem
    found = HandedIn(path, _name(own), _name(str(place)))
    if found.file != str(place):
        found.mended.append("letters of the file name put together (NFC)")
    try:
        _read(path, found)
    except Exception as error:  # whatever is wrong with it, the student keeps a row
        found.look.append(f"cannot be read: {type(error).__name__}: {str(error)[:200]}")
    return found


def _name(text):
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())


def _read(path, found):
    if path.stat().st_size > LARGEST:
        raise ValueError(f"the file has more than {LARGEST // 1_000_000} MB; its outputs?")
    data = path.read_bytes()
    if not data.strip():
        raise ValueError("the file is empty")
    text, encoding = _decoded(data)
    if encoding != "utf-8-sig":
        found.mended.append(f"encoding {encoding}")
    if "\r" in text:
        found.mended.append("line ends")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip().startswith("{"):
        notebook = _notebook(text, found)
    elif path.suffix == ".py":
        notebook = jupytext.reads(text, fmt="py")
        found.mended.append("a .py file read as a notebook")
    else:
        raise ValueError("this is no notebook")
    for cell in notebook.cells:
        source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
        if source != cell.source and "line ends" not in found.mended:
            found.mended.append("line ends")
        found.cells.append((cell.cell_type, source))


def _decoded(data):
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if encoding != "utf-16" or "{" in text[:5]:  # nearly anything is some UTF-16
            return text, encoding
    raise ValueError("no known encoding")


def _notebook(text, found):
    raw = json.loads(text)
    for cell in raw.get("cells", []):
        cell.setdefault("metadata", {})
    raw.setdefault("metadata", {})
    raw.setdefault("nbformat", 4)
    raw.setdefault("nbformat_minor", 5)
    if raw["nbformat"] < 4:
        found.mended.append(f"notebook format {raw['nbformat']}")
        notebook = nbformat.convert(nbformat.from_dict(raw), 4)
    else:
        notebook = nbformat.from_dict(raw)
    for cell in notebook.cells:
        if isinstance(cell.source, list):
            cell.source = "".join(cell.source)
    kernel = notebook.metadata.get("kernelspec", {}).get("name", "python3")
    if kernel != "python3":
        found.mended.append(f"kernel {kernel!r}")
    language = notebook.metadata.get("kernelspec", {}).get("language", "python").lower()
    if language != "python":
        found.look.append(f"the notebook is of the language {language}")
    if not any("nbgrader" in cell.metadata for cell in notebook.cells):
        found.mended.append("metadata lost")
    return notebook
