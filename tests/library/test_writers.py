"""Writers that meet: two at once, one that is killed, one that is led by a link.

What stands under the name is always a whole file, and no other file stays behind.
"""

import os
import random
import re
import stat
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from cases import run_python

from dlcourse import Linear, Sequential, _files, _writing
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


def modes(path):
    return stat.S_IMODE(os.stat(path).st_mode)


# meeting

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
for who in range(40):
    child = os.fork()
    if child == 0:
        while True:
            save_arrays({path!r}, KIND, arrays(who))
    time.sleep(moments.uniform(0.001, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
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


def test_names_cannot_be_guessed(tmp_path, monkeypatch):
    seen = []
    true_open = os.open

    def spy(name, flags, mode=0o777):
        if str(name).endswith(".tmp"):
            seen.append(os.path.basename(name))
            assert flags & os.O_EXCL, "an existing file or link must not be opened"
            assert flags & os.O_CREAT
        return true_open(name, flags, mode)

    monkeypatch.setattr(os, "open", spy)
    random.seed(0)
    for _ in range(5):
        save_arrays(tmp_path / "f.npz", KIND, arrays(1, 3))
    assert len(set(seen)) == 5
    assert all(re.fullmatch(r"dlcourse-[0-9a-f]{8}-[0-9a-f]{16}\.tmp", name) for name in seen)


# modes and links


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o444, 0o755])
def test_a_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "f.npz"
    save_arrays(path, KIND, arrays(1))
    path.chmod(mode)
    if not os.access(path, os.W_OK):
        with pytest.raises(PermissionError):
            save_arrays(path, KIND, arrays(2))
        return
    save_arrays(path, KIND, arrays(2))
    assert (modes(path), whole(path)) == (mode, 2)


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_obeys_the_umask(tmp_path, umask, mode):
    before = os.umask(umask)
    try:
        save_arrays(tmp_path / "f.npz", KIND, arrays(1))
    finally:
        os.umask(before)
    assert modes(tmp_path / "f.npz") == mode


def test_a_private_file_is_private_from_the_first_moment(tmp_path, monkeypatch):
    path = tmp_path / "f.npz"
    save_arrays(path, KIND, arrays(1))
    path.chmod(0o600)
    seen, savez = [], np.savez
    true_open = os.open

    def opened(name, flags, mode=0o777):
        number = true_open(name, flags, mode)
        seen.append(stat.S_IMODE(os.fstat(number).st_mode))
        return number

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(np, "savez", lambda f, **a: (seen.append(modes(f.name)), savez(f, **a)))
    save_arrays(path, KIND, arrays(2))
    assert seen == [0o600, 0o600]


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("relative", [True, False])
def test_a_link_is_written_through(tmp_path, exists, relative):
    """The link stays a link; what it names is replaced in its own folder."""
    (tmp_path / "store").mkdir()
    target, link = tmp_path / "store" / "real.npz", tmp_path / "link.npz"
    link.symlink_to("store/real.npz" if relative else target)
    if exists:
        save_arrays(target, KIND, arrays(1))
        target.chmod(0o600)
    save_arrays(link, KIND, arrays(2))
    assert link.is_symlink()
    assert whole(target) == whole(link) == 2
    assert not exists or modes(target) == 0o600
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["link.npz", "real.npz", "store"]


def test_a_device_is_no_place_for_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="No regular file"):
        save_arrays(pipe, KIND, arrays(1))
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)
    assert os.listdir(tmp_path) == ["pipe"]


# names

NAMES = ["f", "한글", "with space", "new\nline", "sur\udcffrogate", "x" * 251 + ".npz", "한" * 85]


@pytest.mark.parametrize("kind", [str, Path, os.fsencode])
@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("folder", [True, False])
def test_every_name_that_the_system_takes(tmp_path, monkeypatch, name, kind, folder):
    monkeypatch.chdir(tmp_path)
    path = kind(os.path.join(tmp_path, name) if folder else name)
    model, other = (Sequential(Linear(2, 2), seed=seed) for seed in (0, 1))
    for _ in range(2):
        model.save(path)
    other.load(path)
    assert np.array_equal(model.theta, other.theta)
    assert os.listdir(tmp_path) == [name]


def test_a_name_that_is_too_long_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="too long"):
        save_arrays(tmp_path / ("x" * 256), KIND, arrays(1))
    assert os.listdir(tmp_path) == []


def test_what_is_no_array_is_not_written(tmp_path):
    path = tmp_path / "f.npz"
    save_arrays(path, KIND, arrays(1))
    for bad in (None, [None], {1}, np.array([print], dtype=object)):
        with pytest.raises(TypeError, match=r"v cannot be saved.*nothing was written"):
            save_arrays(path, KIND, {"v": bad})
    assert whole(path) == 1
    assert os.listdir(tmp_path) == ["f.npz"]


# what comes back: valid zips that nobody wrote


def crafted(path, **members):
    np.savez_compressed(path, dlcourse=np.array(KIND), **members)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    """A foreign name, a known name with too much, and a file that claims to be another."""
    model, path = Sequential(Linear(2, 2)), tmp_path / "bomb.npz"
    state, bomb = model.state_dict(), np.zeros(4_000_000)
    read = []
    true_read = np.lib.format.read_array
    monkeypatch.setattr(
        np.lib.format, "read_array", lambda *a, **k: read.append(a) or true_read(*a, **k)
    )
    crafted(path, **state, foreign=bomb)
    with pytest.raises(ValueError, match=r"not known \['foreign'\]"):
        model.load(path)
    crafted(path, **(state | {"0.W": bomb}))
    with pytest.raises(ValueError, match=r"the saved 0\.W fills 32000128 bytes"):
        model.load(path)
    np.savez_compressed(path, dlcourse=bomb)
    with pytest.raises(ValueError, match="is no file of dlcourse"):
        model.load(path)
    np.savez_compressed(path, dlcourse=np.array("checkpoint"), a=bomb)
    with pytest.raises(ValueError, match="is a saved checkpoint, not a saved Sequential"):
        model.load(path)
    assert len(read) == 3, "only the small member that says what the file is was unpacked"


@pytest.mark.parametrize(
    "member",
    [b"", b"raw text", b"\x93NUMPY\x09\x00", b"\x93NUMPY\x01\x00\x76\x00" + b"(" * 118],
    ids=["empty", "text", "version", "header"],
)
def test_a_member_that_is_no_array(tmp_path, member):
    import zipfile

    path, model = tmp_path / "f.npz", Sequential(Linear(2, 2))
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    raw["0.W.npy"] = member
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in raw.items():
            archive.writestr(name, data)
    before = model.theta.copy()
    with pytest.raises(ValueError, match="is damaged"):
        model.load(path)
    assert np.array_equal(before, model.theta)


def test_the_file_system_is_asked_to_keep_it(tmp_path, monkeypatch):
    """Written to the disk before the name changes hands."""
    order = []
    monkeypatch.setattr(os, "fsync", lambda number: order.append("fsync"))
    true_replace = os.replace
    monkeypatch.setattr(os, "replace", lambda *a: (order.append("replace"), true_replace(*a)))
    _files.save_arrays(tmp_path / "f.npz", KIND, arrays(1))
    assert order == ["fsync", "replace"]
