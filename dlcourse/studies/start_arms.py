"""Which first weights let a deep network learn, by momentum and by Adam?

Networks of 64 units a layer learn from 1,000 digits in 400 steps, whose size shrinks to 0. The
learning rate of each arm is the one that the study start-rates found best.
"""

from functools import partial

import numpy as np

from dlcourse import (
    Adam,
    Linear,
    Momentum,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
    accuracy,
    fit,
    he_normal,
    lecun_normal,
    linear_lr,
    mnist,
    orthogonal,
    study,
    variance_scaling,
    xavier_normal,
)

from . import BASES

AFTER = ("start-rates",)
OPTIMIZERS = {"Momentum": Momentum, "Adam": Adam}
OPTIMIZERS["Adam, eps 1e-16"] = partial(Adam, eps=1e-16)
SEEDS = 4  # from each base


class TorchLinear(Linear):
    """What torch.nn.Linear starts with: weights and biases, uniform in (-b, b)."""

    def initial(self, rng):
        b = 1 / np.sqrt(self.n_in)
        shape = (self.n_in, self.n_out)
        return {"W": rng.uniform(-b, b, shape), "b": rng.uniform(-b, b, self.n_out)}


class CentredLinear(Linear):
    """Its biases take away what the mean of a sigmoid, one half, adds to each sum."""

    def initial(self, rng):
        W = super().initial(rng)["W"]
        return {"W": W, "b": -W.sum(axis=0) / 2}


def scaled(factor, mode="fan_avg"):
    """Weights of the variance factor**2 / n."""

    def init(rng, shape):
        return variance_scaling(rng, shape, factor**2, mode)

    return init


def orthogonal_he(rng, shape):
    """Orthogonal weights of the mean square that ReLU needs."""
    return np.sqrt(2) * orthogonal(rng, shape)


# Name -> activation, layer, initializer.
STARTS = {
    "He": (ReLU, Linear, he_normal),
    "orthogonal": (ReLU, Linear, orthogonal_he),
    "Xavier": (ReLU, Linear, xavier_normal),
    "PyTorch": (ReLU, TorchLinear, None),
    "sigmoid Xavier": (Sigmoid, Linear, xavier_normal),
    "sigmoid gain 4": (Sigmoid, Linear, scaled(4)),
    "sigmoid centred": (Sigmoid, CentredLinear, scaled(4)),
    "tanh 0.6": (Tanh, Linear, scaled(0.6, "fan_in")),
    "tanh 1.2": (Tanh, Linear, scaled(1.2, "fan_in")),
    "tanh 3": (Tanh, Linear, scaled(3, "fan_in")),
}


def network(start, depth, seed, width=64):
    """196 pixels -> depth hidden layers of equal width -> 10 classes."""
    activation, hidden, init = STARTS[start]
    given = {} if init is None else {"init": init}
    layers = [(Linear if hidden is CentredLinear else hidden)(196, width, **given), activation()]
    for _ in range(depth - 1):
        layers += [hidden(width, width, **given), activation()]
    last = {"init": lecun_normal} if hidden is Linear and activation is not Sigmoid else given
    return Sequential(*layers, hidden(width, 10, **last), seed=seed)


def split(seed):
    """1,000 digits to train on, 500 to validate and 3,000 to test: no image is in two of them."""
    (x, labels), test = mnist(1500, 3000, size=14, seed=seed)
    return (x[:1000], labels[:1000]), (x[1000:], labels[1000:]), test


def train(model, seed, optimizer, lr, epochs=20):
    """Errors in percent on validation and test digits."""
    data, valid, test = split(seed)
    fit(
        model,
        data,
        optimizer=OPTIMIZERS[optimizer](lr),
        schedule=linear_lr(20 * epochs),
        batch_size=50,
        epochs=epochs,
        seed=seed,
    )
    return [round(100 * (1 - accuracy(model, *part)), 2) for part in (valid, test)]


def run(seed, start, depth, optimizer, lr):
    """Test error of one network."""
    _, test = train(network(start, depth, seed), seed, optimizer, lr)
    return {"test": test}


def grid():
    """Four seeds from each base, each arm at the rate that was best for that base."""
    from .start_rates import best

    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in best(study("start-rates"), base)
        for seed in range(base, base + SEEDS)
    ]
