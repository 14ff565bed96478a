"""A whole call of fit, a step: against scikit-learn's MLPClassifier."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from timing import interleaved, ratio

from dlcourse import Adam, Linear, ReLU, Sequential, fit

SIZES, BATCH, N = (784, 256, 256, 10), 128, 2560
ALLOWED = 0.75


def data():
    rng = np.random.default_rng(0)
    return rng.random((N, SIZES[0]), np.float32), rng.integers(0, SIZES[-1], N)


def ours():
    x, labels = data()
    layers = [Linear(784, 256), ReLU(), Linear(256, 256), ReLU(), Linear(256, 10)]
    model, optimizer = Sequential(*layers), Adam()
    return lambda: fit(model, (x, labels), optimizer=optimizer, epochs=1, batch_size=BATCH)


def scikit_learn():
    x, labels = data()

    def run():
        model = MLPClassifier(SIZES[1:-1], batch_size=BATCH, max_iter=1, alpha=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(x, labels)

    return run


def rows():
    """(what, peer, ratio, allowed): both make 20 steps of the same size."""
    functions = {"ours": ours(), "scikit-learn": scikit_learn()}
    seconds = interleaved(functions, rounds=30, calls=1, warm_up=3)
    name = "fit, 784-256-256-10, plain, batch 128"
    yield name, "scikit-learn", ratio(seconds, "ours", "scikit-learn"), ALLOWED
