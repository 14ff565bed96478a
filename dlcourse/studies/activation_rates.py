"""Which learning rate suits each activation, at which depth, with which optimizer?

Each row is the validation error of five networks; no test digit is looked at. `best` picks the
lowest for each arm. Where no rate trains a network, all are listed, and none is at fault.
"""

import numpy as np

from . import BASES
from .activation_arms import train
from .dropout_rates import rates

RUNS = 5
GUESSING = 80  # percent: above it at every rate, an arm does not learn, and has no best rate
KEYS = ("arm", "depth", "optimizer")


def run(seed, arm, depth, optimizer, lr):
    """Mean validation error of five networks, and the lowest of them."""
    errors = [train(s, arm, depth, optimizer, lr, judge=(1,))[1] for s in range(seed, seed + RUNS)]
    return {"valid": round(float(np.mean(errors)), 3), "lowest": min(errors)}


def plan():
    """What is tuned: arms, depth, optimizer, rates."""
    yield ["sigmoid, both"], 10, "Momentum", rates(0.1, 1)
    yield ["sigmoid, gain"], 10, "Momentum", rates(0.032, 0.32)
    yield ["sigmoid", "sigmoid, bias"], 10, "Momentum", rates(0.1, 1)
    yield ["ReLU"], 30, "Momentum", rates(0.0018, 0.018)
    yield ["shortcuts"], 30, "Momentum", rates(0.01, 0.056)
    yield ["ReLU", "shortcuts"], 4, "Momentum", rates(0.018, 0.18)
    yield ["ReLU", "tanh"], 10, "Momentum", rates(0.01, 0.1)
    yield ["SELU"], 10, "Momentum", rates(0.0056, 0.056)
    yield ["SiLU", "GELU"], 10, "Momentum", rates(0.01, 0.1)
    yield ["ReLU"], 10, "Adam", rates(0.001, 0.032)
    yield ["tanh"], 10, "Adam", rates(0.001, 0.01)
    yield ["SELU"], 10, "Adam", rates(0.00056, 0.01)
    yield ["SiLU"], 10, "Adam", rates(0.0018, 0.032)
    yield ["ReLU"], 2, "Adam", rates(0.0018, 0.056)
    yield ["ReLU2", "SwiGLU"], 2, "Adam", rates(0.0018, 0.018)
    yield ["block, ReLU", "block, SwiGLU"], 4, "Adam", rates(0.0032, 0.032)


def grid():
    """Every arm at every rate, on tuning seeds that nothing else uses."""
    return [
        {"seed": base + 500, "arm": arm, "depth": depth, "optimizer": optimizer, "lr": lr}
        for base in BASES
        for arms, depth, optimizer, lrs in plan()
        for arm in arms
        for lr in lrs
    ]


def best(table, base):
    """The best rate of each arm, as dicts, for one base seed; refuses one at the edge."""
    rows, found = table.where(seed=base + 500), []
    for values in dict.fromkeys(zip(*(rows[key].tolist() for key in KEYS), strict=True)):
        setting = dict(zip(KEYS, values, strict=True))
        arm = rows.where(**setting)
        lr = float(arm["lr"][np.argmin(arm["valid"])])
        edge = lr in (arm["lr"].min(), arm["lr"].max())
        if edge and arm["valid"].min() < GUESSING:
            raise ValueError(
                f"activation-rates: the best rate of {setting} with base {base} is at the edge of "
                f"its grid; widen the grid in plan(), then: make studies STUDY=activation-rates"
            )
        found.append(setting | {"lr": lr})
    return found
