"""Journals that editors and other programs have changed, and files that are none."""

import os

import pytest
from search_objectives import SPACE, same, smooth

import dlcourse as dl


@pytest.fixture
def path(tmp_path):
    return tmp_path / "search.jsonl"


@pytest.mark.filterwarnings("ignore:.*torn:UserWarning")
def test_line_ends_of_windows_are_read(path):
    full = dl.random_search(smooth, SPACE, 8, journal=path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert same(dl.random_search(smooth, SPACE, 8, journal=path), full)
    more = dl.random_search(smooth, SPACE, 12, journal=path)
    assert same(more, dl.random_search(smooth, SPACE, 12, journal=path))


CHANGES = {
    "mark of UTF-8": lambda text: b"\xef\xbb\xbf" + text,
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "line ends of an old Mac": lambda text: text.replace(b"\n", b"\r"),
    "no line ends": lambda text: text.replace(b"\n", b""),
    "empty lines": lambda text: text.replace(b"\n", b"\n\n"),
    "no first line": lambda text: text.split(b"\n", 1)[1],
    "two journals": lambda text: text + text,
    "zeros": lambda text: bytes(len(text)),
    "two lines in one": lambda text: b"".join(text.rsplit(b"\n", 2)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_journal_that_was_changed_is_refused_and_kept(what, path):
    dl.random_search(smooth, SPACE, 8, journal=path)
    changed = CHANGES[what](path.read_bytes())
    path.write_bytes(changed)
    with pytest.raises(ValueError, match="cannot be read; use another file"):
        dl.random_search(smooth, SPACE, 8, journal=path)
    assert path.read_bytes() == changed


@pytest.mark.parametrize("name", ["/dev/null", "/dev/full", "pipe", "folder"])
def test_what_is_no_file_is_refused(name, tmp_path):
    if name == "pipe":
        os.mkfifo(tmp_path / name)
    if name == "folder":
        (tmp_path / name).mkdir()
    with pytest.raises(OSError, match="a journal must be a file"):
        dl.random_search(smooth, SPACE, 3, journal=tmp_path / name)
