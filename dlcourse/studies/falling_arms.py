"""How many new digits are wrong with each schedule, when each has the rate that suits it?

The networks, batches and steps of the study falling-rates, at the rates that it found best.
"""

from dlcourse import study

from . import BASES
from .falling_rates import network
from .optimizer_rates import error, split

AFTER = ("falling-rates",)


def run(seed, method, schedule, batch, lr):
    """Errors of one network on the digits that it learned from, and on new ones."""
    model = network(seed, method, schedule, batch, lr)
    data, _, test = split(seed)
    return {"train": error(model, data), "test": error(model, test)}


def grid():
    """Ten seeds from each base, each arm at the rate that was best for that base."""
    from .falling_rates import best

    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in best(study("falling-rates"), base)
        for seed in range(base, base + 10)
    ]
