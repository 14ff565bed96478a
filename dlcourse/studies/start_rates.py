"""Which learning rate suits each start, depth and optimizer?

Each row is the validation error of five networks; no test digit is looked at. `best` picks the
lowest for each arm. Where no rate trains a network, all are listed, and none is at fault.
"""

import numpy as np

from dlcourse import Diverged

from . import BASES
from .dropout_rates import rates
from .start_arms import network, train

RUNS = 5
GUESSING = 80  # percent: above it at every rate, an arm does not learn, and has no best rate


def run(seed, start, depth, optimizer, lr):
    """Mean validation error of five networks, and the lowest of them."""
    errors = []
    for s in range(seed, seed + RUNS):
        try:
            errors.append(train(network(start, depth, s), s, optimizer, lr)[0])
        except Diverged:  # the rate is too high: as good as guessing
            errors.append(90.0)
    return {"valid": round(float(np.mean(errors)), 3), "lowest": min(errors)}


def plan():
    """What is tuned: starts, depths, optimizer, rates."""
    yield ["He"], [10], "Momentum", rates(0.01, 0.1)
    yield ["PyTorch"], [10], "Momentum", rates(0.01, 3.2)
    yield ["PyTorch"], [10], "Adam", rates(0.0018, 0.018)
    yield ["He", "orthogonal"], [20], "Momentum", rates(0.0032, 0.032)
    yield ["Xavier"], [20], "Momentum", rates(0.0032, 0.018)
    yield ["Xavier"], [20], "Adam", rates(0.001, 0.0056)
    yield ["He"], [20], "Adam", rates(0.001, 0.0056)
    yield ["sigmoid Xavier"], [5], "Momentum", rates(0.056, 0.56)
    yield ["sigmoid centred", "sigmoid gain 4"], [5], "Momentum", rates(0.032, 0.56)
    yield ["sigmoid centred", "sigmoid gain 4"], [10], "Momentum", rates(0.018, 0.56)
    yield ["sigmoid Xavier"], [5], "Adam", rates(0.0056, 0.032)
    yield ["He"], [10], "Adam", rates(0.0018, 0.018)
    yield ["PyTorch"], [20], "Adam", rates(0.0018, 0.018)
    yield ["PyTorch"], [20], "Adam, eps 1e-16", rates(0.0018, 0.018)
    yield ["He", "Xavier", "PyTorch"], [4], "Momentum", rates(0.032, 0.32)
    yield ["He", "Xavier"], [4], "Adam", rates(0.0032, 0.018)
    yield ["tanh 0.6", "tanh 1.2"], [20], "Momentum", rates(0.0032, 0.1)
    yield ["tanh 3"], [20], "Momentum", rates(0.00032, 0.01)
    yield ["tanh 0.6", "tanh 1.2"], [20], "Adam", rates(0.00032, 0.01)
    yield ["tanh 3"], [20], "Adam", rates(0.00032, 0.01)


def grid():
    """Every arm at every rate, on tuning seeds that nothing else uses."""
    return [
        {"seed": base + 500, "start": start, "depth": depth, "optimizer": optimizer, "lr": lr}
        for starts, depths, optimizer, lrs in plan()
        for start in starts
        for depth in depths
        for base in BASES
        for lr in lrs
    ]


def best(table, base):
    """The best rate of each arm, as dicts, for one base seed; refuses one at the edge."""
    rows = table.where(seed=base + 500)
    arms = zip(*(rows[name].tolist() for name in ("start", "depth", "optimizer")), strict=True)
    found = []
    for start, depth, optimizer in dict.fromkeys(arms):
        arm = rows.where(start=start, depth=depth, optimizer=optimizer)
        lr = float(arm["lr"][np.argmin(arm["valid"])])
        setting = {"start": start, "depth": int(depth), "optimizer": optimizer, "lr": lr}
        edge = lr in (arm["lr"].min(), arm["lr"].max())
        if edge and arm["valid"].min() < GUESSING:
            raise ValueError(
                f"start-rates: the best rate of {setting} with base {base} is at the edge of its "
                f"grid; widen the grid in plan(), then: make studies STUDY=start-rates"
            )
        found.append(setting)
    return found
