"""Which learning rate suits Muon, Lion, Adam without a schedule, Adam and momentum?

A network with two hidden layers learns from 1,000 digits, in batches of 50, for 60 or for 300
steps. The rate falls to 0, but for the method that averages instead. Each row is the validation
error of five networks.
"""

import numpy as np

from dlcourse import (
    Adam,
    Diverged,
    Linear,
    Lion,
    Momentum,
    Muon,
    ReLU,
    ScheduleFree,
    Sequential,
    fit,
    linear_lr,
)

from . import BASES
from .dropout_rates import rates
from .optimizer_rates import error, split

RUNS = 5
RANGES = {
    "Momentum": (0.032, 1.0),
    "Adam": (0.0032, 0.1),
    "Lion": (0.00056, 0.056),
    "Muon": (0.0032, 0.18),
    "ScheduleFree": (0.0032, 0.18),
}


def rule(method, model, lr):
    """The optimizer; Muon at a ratio with which its rates are like those of Adam."""
    if method == "Muon":
        ratio = "match_rms_adamw"
        return Muon(lr, shapes=model.shapes, weight_decay=0, adjust_lr_fn=ratio)
    others = {"Momentum": Momentum, "Adam": Adam, "Lion": Lion, "ScheduleFree": ScheduleFree}
    return others[method](lr)


def network(seed, method, steps, lr):
    """A network after so many steps; None if it diverged."""
    hidden = [Linear(196, 64), ReLU(), Linear(64, 64), ReLU()]
    model = Sequential(*hidden, Linear(64, 10), seed=seed)
    try:
        fit(
            model,
            split(seed)[0],
            optimizer=rule(method, model, lr),
            schedule=None if method == "ScheduleFree" else linear_lr(steps),
            batch_size=50,
            epochs=steps // 20,
            seed=seed,
        )
    except Diverged:
        return None
    return model


def run(seed, method, steps, lr):
    """Mean validation error of five networks, and its standard error."""
    errors = [error(network(s, method, steps, lr), split(s)[1]) for s in range(seed, seed + RUNS)]
    return {
        "valid": round(float(np.mean(errors)), 3),
        "se": round(float(np.std(errors, ddof=1) / RUNS**0.5), 3),
    }


def grid():
    """Every method at every rate, on seeds that are used for tuning alone."""
    return [
        {"seed": base + 800, "method": method, "steps": steps, "lr": lr}
        for method, ends in RANGES.items()
        for steps in (60, 300)
        for base in BASES
        for lr in rates(*ends)
    ]


def best(table, base):
    """The setting of each arm that validates best, as dicts, for one base seed."""
    rows, found = table.where(seed=base + 800), []
    for method, ends in RANGES.items():
        for steps in (60, 300):
            arm = {"method": method, "steps": steps}
            tried = rows.where(**arm)
            lr = float(tried["lr"][np.argmin(tried["valid"])])
            if lr in (rates(*ends)[0], rates(*ends)[-1]):
                raise ValueError(
                    f"newer-rates: the best rate of {arm} with base {base}, {lr}, is at the edge "
                    f"of its grid; widen RANGES, then: make studies STUDY=newer-rates"
                )
            found.append({**arm, "lr": lr})
    return found
