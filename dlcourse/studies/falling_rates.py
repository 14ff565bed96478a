"""Which learning rate suits each schedule?

Three hundred steps, on batches of 10 digits or of 200, with momentum or Adam. Each row is the
validation error of five networks; no test digit is looked at.
"""

import numpy as np

from dlcourse import Adam, Momentum, cosine_lr, linear_lr, step_lr, warmup_lr

from . import BASES
from .dropout_rates import rates
from .optimizer_rates import error, split, train

STEPS = 300
METHODS = {"Momentum": Momentum, "Adam": Adam}
SCHEDULES = {
    "constant": None,
    "step": step_lr(STEPS // 3, gamma=0.3),
    "linear": linear_lr(STEPS),
    "cosine": cosine_lr(STEPS),
    "warm-up": warmup_lr(30, then=linear_lr(STEPS - 30)),
}
RUNS = 5


def network(seed, method, schedule, batch, lr):
    """A network after 300 steps."""
    optimizer, epochs = METHODS[method](lr=lr), STEPS * batch // 1000
    return train(seed, optimizer, batch, epochs, SCHEDULES[schedule])


def run(seed, method, schedule, batch, lr):
    """Mean validation error of five networks, and its standard error."""
    errors = [
        error(network(s, method, schedule, batch, lr), split(s)[1])
        for s in range(seed, seed + RUNS)
    ]
    return {
        "valid": round(float(np.mean(errors)), 3),
        "se": round(float(np.std(errors, ddof=1) / RUNS**0.5), 3),
    }


def plan():
    """Methods, schedules, batch size, rates."""
    low = {"Momentum": (0.0032, 0.056), "Adam": (0.001, 0.018)}
    high = {"Momentum": (0.018, 0.56), "Adam": (0.0032, 0.1)}
    falling = [name for name in SCHEDULES if name != "constant"]
    for method in METHODS:
        yield method, ["constant"], 10, rates(*low[method])
        yield method, falling, 10, rates(*high[method])
    yield "Momentum", ["constant", "linear"], 200, rates(0.1, 3.2)


def grid():
    """Every schedule at every rate, on seeds that are used for tuning alone."""
    return [
        {"seed": base + 600, "method": method, "schedule": name, "batch": batch, "lr": lr}
        for method, names, batch, lrs in plan()
        for name in names
        for base in BASES
        for lr in lrs
    ]


def best(table, base):
    """The setting of each arm that validates best, as dicts, for one base seed."""
    rows, found = table.where(seed=base + 600), []
    for method, names, batch, lrs in plan():
        for name in names:
            arm = {"method": method, "schedule": name, "batch": batch}
            tried = rows.where(**arm)
            lr = float(tried["lr"][np.argmin(tried["valid"])])
            if lr in (lrs[0], lrs[-1]):
                raise ValueError(
                    f"falling-rates: the best rate of {arm} with base {base}, {lr}, is at the edge "
                    f"of its grid; widen it in plan(), then: make studies STUDY=falling-rates"
                )
            found.append({**arm, "lr": lr})
    return found
