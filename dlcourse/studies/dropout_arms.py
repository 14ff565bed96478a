"""What does each part of dropout give, when every arm has the rate that suits it?

One network, 196 pixels -> 256 ReLU -> 10 classes, learns from 500 or 1,500 digits, with dropout
of pixels, of hidden units, of both or of none, and with what one would do otherwise. Its learning
rate, weight decay and limit of the weights are those that the study dropout-rates found best. The
main arms also run with Adam, and for 300 epochs instead of 50.
"""

import numpy as np

from dlcourse import (
    Adam,
    Dropout,
    Layer,
    Linear,
    Momentum,
    ReLU,
    Sequential,
    accuracy,
    fit,
    linear_lr,
    mnist,
    study,
)

from . import BASES

AFTER = ("dropout-rates",)
MAY_BE_EMPTY = ("stopped",)  # only early stopping stops
BATCH = 50
# The rates of dropping (pixels, hidden units) in each arm.
ARMS = {
    "none": (0.0, 0.0),
    "none again": (0.0, 0.0),  # the same with other first weights: what luck alone does
    "pixels": (0.2, 0.0),
    "hidden": (0.0, 0.5),
    "both": (0.2, 0.5),
    "early stopping": (0.0, 0.0),
    "early stopping on errors": (0.0, 0.0),
    "weight decay": (0.0, 0.0),
    "hidden + weight decay": (0.0, 0.5),
    "max-norm": (0.0, 0.0),
    "both + max-norm": (0.2, 0.5),
    # Not divided in training, but scaled at test time.
    "pixels (original form)": (0.2, 0.0),
    "hidden (original form)": (0.0, 0.5),
    "both (original form)": (0.2, 0.5),
    "shifts": (0.0, 0.0),  # each image moves by up to one pixel
}
# What early stopping watches on the validation digits.
WATCHED = {"early stopping": "valid_loss", "early stopping on errors": "valid_accuracy"}


def split(seed, digits):
    """Digits to train on, 500 to validate and 3,000 to test: no image is in two of them."""
    (x, labels), test = mnist(2000, 3000, size=14, seed=seed)
    return (x[:digits], labels[:digits]), (x[1500:], labels[1500:]), test


class MaxNorm(Momentum):
    """Momentum; after each step no unit's entering weights are longer than `limit`."""

    def __init__(self, lr, limit, matrices):
        super().__init__(lr, momentum=0.95)  # high, as in the paper's recipe
        self.limit, self.matrices = limit, matrices

    def step(self, w, g):
        super().step(w, g)
        for W in self.matrices:
            W *= np.minimum(1, self.limit / np.linalg.norm(W, axis=0))


class Shift(Layer):
    """Moves each image of 14 x 14 pixels by -1, 0 or 1 in both directions, in training only."""

    def forward(self, x, train=False):
        if not train:
            return x
        images = np.pad(x.reshape(-1, 14, 14), ((0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(images, (14, 14), axis=(1, 2))
        down, right = self.rng.integers(3, size=(2, len(x)))
        return windows[np.arange(len(x)), down, right].reshape(x.shape)


def train(seed, arm, digits, optimizer, epochs, lr, decay, limit, on_epoch=None):
    """A trained network, the digits of its split, and the epoch that early stopping took."""
    (pixels, hidden), divided = ARMS[arm], not arm.endswith("(original form)")
    model = Sequential(
        Shift() if arm == "shifts" else Dropout(pixels, inverted=divided),
        Linear(196, 256),
        ReLU(),
        Dropout(hidden, inverted=divided),
        Linear(256, 10),
        seed=seed + 500 if arm == "none again" else seed,
    )
    if optimizer == "Adam":
        rule = Adam(lr)
    elif limit:
        rule = MaxNorm(lr, limit, [layer.W for layer in model.layers if hasattr(layer, "W")])
    else:
        rule = Momentum(lr, weight_decay=decay or 0.0)
    data, valid, test = split(seed, digits)
    early = arm in WATCHED
    history = fit(
        model,
        data,
        valid if early else None,
        optimizer=rule,
        schedule=linear_lr(epochs * digits // BATCH),  # the steps shrink to 0
        patience=epochs if early else None,  # to the end, then back to the best weights
        monitor=WATCHED.get(arm, "valid_loss"),
        batch_size=BATCH,
        epochs=epochs,
        seed=seed,
        on_epoch=on_epoch,
    )
    return model, (data, valid, test), history.best_epoch + 1 if early else None


def error(model, digits):
    """Wrong answers in percent, to two digits behind the point."""
    return round(100 * (1 - accuracy(model, *digits)), 2)


def run(seed, arm, digits, optimizer, epochs, lr, decay, limit):
    """Errors of one network on the three parts of its split."""
    model, parts, stopped = train(seed, arm, digits, optimizer, epochs, lr, decay, limit)
    train_error, valid_error, test_error = (error(model, part) for part in parts)
    return {"train": train_error, "valid": valid_error, "test": test_error, "stopped": stopped}


def grid():
    """Ten seeds from each base, each arm at the setting that was best for that base."""
    from .dropout_rates import best

    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in with_placebo(best(study("dropout-rates"), base))
        for seed in range(base, base + 10)
    ]


def with_placebo(settings):
    """The settings, and the plain network of 1,500 digits once more."""
    plain = {"arm": "none", "digits": 1500, "optimizer": "Momentum", "epochs": 50}
    again = [s | {"arm": "none again"} for s in settings if plain.items() <= s.items()]
    return [*settings, *again]
