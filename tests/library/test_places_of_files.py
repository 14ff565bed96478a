"""Where a file is written: its mode, links, devices, and every name that the system takes."""

import os
import random
import re
import stat
from pathlib import Path

import numpy as np
import pytest
from test_writers import KIND, arrays, whole

from dlcourse import Linear, Sequential
from dlcourse._files import save_arrays


def modes(path):
    return stat.S_IMODE(os.stat(path).st_mode)


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
