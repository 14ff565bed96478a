"""Each figure with a name is stored as SVG, too, drawn together with its PNG; and has a caption."""

import base64
from pathlib import Path

import nbformat
import pytest
from captions import MIME, MISSING, captioned, without_caption
from figure_files import FOLDER, captions, faults, prefix, small, store
from nbformat.v4 import new_code_cell, new_notebook, new_output

from dlcourse._svg import LARGEST, checksum, checksum_in

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
PNG = b"a picture"


def test_the_files_are_whole():
    assert not faults(CHAPTERS)


def test_each_file_is_small():
    sizes = {path.name: path.stat().st_size for path in (CHAPTERS / FOLDER).glob("*")}
    assert not {name: size for name, size in sizes.items() if size > LARGEST}


@pytest.mark.parametrize("path", sorted(CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_figures_that_still_have_no_caption(path):
    """The number only falls: lower it in captions.py with each figure that gets one."""
    found = without_caption(nbformat.read(path, as_version=4))
    assert found == MISSING.get(path.stem, 0)


@pytest.mark.parametrize(
    ("stem", "outside"),
    [("05-optimizers", "05"), ("05-beyond", "05-beyond"), ("which-technique", "which-technique")],
)
def test_how_a_figure_is_called_outside(stem, outside):
    assert prefix(stem) == outside


def notebook(*words, png=PNG):
    """A notebook with one figure for each pair (name, caption), or for None."""
    cells = []
    for pair in words:
        data = {"image/png": base64.b64encode(png).decode()}
        if pair is not None:
            data[MIME] = dict(zip(("name", "caption"), pair, strict=True))
        cells.append(new_code_cell(outputs=[new_output("display_data", data)]))
    return new_notebook(cells=cells)


@pytest.fixture
def folder(tmp_path):
    """Two notebooks whose figures are stored."""
    drawn = tmp_path / "drawn"
    drawn.mkdir()
    words = f"<metadata>PNG SHA-256 {checksum(PNG)}</metadata>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{words}</svg>'
    (drawn / f"{checksum(PNG)}.svg").write_text(svg)
    chapters = tmp_path / "chapters"
    chapters.mkdir()
    for stem, names in {"05-optimizers": ("zigzag", "bowl"), "05-beyond": ("zigzag",)}.items():
        nb = notebook(*((name, f"What {name} shows.") for name in names))
        nbformat.write(nb, chapters / f"{stem}.ipynb")
    for path in sorted(chapters.glob("*.ipynb")):
        store(path, nbformat.read(path, as_version=4), drawn)
    return chapters


def write(folder, nb, stem="05-optimizers"):
    nbformat.write(nb, folder / f"{stem}.ipynb")


def test_what_is_stored_is_whole(folder):
    assert not faults(folder)
    names = ["05-beyond-zigzag", "05-bowl", "05-zigzag"]
    assert sorted(path.stem for path in (folder / FOLDER).iterdir()) == names
    assert captions(sorted(folder.glob("*.ipynb")))["05-bowl"] == "What bowl shows."


def test_a_file_gets_small_and_keeps_what_it_says():
    words = f"<title>A line.</title><metadata>PNG SHA-256 {checksum(PNG)}</metadata>"
    line = '<path id="a_long_name" d="M 1.23456789 2 L 3.45678912 4" style="stroke: #000000"/>'
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{words}{line}</svg>'
    found = small(text)
    assert checksum_in(found) == checksum(PNG)
    assert "<title>A line.</title>" in found
    assert "a_long_name" not in found
    assert "1.23456" not in found


def test_a_file_without_a_figure_goes_and_those_of_others_stay(folder):
    path = folder / "05-optimizers.ipynb"
    nb = notebook(("bowl", "What bowl shows."))
    write(folder, nb)
    assert faults(folder) == ["05-zigzag.svg belongs to no figure"]
    store(path, nb, "nowhere")
    assert not faults(folder)


def test_two_figures_of_one_name_are_not_stored(folder):
    nb = notebook(("bowl", "What bowl shows."), ("bowl", "What else it shows."))
    with pytest.raises(ValueError, match="two figures are called bowl"):
        store(folder / "05-optimizers.ipynb", nb, "nowhere")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda f: (f / FOLDER / "05-bowl.svg").unlink(), "05-bowl.svg is missing"),
        (lambda f: (f / FOLDER / "05-bowl.svg").write_text("<svg/>"), "05-bowl.svg is missing"),
        (lambda f: (f / FOLDER / "old.svg").write_text("<svg/>"), "old.svg belongs to no figure"),
        (lambda f: (f / FOLDER / "old.svg").write_text("x" * 7_000_000), "the files have"),
        (lambda f: write(f, notebook(("zigzag", "Z."), ("bowl", "B."), png=b"n")), "another PNG"),
        (lambda f: write(f, notebook(("beyond-zigzag", "Z."))), "two figures are called"),
    ],
)
def test_a_fault_of_the_files_is_found(folder, change, fault):
    change(folder)
    assert any(fault in found for found in faults(folder))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((("a", "One sees it."), ("a", "One sees that.")), "two figures have the name 'a'"),
        ((("a", "One sees it."), ("b", "One sees it.")), "two figures have the caption"),
        ((("a", "The error is ≈9.7 % lower."),), "holds a measured number"),
        ((("a", "It falls, here in 9 of 10 runs."),), "holds a measured number"),
    ],
)
def test_words_that_are_not_sound_are_found(words, fault):
    (found,) = captioned(notebook(*words))
    assert fault in found


def test_sound_words_pass_and_missing_ones_are_counted():
    nb = notebook(("a", "With a rate of 0.5 half of the units are off."), None, None)
    assert not captioned(nb)
    assert without_caption(nb) == 2
