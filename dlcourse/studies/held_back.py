"""Is it smaller steps early that help a rate which is too high, or only smaller steps?

A network with two hidden layers learns from 1,000 digits in batches of 50 at a constant rate.
Adam is held back in three ways: by RAdam's factor, by a constant factor that is RAdam's mean,
and by a linear warm-up.
"""

import math

import numpy as np

from dlcourse import Adam, Diverged, Linear, RAdam, ReLU, Sequential, fit, warmup_lr

from . import BASES
from .optimizer_rates import error, split

ARMS = ("Adam", "RAdam", "smaller rate", "warm-up")
# beta2, steps, rate, steps of the warm-up: in the first setting RAdam's warm-up of 2 / (1 - beta2)
# steps outlasts the run, in the others it does not.
SETTINGS = ((0.999, 300, 0.1, 30), (0.98, 1000, 0.1, 100), (0.999, 3000, 0.1, 300))


def rectification(t, beta2):
    """RAdam's factor at step t, counted from 1; 0 where it does not divide."""
    most = 2 / (1 - beta2) - 1
    rho = most - 2 * t * beta2**t / (1 - beta2**t)
    top = (rho - 4) * (rho - 2) * most
    return math.sqrt(top / ((most - 4) * (most - 2) * rho)) if rho > 5 else 0.0


def held(arm, beta2, steps, lr, warm):
    """An optimizer and its schedule."""
    betas = (0.9, beta2)
    if arm == "RAdam":
        return RAdam(lr, betas=betas), None
    if arm == "smaller rate":
        lr *= np.mean([rectification(t, beta2) for t in range(1, steps + 1)])
    return Adam(lr, betas=betas), warmup_lr(warm) if arm == "warm-up" else None


def run(seed, arm, beta2, steps, lr, warm):
    """Error of one network on new digits; 90 where it diverged."""
    optimizer, schedule = held(arm, beta2, steps, lr, warm)
    hidden = [Linear(196, 64), ReLU(), Linear(64, 64), ReLU()]
    model = Sequential(*hidden, Linear(64, 10), seed=seed)
    data, _, test = split(seed)
    try:
        fit(
            model,
            data,
            optimizer=optimizer,
            schedule=schedule,
            batch_size=50,
            epochs=steps // 20,
            seed=seed,
        )
    except Diverged:
        model = None
    return {"test": error(model, test)}


def grid():
    """Ten seeds from each base, every arm in every setting."""
    return [
        {
            "seed": seed,
            "arm": arm,
            "beta2": beta2,
            "steps": steps,
            "lr": lr,
            "warm": warm,
        }
        for beta2, steps, lr, warm in SETTINGS
        for arm in ARMS
        for base in BASES
        for seed in range(base, base + 10)
    ]
