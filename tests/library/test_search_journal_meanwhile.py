"""What else happens to a journal while a search writes it: nothing is lost, and it is said."""

import os
import shutil
import warnings
from contextlib import suppress

import pytest
from search_objectives import SPACE, same, smooth

import dlcourse as dl
from dlcourse.search import lines
from dlcourse.search.journal import Journal


def removed(path):
    path.unlink()


def folder_removed(path):
    shutil.rmtree(path.parent)


def moved(path):
    path.rename(path.with_name("elsewhere"))


def replaced(path):
    """As many editors save."""
    other = path.with_name("other")
    other.write_text("precious")
    other.replace(path)


def saved_as_it_was(path):
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def emptied(path):
    path.write_bytes(b"")


def cut(path):
    os.truncate(path, 400)


def lengthened(path):
    with path.open("ab") as file:
        file.write(b"a note\n")


def a_folder(path):
    path.unlink()
    path.mkdir()


GONE = [removed, folder_removed, moved]
OTHER = [replaced, saved_as_it_was, emptied, cut, lengthened, a_folder]


class Meddling:
    """The objective `smooth`; in some of its runs something happens to a file."""

    def __init__(self, change=None, path=None, at=()):
        self.change, self.path, self.at, self.ran = change, path, at, 0

    def __call__(self, config, seed):
        self.ran += 1
        if self.ran in self.at:
            self.change(self.path)
        return smooth(config, seed)

    def __repr__(self):
        return "smooth"


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return folder / "search.jsonl"


def search(objective, path, told=0):
    """Twelve trials; returns what was warned of."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        trials = dl.random_search(objective, SPACE, 12, journal=path)
    assert same(trials, dl.random_search(smooth, SPACE, 12))
    assert len(found) == told
    return [str(warning.message) for warning in found]


@pytest.mark.parametrize("link", [False, True])
@pytest.mark.parametrize("change", GONE)
def test_a_journal_that_goes_away_comes_back_whole(change, link, path, tmp_path):
    given = tmp_path / "link" if link else path
    if link:
        given.symlink_to(path)
    dl.random_search(Meddling(), SPACE, 3, journal=given)
    texts = search(Meddling(change, path, at=(4, 7)), given, told=2)
    for text in texts:
        assert text == (
            f"{given} was removed while the search ran, so all its trials were written again"
        )
    again = Meddling()
    search(again, given)
    assert again.ran == 0
    assert not list(path.parent.glob("*.lock"))


@pytest.mark.parametrize("link", [False, True])
@pytest.mark.parametrize("change", OTHER)
def test_a_journal_that_something_else_changes_stands_beside_it(change, link, path, tmp_path):
    given = tmp_path / "link" if link else path
    if link:
        given.symlink_to(path)
    path.with_name("search.jsonl.saved1").write_text("of another search")
    (text,) = search(Meddling(change, path, at=(5,)), given, told=1)
    saved = path.with_name("search.jsonl.saved2")
    assert text == (
        f"{given} was changed by something else while the search ran, so all its trials were "
        f"written to {saved}; search on with it"
    )
    assert path.with_name("search.jsonl.saved1").read_text() == "of another search"
    if change is replaced:
        assert path.read_text() == "precious"
    again = Meddling()
    search(again, saved)
    assert again.ran == 0


def test_a_search_that_goes_to_another_folder_writes_where_it_began(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    search(Meddling(os.chdir, path.parents[1], at=(2,)), path.name)
    assert len(path.read_text().splitlines()) == 13
    assert os.listdir(path.parents[1]) == ["in"]


def test_the_new_file_is_locked_too(path):
    def second(path):
        path.unlink()
        later.append(path)

    def try_second(path):
        with pytest.raises(RuntimeError, match="is running now .in this process."):
            dl.random_search(smooth, SPACE, 3, journal=path)

    later = []
    search(Meddling(lambda p: (try_second if later else second)(p), path, at=(3, 6)), path, told=1)
    assert later


def test_a_line_that_ctrl_c_cuts_short_raises_no_alarm(path, monkeypatch):
    """How much of the line is there, nobody knows, and the next one must not count it."""
    whole, times = lines.Lines._write, []

    def interrupted(self, file, text):
        whole(self, file, text)
        times.append(1)
        if len(times) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(lines.Lines, "_write", interrupted)
    journal = Journal(str(path), {"space": {}, "objective": "o"})
    for number in range(6):
        with suppress(KeyboardInterrupt):
            journal.add(number, {}, 0, 0.5, None)
    journal.close()
    assert os.listdir(path.parent) == ["search.jsonl"]
    monkeypatch.undo()
    again = Journal(str(path), {"space": {}, "objective": "o"})
    assert list(again.done) == [0, 1, 2, 3, 4, 5]
    again.close()
