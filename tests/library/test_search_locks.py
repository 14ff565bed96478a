"""Two searches that start on one journal: one runs, the other one is refused by name."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from search_objectives import SPACE, counted, same, smooth, wait_for_lines

import dlcourse as dl
from dlcourse.search import locks

SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
import dlcourse as dl
from search_objectives import SPACE, counted
sys.stdin.readline()  # so that all start together
try:
    dl.random_search(counted, SPACE, 15, journal={path!r})
except RuntimeError as error:
    print(error)
"""


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("RAN", str(tmp_path / "ran"))
    monkeypatch.setenv("PYTHONPATH", str(Path(dl.__file__).parents[1]))
    return tmp_path / "search.jsonl"


def start(path):
    code = SCRIPT.format(folder=str(Path(__file__).parent), path=str(path))
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True)


def test_of_processes_that_start_together_one_runs(path):
    for attempt in range(4):
        journal = path.with_name(f"{attempt}.jsonl")
        processes = [start(journal) for _ in range(3)]
        time.sleep(0.5)
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        printed = [process.communicate(timeout=60)[0] for process in processes]
        refused = [text for text in printed if text]
        assert len(refused) <= 2
        for text in refused:
            assert f"{attempt}.jsonl is the journal of a search that is running now" in text
            # the other one may not have written its number yet
            assert "in process" in text or "in another process" in text
        assert all(process.returncode == 0 for process in processes)
        ran = path.with_name("ran").read_text().split()
        assert len(ran) == len(set(ran)) == 15  # nothing twice
        path.with_name("ran").unlink()
        assert same(dl.random_search(smooth_as_counted, SPACE, 15), whole(journal))
        assert not list(path.parent.glob("*.lock"))


def smooth_as_counted(config, seed):
    return smooth(config, seed)


def whole(journal):
    """The table that a finished journal holds; nothing runs again."""
    return dl.random_search(counted, SPACE, 15, journal=journal)


def test_a_resumed_search_and_a_running_one(path):
    process = start(path)
    process.stdin.write("go\n")
    process.stdin.flush()
    wait_for_lines(path, 3, process)
    with pytest.raises(RuntimeError, match=f"in process {process.pid} of"):
        dl.random_search(counted, SPACE, 15, journal=path)
    process.send_signal(signal.SIGKILL)  # its owner dies: free at once, though the file stays
    process.wait()
    assert path.with_name("search.jsonl.lock").exists()
    assert same(dl.random_search(counted, SPACE, 15, journal=path),
                dl.random_search(smooth, SPACE, 15))  # fmt: skip
    assert sorted(os.listdir(path.parent)) == ["ran", "search.jsonl"]
    process.stdin.close()
    process.stdout.close()


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_of_threads_and_of_workers_that_start_together_one_runs(pool, path):
    link = path.with_name("link.jsonl")
    link.symlink_to(path)
    with pool(4) as workers:
        results = list(workers.map(outcome, [path, link, str(path), path]))
    assert results.count("ran") >= 1
    assert set(results) <= {"ran", "RuntimeError"}
    ran = Path(os.environ["RAN"]).read_text().split()
    assert len(ran) == len(set(ran)) == 15


def outcome(path):
    try:
        whole(path)
    except RuntimeError:
        return "RuntimeError"
    return "ran"


def test_an_objective_that_searches_with_its_own_journal_is_refused(path):
    def objective(config, seed):
        return dl.random_search(smooth, SPACE, 3, journal=path).best_score

    with pytest.raises(RuntimeError, match="all 2 trials failed.*is running now.*in this process"):
        dl.random_search(objective, SPACE, 2, journal=path)
    assert dl.random_search(smooth, SPACE, 3, journal=path.with_name("other")).best_score


def test_a_refused_search_leaves_everything_as_it_was(path):
    lock = locks.Lock(str(path))
    with pytest.raises(RuntimeError, match="wait until it has ended, or give each"):
        dl.random_search(smooth, SPACE, 3, journal=path)
    assert not path.exists()
    lock.release()
    lock.release()
    for bad in (["x"], {"x": dl.Uniform(0, 1)}):  # an error, and the lock is free again
        with pytest.raises((TypeError, ValueError)):
            dl.random_search(smooth, bad, 3, journal=path)
        dl.random_search(smooth, SPACE, 3, journal=path)


def test_a_lock_file_that_its_owner_removes_meanwhile(path):
    """Who has waited for a file that is gone then must not believe to hold the lock."""
    stop, inside, errors = threading.Event(), [], []

    def search():
        while not stop.is_set():
            try:
                lock = locks.Lock(str(path))
            except RuntimeError:
                continue
            inside.append(1)
            if len(inside) > 1:
                errors.append("two at once")
            inside.pop()
            lock.release()

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    assert not errors


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS])
def test_where_no_file_can_be_locked_it_says_so_and_runs(code, path, monkeypatch):
    def no_lock(file):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(locks, "_lock", no_lock)
    with pytest.warns(UserWarning, match=r"search\.jsonl cannot be locked here .* no second"):
        dl.random_search(smooth, SPACE, 3, journal=path)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no folder/search\.jsonl'"):
        dl.random_search(smooth, SPACE, 3, journal=tmp_path / "no folder" / "search.jsonl")


def test_in_a_browser_one_process_needs_no_lock_of_the_system(path, monkeypatch):
    monkeypatch.setattr(locks, "fcntl", None)
    monkeypatch.setattr(locks, "msvcrt", None)
    lock = locks.Lock(str(path))
    with pytest.raises(RuntimeError, match="in this process"):
        locks.Lock(str(path))
    lock.release()
    locks.Lock(str(path)).release()


def test_a_lock_that_is_a_link_or_somebody_elses_file_is_not_touched(path, tmp_path):
    other = tmp_path / "other"
    other.write_text("precious")
    name = path.with_name(path.name + ".lock")
    name.symlink_to(other)
    with pytest.warns(UserWarning, match="cannot be locked here"):
        dl.random_search(smooth, SPACE, 3, journal=path)
    assert other.read_text() == "precious"
    name.unlink()
    for text in ("[[package]]", "x", " in the"):
        name.write_text(text)
        with pytest.raises(ValueError, match="a file of something else; give the journal"):
            dl.random_search(smooth, SPACE, 3, journal=path)
        assert name.read_text() == text
    for text in ("", " in", " in process 1 of elsewhere"):  # of killed searches
        name.write_text(text)
        dl.random_search(smooth, SPACE, 3, journal=path)
        assert not name.exists()
