"""Which learning rate suits each network, with and without normalization?

Each row is the mean validation error of two networks; no test digit is looked at. `best` picks
the lowest for each arm, over the two networks from each of the three bases, six in all. Where no
rate trains a network, the first of them is taken.
"""

import numpy as np

from . import BASES
from .dropout_rates import rates
from .norm_arms import train

RUNS = 2
GUESSING = 80  # percent: above it at every rate, an arm does not learn, and has no best rate
ARM = ("network", "norm", "optimizer", "batch", "epochs")


def run(seed, network, norm, optimizer, batch, epochs, lr):
    """Mean validation error of two networks, and the lowest of them."""
    errors = [
        train(network, norm, s, optimizer, lr, epochs, batch)[0] for s in range(seed, seed + RUNS)
    ]
    return {"valid": round(float(np.mean(errors)), 3), "lowest": min(errors)}


def plan():
    """What is tuned: network, norm, optimizer, digits in a batch, epochs, rates."""
    yield "good", "none", "Momentum", 50, 20, rates(0.018, 0.18)
    yield "good", "batch", "Momentum", 50, 20, rates(0.1, 1.8)
    yield "good", "layer", "Momentum", 50, 20, rates(0.01, 0.32)
    yield "good", "none", "Adam", 50, 20, rates(0.0056, 0.056)
    yield "good", "batch", "Adam", 50, 20, rates(0.0032, 0.32)
    yield "bad", "none", "Momentum", 50, 20, [0.1, 0.32, 1.0]
    yield "bad", "batch", "Momentum", 50, 20, rates(0.001, 0.1)
    yield "bad", "none", "Adam", 50, 20, rates(0.01, 0.1)
    yield "bad", "batch", "Adam", 50, 20, rates(0.00056, 0.1)
    yield "good", "none", "Momentum", 2, 5, rates(0.0032, 0.032)
    yield "good", "layer", "Momentum", 2, 5, rates(0.00056, 0.032)
    yield "good", "batch", "Momentum", 2, 5, rates(0.001, 0.032)
    yield "30 plain", "none", "Momentum", 50, 20, rates(0.0032, 0.032)
    yield "30 plain", "batch", "Momentum", 50, 20, rates(0.001, 0.32)
    yield "30 residual", "none", "Momentum", 50, 20, rates(0.00018, 0.0018)
    yield "30 residual", "batch", "Momentum", 50, 20, rates(0.032, 0.32)
    yield "60 plain", "batch", "Momentum", 50, 20, [0.056, 0.18]
    yield "60 residual", "batch", "Momentum", 50, 20, rates(0.056, 0.56)


def grid():
    """Every arm at every rate, on tuning seeds that nothing else uses."""
    return [
        {"seed": base + 500, **dict(zip(ARM, arm, strict=True)), "lr": lr}
        for *arm, lrs in plan()
        for base in BASES
        for lr in lrs
    ]


def best(table):
    """The best rate of each arm, as dicts; refuses one at the edge."""
    found = []
    for *arm, _ in plan():
        setting = dict(zip(ARM, arm, strict=True))
        means = table.means("valid", "lr", **setting)
        tried = dict(zip(means["lr"].tolist(), means["valid"].tolist(), strict=True))
        lr = min(tried, key=tried.get)
        learns = tried[lr] < GUESSING
        if learns and lr in (min(tried), max(tried)):
            raise ValueError(
                f"norm-rates: the best rate of {setting} is at the edge of its grid; widen the "
                f"grid in plan(), then: make studies STUDY=norm-rates"
            )
        found.append(setting | {"lr": lr if learns else min(tried)})
    return found
