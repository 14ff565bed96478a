"""Writers that meet: two at once, one that is killed, one that is led by a link.

What stands under the name is always a whole file, and no other file stays behind.
"""

import os
import threading
import time

import numpy as np
import pytest
from cases import run_python

from dlcourse import _files, _writing
from dlcourse._files import load_arrays, save_arrays

KIND = "Sequential"


def whole(path):
    """What the file holds: all of it written by one writer."""
    arrays = load_arrays(path, KIND)
    who = {int(value) for array in arrays.values() for value in np.unique(array)}
    assert len(who) == 1, f"a mixture of writers {who}"
    return who.pop()


def arrays(who, size=30_000):
    return {"a": np.full(size, who), "b": np.full(size, who)}


WRITER = """
import sys, threading
sys.path.insert(0, {tests!r})
from test_writers import KIND, arrays, save_arrays
def write(who):
    for _ in range({times}):
        save_arrays({path!r}, KIND, arrays(who))
writers = [threading.Thread(target=write, args=({first} + i,)) for i in range({threads})]
[w.start() for w in writers]
[w.join() for w in writers]
print("done")
"""


@pytest.mark.parametrize(("processes", "threads"), [(0, 3), (2, 1), (2, 2)])
def test_all_reads_are_whole_and_all_saves_succeed(tmp_path, processes, threads):
    path = tmp_path / "f.npz"
    save_arrays(path, KIND, arrays(99))
    results, reads, over = [], 0, threading.Event()

    def outside(first):
        code = WRITER.format(
            tests=os.path.dirname(__file__), path=str(path), times=25, first=first, threads=threads
        )
        results.append(run_python(code).strip())

    def inside(who):
        for _ in range(40):
            save_arrays(path, KIND, arrays(who))
        results.append("done")

    jobs = [threading.Thread(target=outside, args=(10 * i,)) for i in range(processes)]
    jobs += [threading.Thread(target=inside, args=(50 + i,)) for i in range(threads)]
    for job in jobs:
        job.start()
    watch = threading.Thread(target=lambda: ([job.join() for job in jobs], over.set()))
    watch.start()
    while not over.is_set():
        whole(path)
        reads += 1
    watch.join()
    assert results == ["done"] * len(jobs)
    assert reads > 5
    assert os.listdir(tmp_path) == ["f.npz"]


def test_a_sweeper_leaves_a_living_writer_alone(tmp_path):
    path = tmp_path / "f.npz"
    with _writing.replacing(path) as file:
        file.write(b"first half, ")
        save_arrays(path, KIND, arrays(1))  # another writer comes and goes
        assert len(os.listdir(tmp_path)) == 2
        file.write(b"second half")
    assert path.read_bytes() == b"first half, second half"
    assert os.listdir(tmp_path) == ["f.npz"]


def test_a_sweeper_between_making_and_locking(tmp_path, monkeypatch):
    """The file that vanished is made again; nothing is lost."""
    path, true_lock, removed = tmp_path / "f.npz", _writing._lock, []

    def lock(number, wait):
        if wait and len(removed) < 2:
            (temporary,) = tmp_path.glob("*.tmp")
            temporary.unlink()
            removed.append(temporary)
        return true_lock(number, wait)

    monkeypatch.setattr(_writing, "_lock", lock)
    save_arrays(path, KIND, arrays(1))
    assert len({*removed}) == 2
    assert whole(path) == 1
    assert os.listdir(tmp_path) == ["f.npz"]


# killed

KILLED = """
import os, random, signal, sys, time
sys.path.insert(0, {tests!r})
from test_writers import KIND, arrays, save_arrays
moments, kills, left = random.Random(0), 0, 0
while kills < 40 or left < 2 and kills < 400:  # a busy machine is slow to start writing
    who = kills % 40
    child = os.fork()
    if child == 0:
        while True:
            save_arrays({path!r}, KIND, arrays(who))
    time.sleep(moments.uniform(0.001, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    kills += 1
    left = max(left, sum(name.endswith(".tmp") for name in os.listdir({folder!r})))
print(left)
"""


def test_what_killed_writers_left_is_removed_by_the_next(tmp_path):
    path = tmp_path / "f.npz"
    other = tmp_path / "dlcourse-notes.tmp"
    other.write_text("not ours")
    code = KILLED.format(tests=os.path.dirname(__file__), path=str(path), folder=str(tmp_path))
    left = int(run_python(code))
    assert left >= 2, "no kill hit a writer, so the test shows nothing"
    assert path.exists()
    whole(path)
    save_arrays(path, KIND, arrays(1))
    assert sorted(os.listdir(tmp_path)) == ["dlcourse-notes.tmp", "f.npz"]


def leftover(folder, name, age=0.0):
    """A file as a killed writer of `name` leaves it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "remove", lambda *args: None)
        patch.setattr(np, "savez", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            save_arrays(folder / name, KIND, arrays(1))
    (path,) = folder.glob("*.tmp")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_only_left_overs_of_the_same_file_are_removed(tmp_path):
    foreign = leftover(tmp_path, "g.npz")
    save_arrays(tmp_path / "f.npz", KIND, arrays(1))
    assert foreign.exists()
    save_arrays(tmp_path / "g.npz", KIND, arrays(1))
    assert not foreign.exists()


@pytest.mark.parametrize(("age", "stays"), [(0, True), (80_000, True), (90_000, False)])
def test_without_locks_a_day_without_change_is_dead(tmp_path, monkeypatch, age, stays):
    """A network file system may refuse to lock; some systems have no such call at all."""

    def refuses(*args):
        raise OSError(95, "Operation not supported")

    for flock in (refuses, None):
        monkeypatch.setattr(_writing, "flock", flock)
        path = leftover(tmp_path, "f.npz", age)
        save_arrays(tmp_path / "f.npz", KIND, arrays(1))
        assert path.exists() is stays
        assert whole(tmp_path / "f.npz") == 1
        path.unlink(missing_ok=True)


def test_a_link_with_the_name_of_a_left_over_is_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    path = leftover(tmp_path, "f.npz")
    path.unlink()
    path.symlink_to(victim)
    save_arrays(tmp_path / "f.npz", KIND, arrays(1))
    assert victim.read_text() == "precious"


def test_the_file_system_is_asked_to_keep_it(tmp_path, monkeypatch):
    """Written to the disk before the name changes hands."""
    order = []
    monkeypatch.setattr(os, "fsync", lambda number: order.append("fsync"))
    true_replace = os.replace
    monkeypatch.setattr(os, "replace", lambda *a: (order.append("replace"), true_replace(*a)))
    _files.save_arrays(tmp_path / "f.npz", KIND, arrays(1))
    assert order == ["fsync", "replace"]
