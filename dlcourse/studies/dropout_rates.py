"""Which learning rate suits each arm of dropout? And which weight decay, which limit?

Each row is the validation error of five networks; no test digit is looked at. `best` picks the
lowest for each arm, and refuses one at the edge of its grid.
"""

import numpy as np

from dlcourse import Diverged

from . import BASES
from .dropout_arms import error, train

RUNS = 5


def run(seed, arm, digits, optimizer, epochs, lr, decay, limit):
    """Mean validation error of five networks, and its standard error."""
    errors = []
    for s in range(seed, seed + RUNS):
        try:
            model, (_, valid, _), _ = train(s, arm, digits, optimizer, epochs, lr, decay, limit)
            errors.append(error(model, valid))
        except Diverged:  # the rate is too high: as good as guessing
            errors.append(90.0)
    return {
        "valid": round(float(np.mean(errors)), 3),
        "se": round(float(np.std(errors, ddof=1) / RUNS**0.5), 3),
    }


def rates(low, high):
    """Four learning rates a decade: 0.1, 0.18, 0.32, 0.56, 1."""
    quarters = range(round(4 * np.log10(low)), round(4 * np.log10(high)) + 1)
    return [float(f"{10 ** (k / 4):.2g}") for k in quarters]


def plan():
    """What is tuned: arms, digits, optimizer, epochs, rates, decays, limits (0, inf: none)."""
    main, few, no = ["none", "pixels", "hidden", "both"], (500,), [None]
    yield [*main, "early stopping"], (500, 1500), "Momentum", 50, rates(0.056, 1), no, no
    decays = [0.0, 0.0003, 0.001, 0.003, 0.01]
    yield ["weight decay"], few, "Momentum", 50, rates(0.18, 1), decays, no
    limits = [1.0, 2.0, 3.0, 4.0, np.inf]
    yield ["max-norm"], few, "Momentum", 50, rates(0.18, 1.8), no, limits
    yield ["both + max-norm"], few, "Momentum", 50, rates(0.032, 0.32), no, limits
    yield ["early stopping on errors"], few, "Momentum", 50, rates(0.18, 1), no, no
    original = [f"{arm} (original form)" for arm in ("hidden", "pixels", "both")]
    yield original, few, "Momentum", 50, rates(0.18, 1), no, no
    yield ["shifts"], few, "Momentum", 50, rates(0.1, 1), no, no
    yield main, few, "Adam", 50, rates(0.01, 0.1), no, no
    yield ["none"], few, "Momentum", 300, rates(0.18, 1), no, no
    yield ["pixels", "hidden"], few, "Momentum", 300, rates(0.1, 0.56), no, no
    yield ["both"], few, "Momentum", 300, rates(0.056, 0.32), no, no


def grid():
    """Every arm at every rate (decay, limit), on tuning seeds that nothing else uses."""
    return [
        {
            "seed": base + 500,
            "arm": arm,
            "digits": digits,
            "optimizer": optimizer,
            "epochs": epochs,
            "lr": lr,
            "decay": decay,
            "limit": limit,
        }
        for arms, sizes, optimizer, epochs, lrs, decays, limits in plan()
        for arm in arms
        for digits in sizes
        for base in BASES
        for decay in decays
        for limit in limits
        for lr in lrs
    ]


def best(table, base):
    """The best setting of each arm, as dicts, for one base seed."""
    rows = table.where(seed=base + 500)
    names = ("arm", "digits", "optimizer", "epochs")
    found = []
    for key in dict.fromkeys(zip(*(rows[name].tolist() for name in names), strict=True)):
        arm = rows.where(**dict(zip(names, key, strict=True)))
        row = int(np.argmin(arm["valid"]))
        setting = dict(zip(names, key, strict=True))
        for name in ("lr", "decay", "limit"):
            value = float(arm[name][row])
            setting[name] = None if np.isnan(value) else value
            tried = np.unique(arm[name][~np.isnan(arm[name])])
            edges = {tried[0], tried[-1]} - {0, np.inf} if len(tried) else ()
            if value in edges:
                raise ValueError(
                    f"dropout-rates: the best {name} of {setting} with base {base}, {value}, is at "
                    f"the edge of its grid; widen the grid in plan(), then: "
                    f"make studies STUDY=dropout-rates"
                )
        found.append(setting)
    return found
