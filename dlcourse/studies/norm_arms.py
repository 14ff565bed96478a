"""What does normalization give, when every network has its own learning rate?

Networks of ReLU units learn from 1,000 digits. From a start that is good and one that is bad, with
batches of 50 and of two, and with 30 and 60 hidden layers, with a way around the layers and
without; and with one small rate, for a short and for a long time. The rates come from norm-rates.
"""

import numpy as np

from dlcourse import (
    SGD,
    Adam,
    BatchNorm,
    Diverged,
    LayerNorm,
    Linear,
    Momentum,
    ReLU,
    Residual,
    RMSNorm,
    Sequential,
    accuracy,
    fit,
    he_normal,
    lecun_normal,
    linear_lr,
    normal,
    study,
)

from . import BASES
from .start_arms import split

AFTER = ("norm-rates",)
OPTIMIZERS = {"SGD": SGD, "Momentum": Momentum, "Adam": Adam}
NORMS = {"none": None, "batch": BatchNorm, "layer": LayerNorm, "rms": RMSNorm}
SEEDS = 4  # from each base
MORE = 8  # of the arms whose differences are small

# Name -> hidden layers, their width, first weights, whether there is a way around each two.
NETWORKS = {
    "good": (4, 64, he_normal, False),
    "bad": (4, 64, normal(0.01), False),
    "30 plain": (30, 32, he_normal, False),
    "60 plain": (60, 32, he_normal, False),
    "30 residual": (30, 32, he_normal, True),
    "60 residual": (60, 32, he_normal, True),
}


def hidden_layers(count, width, init, norm, n_in):
    """Linear, norm, ReLU, and so on."""
    layers = []
    for _ in range(count):
        layers += [Linear(n_in, width, init=init), *([norm(width)] if norm else []), ReLU()]
        n_in = width
    return layers


def branch(width, init, norm):
    """What a block adds, and which keeps the mean square: norm, Linear, ReLU, Linear."""
    layers = [Linear(width, width, init=init), ReLU(), Linear(width, width, init=lecun_normal)]
    return [norm(width), *layers] if norm else layers


def network(name, norm, seed):
    """196 pixels -> hidden layers -> 10 classes."""
    depth, width, init, around = NETWORKS[name]
    norm = NORMS[norm]
    layers = hidden_layers(2 if around else depth, width, init, norm, 196)
    if around:
        blocks = (depth - 2) // 2
        layers += [Residual(*branch(width, init, norm)) for _ in range(blocks)]
        layers += [norm(width)] if norm else []
    return Sequential(*layers, Linear(width, 10, init=lecun_normal), seed=seed)


def train(name, norm, seed, optimizer, lr, epochs=20, batch=50, falls=True):
    """Errors in percent on validation and test digits; one that diverged is guessing."""
    (x, labels), valid, test = split(seed)
    kept = 400 if batch == 2 else 1000  # small batches are many steps
    model = network(name, norm, seed)
    try:
        with np.errstate(all="ignore"):
            fit(
                model,
                (x[:kept], labels[:kept]),
                optimizer=OPTIMIZERS[optimizer](lr),
                schedule=linear_lr(epochs * (kept // batch)) if falls else None,
                batch_size=batch,
                epochs=epochs,
                seed=seed,
            )
    except Diverged:
        return [90.0, 90.0]
    return [round(100 * (1 - accuracy(model, *part)), 2) for part in (valid, test)]


def run(seed, network, norm, optimizer, batch, epochs, lr):
    """Test error of one network. The one small rate of SGD does not fall."""
    _, test = train(network, norm, seed, optimizer, lr, epochs, batch, optimizer != "SGD")
    return {"test": test}


def seeds(setting):
    """How many from each base."""
    small = setting["network"] == "good" and setting["batch"] == 50 and setting["epochs"] == 20
    return MORE if small else SEEDS


def grid():
    """Each arm at its best rate; two at one small rate, and three for ten times the steps."""
    from .norm_rates import best

    settings = best(study("norm-rates"))
    small = {"network": "good", "norm": "none", "optimizer": "SGD", "batch": 50, "lr": 0.01}
    settings += [small | {"norm": n, "epochs": e} for n in ("none", "batch") for e in (6, 100)]
    settings += [
        setting | {"epochs": 200}
        for setting in settings
        if seeds(setting) == MORE and setting["optimizer"] == "Momentum"
    ]
    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in settings
        for seed in range(base, base + seeds(setting))
    ]
