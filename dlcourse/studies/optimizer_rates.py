"""Which learning rate suits each optimizer, and how much does the answer depend on the seeds?

A small network learns from 1,000 digits, 20 times over, in batches of 50, at a constant rate.
Each row is one run, so that a reader can tune with two of the seeds, or with twenty.
"""

from functools import lru_cache

import dlcourse
from dlcourse import Diverged, Linear, ReLU, Sequential, accuracy, evaluate, fit, mnist

from . import BASES
from .dropout_rates import rates

# The range of rates that is searched for each method.
RANGES = {
    "SGD": (0.18, 5.6),
    "Momentum": (0.032, 1.0),
    "NAG": (0.032, 1.0),
    "Adagrad": (0.01, 0.32),
    "RMSprop": (0.001, 0.056),
    "Adadelta": (1.0, 32),
    "Adam": (0.0032, 0.1),
    "RAdam": (0.0056, 0.18),
}
MANY = ("Momentum", "Adam")  # tuned with twenty seeds, the others with five


@lru_cache(4)
def split(seed):
    """1,000 digits to learn from, 500 to tune with, 3,000 to judge with."""
    (x, labels), test = mnist(2000, 3000, size=14, seed=seed)
    return (x[:1000], labels[:1000]), (x[1500:], labels[1500:]), test


def train(seed, optimizer, batch, epochs, schedule=None):
    """A network after some epochs; None if it diverged."""
    model = Sequential(Linear(196, 64), ReLU(), Linear(64, 10), seed=seed)
    data, _, _ = split(seed)
    try:
        fit(
            model,
            data,
            optimizer=optimizer,
            schedule=schedule,
            batch_size=batch,
            epochs=epochs,
            seed=seed,
        )
    except Diverged:  # the rate is too high
        return None
    return model


def error(model, digits):
    """Wrong answers in percent, to two digits behind the point; 90 where training failed."""
    return round(100 * (1 - accuracy(model, *digits)), 2) if model else 90.0


def run(seed, method, lr):
    """Loss on the training digits, and wrong validation digits in percent."""
    model = train(seed, getattr(dlcourse, method)(lr=lr), batch=50, epochs=20)
    data, valid, _ = split(seed)
    loss = evaluate(model, *data)[0] if model else 10.0
    return {"loss": round(min(loss, 10.0), 6), "valid": error(model, valid)}


def grid():
    """Every method at every rate, on seeds that are used for tuning alone."""
    return [
        {"seed": base + 500 + i, "method": method, "lr": lr}
        for method, ends in RANGES.items()
        for base in BASES
        for i in range(20 if method in MANY else 5)
        for lr in rates(*ends)
    ]
