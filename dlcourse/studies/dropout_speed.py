"""Is dropout slower, on new digits as on training digits?

The test error after every epoch. The main arms at their best rates, as in the study dropout-arms.
"""

from dlcourse import study

from . import BASES
from .dropout_arms import error, split, train

AFTER = ("dropout-rates",)
# Where an arm never errs so little on its training digits.
MAY_BE_EMPTY = ("train<=10", "train<=5", "train<=2", "train<=1")


def run(seed, arm, digits, lr):
    """Test error after each of 50 epochs, and the first epochs with few training errors."""
    data, _, test = split(seed, digits)
    learned, new = [], []

    def look(epoch, model, history):
        learned.append(error(model, data))
        new.append(error(model, test))

    train(seed, arm, digits, "Momentum", 50, lr, None, None, on_epoch=look)
    return {
        **{f"train<={p}": first(learned, p) for p in (10, 5, 2, 1)},
        **{f"test {epoch}": value for epoch, value in enumerate(new, 1)},
    }


def first(errors, percent):
    """The first epoch with an error this low, counted from 1; None if there is none."""
    return next((epoch for epoch, value in enumerate(errors, 1) if value <= percent), None)


def grid():
    """Ten seeds from each base, each main arm at its best rate."""
    from .dropout_rates import best

    return [
        {"seed": seed, "arm": setting["arm"], "digits": setting["digits"], "lr": setting["lr"]}
        for base in BASES
        for setting in best(study("dropout-rates"), base)
        if setting["arm"] in ("none", "pixels", "hidden", "both")
        and (setting["optimizer"], setting["epochs"]) == ("Momentum", 50)
        for seed in range(base, base + 10)
    ]
