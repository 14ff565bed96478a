"""Is the activation that learns faster still ahead with more steps, and does it carry more layers?

Networks as in the study activation-arms, with other budgets: ten layers with 100 and with 2,000
steps, thirty layers with 400. The steps shrink to 0 within the budget, and each arm has the
learning rate that the study budget-rates found best for it.
"""

from dlcourse import Diverged, accuracy, fit, linear_lr, study

from . import BASES
from .activation_arms import OPTIMIZERS, SEEDS, network, split

AFTER = ("budget-rates",)
BATCHES = 20  # steps an epoch: 1,000 digits, 50 at a time


def train(seed, arm, depth, optimizer, steps, lr):
    """Errors of one network in percent, on validation and on test digits."""
    model, (data, *unseen) = network(arm, depth, seed), split(seed)
    try:
        fit(
            model,
            data,
            optimizer=OPTIMIZERS[optimizer](lr),
            schedule=linear_lr(steps),
            batch_size=50,
            epochs=steps // BATCHES,
            seed=seed,
        )
    except (Diverged, FloatingPointError):  # as good as guessing
        return 90.0, 90.0
    return [round(100 * (1 - accuracy(model, *digits)), 2) for digits in unseen]


def run(seed, arm, depth, optimizer, steps, lr):
    """Test error of one network."""
    return {"test": train(seed, arm, depth, optimizer, steps, lr)[1]}


def grid():
    """Four seeds from each base, each arm at the rate that was best for that base."""
    from .budget_rates import best

    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in best(study("budget-rates"), base)
        for seed in range(base, base + SEEDS)
    ]
