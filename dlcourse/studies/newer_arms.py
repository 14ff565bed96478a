"""How do Muon, Lion, ScheduleFree, Adam and momentum compare, each at the rate that suits it?

The networks and steps of the study newer-rates, at the rates that it found best.
"""

from dlcourse import evaluate, study

from . import BASES
from .newer_rates import network
from .optimizer_rates import error, split

AFTER = ("newer-rates",)


def run(seed, method, steps, lr):
    """Loss on the digits that one network learned from, and its errors on new ones."""
    model = network(seed, method, steps, lr)
    data, _, test = split(seed)
    loss = evaluate(model, *data)[0] if model else 10.0
    return {"loss": round(min(loss, 10.0), 6), "test": error(model, test)}


def grid():
    """Ten seeds from each base, each arm at the rate that was best for that base."""
    from .newer_rates import best

    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in best(study("newer-rates"), base)
        for seed in range(base, base + 10)
    ]
