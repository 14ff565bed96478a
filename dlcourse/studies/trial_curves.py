"""What would a search have seen after one epoch, after three, after nine, after 27?

Random configurations, each trained once for 27 epochs and looked at on the way, then trained three
times afresh. So searches that stop some runs early, and the choice of a winner, cost a look-up.
"""

import numpy as np

from dlcourse import (
    Diverged,
    Dropout,
    IntUniform,
    Linear,
    LogUniform,
    Momentum,
    ReLU,
    Sequential,
    Uniform,
    accuracy,
    fit,
    mnist,
)

from . import BASES

TRIALS = 108
LOOKS = (1, 2, 3, 9, 27)  # epochs
SPACE = {
    "lr": LogUniform(1e-5, 10),
    "weight_decay": LogUniform(1e-6, 1),
    "rate": Uniform(0, 0.8),
    "units": IntUniform(8, 64),
}
GUESSING = 10.0


def config(seed, trial):
    """One configuration, drawn at random."""
    rng = np.random.default_rng([seed, trial])
    return {name: values.sample(rng) for name, values in SPACE.items()}


def split(seed):
    """1,000 digits to train on, 500 to choose by and 3,500 to test the choice."""
    (x, labels), test = mnist(1500, 3500, size=14, seed=seed)
    return (x[:1000], labels[:1000]), (x[1000:], labels[1000:]), test


def train(config, data, seed, looks=LOOKS):
    """Right answers in percent: on validation digits at each look, on test digits at the end."""
    learning, valid, test = data
    units = config["units"]
    model = Sequential(
        Linear(196, units), ReLU(), Dropout(config["rate"]), Linear(units, 10), seed=seed
    )
    optimizer = Momentum(config["lr"], weight_decay=config["weight_decay"])
    seen = dict.fromkeys(looks, GUESSING)

    def look(epoch, model, history):
        if (done := len(history.loss)) in seen:
            seen[done] = round(100 * accuracy(model, *valid), 1)

    with np.errstate(all="ignore"):  # some of these rates explode on purpose
        try:
            fit(
                model,
                learning,
                optimizer=optimizer,
                epochs=looks[-1],
                batch_size=50,
                seed=seed,
                on_epoch=look,
            )
        except Diverged:
            return dict.fromkeys(looks, GUESSING), GUESSING
        return seen, round(100 * accuracy(model, *test), 2)


def run(seed, trial):
    """The scores of one trial on its way, and of three fresh networks with its configuration."""
    chosen, data = config(seed, trial), split(seed)
    seen, test = train(chosen, data, 10 * trial)
    again = [train(chosen, data, 10 * trial + i, LOOKS[-1:]) for i in (1, 2, 3)]
    return {
        **{f"valid {epoch}": score for epoch, score in seen.items()},
        "test": test,
        "again": round(sum(scores[LOOKS[-1]] for scores, _ in again) / 3, 2),
        "test again": round(sum(score for _, score in again) / 3, 2),
    }


def grid():
    """The same number of trials from each base."""
    return [{"seed": base, "trial": trial} for base in BASES for trial in range(TRIALS)]
