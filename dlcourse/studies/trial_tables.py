"""What do two hyperparameters decide together?

Two tables of trials, computed whole. The learning rate matters in both. In the first the
other axis is a small weight decay, which hardly matters; in the second it is the size of the
first weights, which does. So every way of choosing trials can be tried at no cost.
"""

import numpy as np

from dlcourse import (
    Diverged,
    Linear,
    Momentum,
    ReLU,
    Sequential,
    accuracy,
    fit,
    mnist,
    normal,
)

from . import BASES

RATES = np.geomspace(1e-4, 10, 15)
DECAYS = np.geomspace(1e-8, 1e-4, 15)
STDS = np.geomspace(1e-3, 3, 15)
GUESSING = 10.0


def run(seed, axes, lr, other):
    """Right answers in percent after two epochs, on validation and on test digits."""
    decay, std = (other, 0.1) if axes == "one matters" else (0.0, other)
    (x, labels), test = mnist(1500, 3500, size=14, seed=seed)
    start = normal(std)
    model = Sequential(Linear(196, 32, init=start), ReLU(), Linear(32, 10, init=start), seed=seed)
    optimizer = Momentum(lr, weight_decay=decay)
    try:
        with np.errstate(all="ignore"):  # some of these rates explode on purpose
            fit(model, (x[:1000], labels[:1000]), optimizer=optimizer, epochs=2, seed=seed)
    except Diverged:
        return {"valid": GUESSING, "test": GUESSING}
    valid = (x[1000:], labels[1000:])
    return {
        "valid": round(100 * accuracy(model, *valid), 1),
        "test": round(100 * accuracy(model, *test), 2),
    }


def grid():
    """Both tables, from one seed of each base."""
    return [
        {"seed": base, "axes": axes, "lr": float(f"{lr:.4g}"), "other": float(f"{other:.4g}")}
        for base in BASES
        for axes, others in (("one matters", DECAYS), ("two matter", STDS))
        for lr in RATES
        for other in others
    ]
