"""How large may the branches of a residual network start?

Blocks x + scale * F(x), with F = Linear, ReLU, Linear of 64 units, which keeps the mean square,
learn from 1,000 digits in 400 steps. Nothing is tuned: the best rate of scale 1, of
five, may be compared with the worst of another, of three.
"""

import numpy as np

from dlcourse import (
    Diverged,
    Linear,
    ReLU,
    Residual,
    Sequential,
    constant,
    he_normal,
    lecun_normal,
)

from . import BASES
from .start_arms import train

SEEDS = 3  # from each base


def network(blocks, scale, seed, width=64):
    """196 pixels -> blocks -> 10 classes; "0": the last layer of each branch starts at zero.

    "1, small head": the last layer reads numbers 2**(blocks/2) times too large, and is made smaller
    by that much, so that the first loss is that of guessing.
    """
    s = 1 / np.sqrt(blocks) if scale == "1/√L" else 1.0
    last = constant(0.0) if scale == "0" else lecun_normal
    layers = [Linear(196, width, init=he_normal), ReLU()]
    for _ in range(blocks):
        branch = [Linear(width, width), ReLU(), Linear(width, width, init=last)]
        layers.append(Residual(*branch, scale=s))
    small = 2 ** (-blocks / 2) if scale == "1, small head" else 1.0

    def head(rng, shape):
        return small * lecun_normal(rng, shape)

    return Sequential(*layers, Linear(width, 10, init=head), seed=seed)


def run(seed, blocks, scale, optimizer, lr):
    """Test error of one network."""
    try:
        _, test = train(network(blocks, scale, seed), seed, optimizer, lr)
    except Diverged:  # as good as guessing
        test = 90.0
    return {"test": test}


def grid():
    """Three seeds from each base, each scale at each rate."""
    plan = [
        (20, ("1", "1/√L", "0"), "Adam", (0.0003, 0.001, 0.003)),
        (2, ("1", "1/√L"), "Adam", (0.0003, 0.001, 0.003)),
        (20, ("1, small head",), "Adam", (0.0003, 0.001, 0.003, 0.01, 0.03)),
        (20, ("1",), "Adam", (0.01, 0.03)),  # where the best rate of scale 1 may lie
        (2, ("1",), "Adam", (0.01, 0.03)),
    ]
    return [
        {"seed": base + run, "blocks": blocks, "scale": scale, "optimizer": optimizer, "lr": lr}
        for blocks, scales, optimizer, rates in plan
        for base in BASES
        for run in range(SEEDS)
        for scale in scales
        for lr in rates
    ]
