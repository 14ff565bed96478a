"""Does the best learning rate of a narrow network suit a wide one?

Networks of three hidden ReLU layers learn from 1,000 digits in 200 steps of Adam, at several
widths and rates: as usual, and with muP, where rates and the last layer scale with the width.
"""

import numpy as np

from dlcourse import (
    Adam,
    Diverged,
    Linear,
    ReLU,
    Sequential,
    evaluate,
    fit,
    he_normal,
    lecun_normal,
    linear_lr,
)

from . import BASES
from .start_arms import split

BASE_WIDTH = 16  # where the two forms are the same
SEEDS = 3  # from each base


def network(form, width, seed):
    """196 pixels -> three hidden layers -> 10 classes."""

    def small(rng, shape):
        return np.sqrt(BASE_WIDTH / width) * lecun_normal(rng, shape)

    last = small if form == "muP" else lecun_normal
    layers = [Linear(196, width, init=he_normal), ReLU()]
    for _ in range(2):
        layers += [Linear(width, width, init=he_normal), ReLU()]
    return Sequential(*layers, Linear(width, 10, init=last), seed=seed)


def rates(model, form, lr, width):
    """A rate for each weight: with muP smaller where many hidden units come in."""
    first = model.layers[0]

    def of(layer, name, array):
        fixed = form != "muP" or layer is first or name == "b"
        return lr if fixed else lr * BASE_WIDTH / width

    return model.vector(of)


def run(seed, form, width, lr):
    """Training loss of one network after 200 steps."""
    model, data = network(form, width, seed), split(seed)[0]
    try:
        fit(
            model,
            data,
            optimizer=Adam(rates(model, form, lr, width)),
            schedule=linear_lr(200),
            batch_size=50,
            epochs=10,
            seed=seed,
        )
    except Diverged:
        return {"loss": 10.0}
    return {"loss": round(min(float(evaluate(model, *data)[0]), 10.0), 5)}


def grid():
    """Three seeds from each base, each form and width at each rate."""
    lrs = [float(f"{10 ** (k / 4):.2g}") for k in range(-10, -1)]
    return [
        {"seed": base + run, "form": form, "width": width, "lr": lr}
        for form in ("standard", "muP")
        for width in (16, 64, 256)
        for base in BASES
        for run in range(SEEDS)
        for lr in lrs
    ]
