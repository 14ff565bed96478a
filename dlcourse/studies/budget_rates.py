"""Which learning rate suits ReLU, SELU and tanh with fewer steps, more steps, or more layers?

Each row is the validation error of five networks; no test digit is looked at. `best` picks the
lowest for each arm.
"""

import numpy as np

from . import BASES
from .budget_arms import train
from .dropout_rates import rates

RUNS = 5
KEYS = ("arm", "depth", "optimizer", "steps")


def run(seed, arm, depth, optimizer, steps, lr):
    """Mean validation error of five networks."""
    errors = [train(s, arm, depth, optimizer, steps, lr)[0] for s in range(seed, seed + RUNS)]
    return {"valid": round(float(np.mean(errors)), 3)}


def plan():
    """What is tuned: arm, depth, optimizer, steps, rates."""
    yield "ReLU", 10, "Momentum", 100, rates(0.018, 0.1)
    yield "SELU", 10, "Momentum", 100, rates(0.0056, 0.056)
    yield "ReLU", 10, "Momentum", 2000, rates(0.01, 0.056)
    yield "SELU", 10, "Momentum", 2000, rates(0.0056, 0.032)
    yield "SELU", 30, "Momentum", 400, rates(0.001, 0.01)
    yield "tanh", 30, "Momentum", 400, rates(0.0056, 0.056)
    yield "ReLU", 30, "Adam", 400, rates(0.00056, 0.0056)


def grid():
    """Every arm at every rate, on tuning seeds that nothing else uses."""
    return [
        {"seed": base + 500, **dict(zip(KEYS, setting, strict=True)), "lr": lr}
        for base in BASES
        for *setting, lrs in plan()
        for lr in lrs
    ]


def best(table, base):
    """The best rate of each arm, as dicts, for one base seed; refuses one at the edge."""
    rows, found = table.where(seed=base + 500), []
    for values in dict.fromkeys(zip(*(rows[key].tolist() for key in KEYS), strict=True)):
        setting = dict(zip(KEYS, values, strict=True))
        arm = rows.where(**setting)
        lr = float(arm["lr"][np.argmin(arm["valid"])])
        if lr in (arm["lr"].min(), arm["lr"].max()):
            raise ValueError(
                f"budget-rates: the best rate of {setting} with base {base} is at the edge of "
                f"its grid; widen the grid in plan(), then: make studies STUDY=budget-rates"
            )
        found.append(setting | {"lr": lr})
    return found
