"""One journal by two names, linked or renamed: still one search at a time."""

import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from search_objectives import SPACE, smooth
from test_search_locks import outcome, start

import dlcourse as dl
from dlcourse.search.lines import Lines


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("RAN", str(tmp_path / "ran"))
    monkeypatch.setenv("PYTHONPATH", str(Path(dl.__file__).parents[1]))
    return tmp_path / "search.jsonl"


def linked(path, other):
    other.hardlink_to(path)


def renamed(path, other):
    path.rename(other)


@pytest.mark.parametrize("named", [linked, renamed])
def test_another_name_of_a_journal_is_refused_in_this_process(named, path):
    other, texts = path.with_name("other") / "by another name", []
    other.parent.mkdir()

    def objective(config, seed):
        if not texts:
            named(path, other)
            for _ in range(2):  # the first one must not have opened a door
                with pytest.raises(RuntimeError, match="is running now .in this process"):
                    dl.random_search(smooth, SPACE, 3, journal=other)
            texts.append(other.read_bytes())
        return 0.5

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is renamed is written anew
        dl.random_search(objective, SPACE, 2, journal=path)
    assert other.read_bytes().startswith(texts[0])
    with locked(other):
        pass


@contextmanager
def locked(journal):
    lines = Lines(str(journal))
    yield lines
    lines.close()


@pytest.mark.parametrize("named", [linked, renamed])
def test_another_name_of_a_journal_is_refused_in_another_process(named, path):
    """The lock file beside it has another name, too: the journal itself is locked."""
    dl.random_search(smooth, SPACE, 3, journal=path)
    other = path.with_name("by another name")
    with locked(path):
        named(path, other)
        process = start(other)
        process.stdin.write("go\n")
        process.stdin.flush()
        said = process.communicate(timeout=60)[0]
    assert said.startswith(f"{other} is the journal of a search that is running now (in another")
    assert not path.with_name("ran").exists()
    assert not list(path.parent.glob("*.lock"))
    with locked(other):
        pass


def test_threads_that_know_a_journal_by_two_names(path):
    other = path.with_name("link")
    path.touch()
    other.hardlink_to(path)
    with ThreadPoolExecutor(4) as workers:
        results = list(workers.map(outcome, [path, other] * 3))
    assert set(results) <= {"ran", "RuntimeError"}
    assert "ran" in results
    ran = Path(os.environ["RAN"]).read_text().split()
    assert len(ran) == len(set(ran)) == 15
