"""How many steps does it take with batches of this size, and which learning rate suits them?

Momentum trains a small network on 1,000 digits until its loss on validation digits is below one
half. Each row is one run.
"""

import numpy as np

from dlcourse import (
    Linear,
    Momentum,
    ReLU,
    Sequential,
    evaluate,
    minibatches,
    softmax_cross_entropy,
)

from . import BASES
from .dropout_rates import rates
from .optimizer_rates import split

GOAL, MOST = 0.5, 500
RANGES = {5: (0.01, 0.1), 20: (0.018, 0.32), 80: (0.056, 0.56), 320: (0.056, 0.56)}


def steps_to_goal(seed, batch, lr):
    """Steps until the validation loss is below the goal; MOST if it never is."""
    data, valid, _ = split(seed)
    model = Sequential(Linear(196, 64), ReLU(), Linear(64, 10), seed=seed)
    optimizer, rng, taken = Momentum(lr=lr), np.random.default_rng(seed), 0
    while True:
        for x, labels in minibatches(*data, batch, rng):
            _, dz = softmax_cross_entropy(model.forward(x, train=True), labels)
            model.backward(dz)
            optimizer.step(model.theta, model.grad)
            taken += 1
            loss = evaluate(model, *valid)[0]
            if loss < GOAL:
                return taken
            if taken == MOST or not loss < 20:
                return MOST


def run(seed, batch, lr):
    """Steps to the goal in one run."""
    return {"steps": steps_to_goal(seed, batch, lr)}


def grid():
    """Every batch size at every rate, on seeds that are used for tuning alone."""
    return [
        {"seed": base + 700 + i, "batch": batch, "lr": lr}
        for batch, ends in RANGES.items()
        for base in BASES
        for i in range(5)
        for lr in rates(*ends)
    ]
