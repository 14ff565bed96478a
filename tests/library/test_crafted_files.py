"""What is no array is not written; valid zips that nobody wrote are not read."""

import os

import numpy as np
import pytest
from test_writers import KIND, arrays, whole

from dlcourse import Linear, Sequential
from dlcourse._files import save_arrays


def test_what_is_no_array_is_not_written(tmp_path):
    path = tmp_path / "f.npz"
    save_arrays(path, KIND, arrays(1))
    for bad in (None, [None], {1}, np.array([print], dtype=object)):
        with pytest.raises(TypeError, match=r"v cannot be saved.*nothing was written"):
            save_arrays(path, KIND, {"v": bad})
    assert whole(path) == 1
    assert os.listdir(tmp_path) == ["f.npz"]


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
