"""Ctrl-C at every line of a search, and other bad moments: nothing stays locked or running."""

import linecache
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from search_objectives import SPACE, same, smooth

import dlcourse as dl
from dlcourse.search import locks, running
from dlcourse.search.journal import Journal


class CtrlC:
    """Raises KeyboardInterrupt at the n-th line that the search executes."""

    def __init__(self, n):
        self.n = n

    def __call__(self, frame, event, argument):
        if f"{os.sep}dlcourse{os.sep}search" not in frame.f_code.co_filename:
            return None
        # Where a `with` ends, its line comes again, before its lock is released. Tracing can
        # raise there, and a lock would stay; a signal cannot: Python looks for it after calls.
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and not line.lstrip().startswith("with "):
            self.n -= 1
            if self.n == 0:
                raise KeyboardInterrupt
        return self


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("first", [3])
def test_after_ctrl_c_at_any_line_the_search_goes_on(first, tmp_path):
    """In the same process, as in a notebook, where a lock that stays would stay for ever."""
    space = {"lr": dl.LogUniform(1e-4, 1), "kind": dl.Choice([1, [2, 3]])}

    def search(path):
        return dl.random_search(lambda config, seed: config["lr"], space, 3, journal=path)

    full, n = search(tmp_path / "full"), first
    while True:
        path, ctrl_c, before = tmp_path / str(n), CtrlC(n), sys.gettrace()
        sys.settrace(ctrl_c)
        try:
            search(path)
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(before)
        with ThreadPoolExecutor(1) as another:  # to which an `RLock` that stays is closed
            assert another.submit(locks._guard.acquire, timeout=9).result()
            another.submit(locks._guard.release).result()
        assert same(search(path), full)
        assert not path.with_name(f"{n}.lock").exists()
        if ctrl_c.n > 0:
            break
        n += 7
    assert n > 200


def test_ctrl_c_while_the_executor_is_closed(tmp_path, monkeypatch):
    def interrupted(self, wait):
        raise KeyboardInterrupt

    path = tmp_path / "j"
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr("dlcourse.search.remote.Remote.close", interrupted)
        with pytest.raises(dl.Interrupted) as caught:
            dl.random_search(smooth, SPACE, 5, journal=path, executor=pool)
    assert len(caught.value.trials) == 5
    dl.random_search(smooth, SPACE, 5, journal=path)


def test_ctrl_c_in_a_search_within_a_search_keeps_the_outer_table():
    def outer(config, seed):
        if config["x"] < 0.5:
            return 1.0

        def inner(config, seed):
            raise KeyboardInterrupt

        return dl.random_search(inner, SPACE, 2).best_score

    with pytest.raises(dl.Interrupted) as caught:
        dl.random_search(outer, SPACE, 50)
    assert len(caught.value.trials) == 50


def test_when_the_journal_cannot_be_written_no_more_trials_run(tmp_path, monkeypatch):
    ran = []

    def objective(config, seed):
        ran.append(seed)
        time.sleep(0.01)
        return 1.0

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "add", full)
    with ThreadPoolExecutor(1) as pool, pytest.raises(OSError, match="No space"):
        dl.random_search(objective, SPACE, 200, journal=tmp_path / "j", executor=pool)
    assert len(ran) < 100


def forks(how, number):
    def objective(config, seed):
        if config["x"] < 0.5:
            child = os.fork()
            if child == 0 and how == "exits":
                sys.exit(3)
            if child == 0 and how == "raises":
                raise ValueError("in the child")
            if child:
                os.waitpid(child, 0)
        with open(number, "a") as file:
            file.write(f"{os.getpid()}\n")
        return config["x"]

    return objective


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("how", ["exits", "raises", "returns"])
def test_a_child_that_an_objective_forks_does_not_go_on_with_the_search(how, tmp_path):
    path = tmp_path / "j"
    table = dl.random_search(forks(how, tmp_path / "ran"), SPACE, 10, journal=path)
    assert path.read_text().count("\n") == 11
    assert table.errors == [None] * 10
    assert not path.with_name("j.lock").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_child_does_not_release_its_parents_lock(tmp_path):
    lock = locks.Lock(str(tmp_path / "j"))
    child = os.fork()
    if child == 0:
        lock.release()
        os._exit(0)
    os.waitpid(child, 0)
    assert os.path.exists(lock.path)
    lock.release()
    assert not os.path.exists(lock.path)


SCRIPT = """
import sys, multiprocessing
from concurrent.futures import ProcessPoolExecutor
sys.path.insert(0, {folder!r})
import dlcourse as dl
from search_objectives import SPACE, leaves_its_number
if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("forkserver"))
    dl.random_search(leaves_its_number, SPACE, 99, executor=pool, timeout={timeout})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("timeout", [None, 60])
def test_workers_of_a_fork_server_end_with_their_search(timeout, tmp_path):
    file, ran = tmp_path / "script.py", tmp_path / "ran"
    file.write_text(SCRIPT.format(folder=str(Path(__file__).parent), timeout=timeout))
    env = {**os.environ, "RAN": str(ran), "PYTHONPATH": str(Path(dl.__file__).parents[1])}
    process = subprocess.Popen([sys.executable, str(file)], env=env, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not ran.exists() or len(set(ran.read_text().split())) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.kill()
    process.wait()
    workers = {int(number) for number in ran.read_text().split()}
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline, "a worker stays"
        time.sleep(0.1)


def test_the_bar_does_not_keep_the_journal_locked(tmp_path, monkeypatch):
    class Bar:
        def update(self):
            pass

        def set_postfix_str(self, text, refresh):
            pass

        def close(self):
            raise OSError("the terminal is gone")

    monkeypatch.setattr(running, "_bar", lambda total, progress: Bar())
    with pytest.raises(OSError, match="terminal"):
        dl.random_search(smooth, SPACE, 3, journal=tmp_path / "j")
    monkeypatch.undo()
    dl.random_search(smooth, SPACE, 3, journal=tmp_path / "j")
