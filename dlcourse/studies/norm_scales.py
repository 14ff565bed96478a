"""How large may the first weights be, with no, with batch and with layer normalization?

Four hidden layers of 50 ReLU units learn from 500 digits for 100 steps, at one rate for all sizes
of weights: by plain SGD, and by Adam. The loss is that of the training batches of an epoch.
"""

from dlcourse import (
    SGD,
    Adam,
    BatchNorm,
    Diverged,
    LayerNorm,
    Linear,
    ReLU,
    Sequential,
    fit,
    lecun_normal,
    normal,
)

from . import BASES
from .dropout_rates import rates
from .start_arms import split

NORMS = {"none": None, "batch": BatchNorm, "layer": LayerNorm}
OPTIMIZERS = {"SGD": lambda: SGD(0.2), "Adam": lambda: Adam(0.005)}
SIZES = rates(0.0001, 1)  # standard deviations, four a decade
LOOK = (1, 2, 3, 5, 7, 10)  # epochs
SEEDS = 4  # from each base
WORST = 9.0  # more than this, or diverged


def network(norm, size, seed):
    """196 pixels -> four times 50 units -> 10 classes."""
    layers, n_in = [], 196
    for _ in range(4):
        layers.append(Linear(n_in, 50, init=normal(size)))
        layers += [NORMS[norm](50)] if NORMS[norm] else []
        layers.append(ReLU())
        n_in = 50
    return Sequential(*layers, Linear(50, 10, init=lecun_normal), seed=seed)


def run(seed, norm, optimizer, size):
    """Training loss after some epochs of ten steps each."""
    (x, labels), _, _ = split(seed)
    losses = [WORST] * LOOK[-1]

    def keep(epoch, model, history):
        losses[epoch] = min(history.loss[-1], WORST)

    try:
        fit(
            network(norm, size, seed),
            (x[:500], labels[:500]),
            optimizer=OPTIMIZERS[optimizer](),
            batch_size=50,
            epochs=LOOK[-1],
            seed=seed,
            on_epoch=keep,
        )
    except Diverged:
        losses[-1] = WORST
    return {f"loss {k}": round(float(losses[k - 1]), 3) for k in LOOK}


def grid():
    """Four seeds from each base, every size, norm and optimizer."""
    return [
        {"seed": seed, "norm": norm, "optimizer": optimizer, "size": size}
        for optimizer in OPTIMIZERS
        for norm in NORMS
        for size in SIZES
        for base in BASES
        for seed in range(base, base + SEEDS)
    ]
