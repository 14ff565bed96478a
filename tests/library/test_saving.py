"""save and load: everything comes back, writing is atomic, a bad file is a clear error."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from cases import LAYERS, network, same_bits, same_states

import dlcourse as dl


def trained(**kwargs):
    model = network(**kwargs)
    x, y = dl.moons(60)
    dl.fit(model, (x.astype(model.dtype), y), optimizer=dl.Adam(0.05), epochs=3, batch_size=20)
    return model


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_everything_comes_back(tmp_path, dtype):
    model, other = trained(dtype=dtype), network(dtype=dtype, seed=9)
    views = other.theta, other.layers[1].W
    model.save(tmp_path / "model.npz")
    other.load(tmp_path / "model.npz")
    assert same_states(model.state_dict(), other.state_dict())
    assert same_bits(model.theta, other.theta)
    assert other.theta is views[0]
    assert np.shares_memory(other.theta, other.layers[1].W)
    assert other.layers[1].W is views[1]
    x = dl.moons(30)[0].astype(dtype)
    assert same_bits(model.predict(x), other.predict(x))
    assert same_bits(model.forward(x, train=True), other.forward(x, train=True)), "masks go on"


@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_is_saved(tmp_path, name):
    model, other = (dl.Sequential(LAYERS[name](3), seed=seed) for seed in (0, 1))
    model.forward(np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32), train=True)
    model.save(str(tmp_path / "no extension"))
    other.load(str(tmp_path / "no extension"))
    assert same_states(model.state_dict(), other.state_dict())
    assert os.listdir(tmp_path) == ["no extension"]


def test_a_state_is_a_copy():
    model = trained()
    state = model.state_dict()
    before = {key: value.copy() for key, value in state.items()}
    model.theta += 1
    model.layers[2].running_mean += 1
    assert same_states(before, state)


def is_open(path):
    """Whether this process holds the file open (known on Linux only)."""
    folder = Path("/proc/self/fd")
    if not folder.exists():
        return False
    return str(path) in {os.path.realpath(link) for link in folder.iterdir()}


def check_refused(path, fragment, error=ValueError, model=None):
    """Loading raises, leaves no file open, and the model is as it was."""
    model = trained(seed=3) if model is None else model
    before, theta = model.state_dict(), model.theta.copy()
    with pytest.raises(error, match=fragment) as caught:
        model.load(path)
    assert not is_open(path)
    assert same_states(before, model.state_dict())
    assert same_bits(theta, model.theta)
    return str(caught.value)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.25, 0.5, 0.9, 0.99, 0.9999])
def test_a_truncated_file(tmp_path, share):
    path = tmp_path / "model.npz"
    trained().save(path)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(share * len(raw))])
    text = check_refused(path, r"model\.npz is damaged")
    assert "save it again with Sequential.save" in text


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7])
def test_a_changed_byte(tmp_path, share):
    """The checksum inside the file notices what happened to an array."""
    path = tmp_path / "model.npz"
    trained(width=64).save(path)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        inside = max(archive.infolist(), key=lambda member: member.file_size)
    raw[inside.header_offset + 200 + int(share * (inside.file_size - 200))] ^= 16
    path.write_bytes(raw)
    check_refused(path, "is damaged", model=trained(width=64, seed=3))


def test_foreign_files(tmp_path):
    text, array, other = (tmp_path / name for name in ("a.txt", "a.npy", "a.npz"))
    text.write_text("not numbers at all, and longer than a header")
    np.save(array, np.zeros(5))
    np.savez(other, W=np.zeros(3))
    check_refused(text, "is damaged or no .npz file")
    check_refused(array, "is damaged")
    check_refused(other, "is no file of dlcourse, not a saved Sequential")
    check_refused(tmp_path / "missing.npz", "missing", FileNotFoundError)
    np.savez(other, W=np.array([print], dtype=object), dlcourse=np.array("Sequential"))
    check_refused(other, r"not known \['W'\]")
    layer = {f"{i}.W": np.array([print], dtype=object) for i in (1, 5)}
    np.savez(other, **layer, dlcourse=np.array("Sequential"))
    check_refused(other, "is damaged or no .npz file")  # a pickle is never opened


def test_a_checkpoint_is_no_network(tmp_path):
    path = tmp_path / "run.npz"
    dl.fit(trained(), dl.moons(60), optimizer=dl.Adam(), epochs=1, checkpoint=path)
    check_refused(path, "is a saved checkpoint, not a saved Sequential")


@pytest.mark.parametrize(
    ("build", "fragment"),
    [
        (
            lambda: network(width=9),
            r"layer 1 was Linear\(n_in=2, n_out=8.* but is Linear\(n_in=2, n_out=9",
        ),
        (lambda: network(dtype=np.float64), r"the saved 1\.W is float32 .* needs float64"),
        (lambda: dl.Sequential(dl.Linear(2, 8)), "the saved state is of another network"),
        (lambda: dl.Sequential(dl.ReLU()), "the saved state is of another network"),
    ],
)
def test_another_network(tmp_path, build, fragment):
    trained().save(tmp_path / "model.npz")
    check_refused(tmp_path / "model.npz", fragment, model=build())


@pytest.mark.parametrize("moment", ["savez", "fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, moment):
    path = tmp_path / "model.npz"
    old = trained()
    old.save(path)
    raw = path.read_bytes()

    def full(*args, **kwargs):
        if moment == "savez":
            args[0].write(b"half of a file")
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np if moment == "savez" else os, moment, full)
        with pytest.raises(OSError, match="no space left"):
            trained(seed=5).save(path)
    assert path.read_bytes() == raw
    assert os.listdir(tmp_path) == ["model.npz"]
    trained(seed=5).save(path)
    assert path.read_bytes() != raw
