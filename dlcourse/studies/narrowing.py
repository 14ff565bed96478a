"""Does a search that narrows its box choose better than one that does not, at the same cost?

Three hundred trials each; the first hundred are the same. What a search has chosen is trained
five times afresh and judged by test digits.
"""

from dlcourse import coarse_to_fine, random_search

from . import BASES
from .trial_curves import SPACE, split, train

SEEDS = 6  # from each base
EPOCHS = 2


def run(seed):
    """The winner's own score, and its test score as a mean of five fresh networks."""
    data = split(seed)

    def objective(config, seed):
        return train(config, data, seed, looks=(EPOCHS,))[0][EPOCHS]

    def exam(config):
        return sum(train(config, data, 1000 + i, looks=(EPOCHS,))[1] for i in range(5)) / 5

    narrowed = coarse_to_fine(objective, SPACE, rounds=3, trials=100, seed=seed)
    first = narrowed.round(0)
    more = random_search(objective, SPACE, trials=200, seed=5000 + seed)
    plain = best_of(first, more)
    few = int(first.scores[:10].argmax())
    return {
        "median of round 1": round(float(sorted(first.scores)[50]), 1),
        "median of round 3": round(float(sorted(narrowed.round(2).scores)[50]), 1),
        "narrowed": round(narrowed.best_score, 1),
        "plain": round(plain[0], 1),
        "test narrowed": round(exam(narrowed.best), 2),
        "test plain": round(exam(plain[1]), 2),
        "test ten trials": round(exam(first.configs[few]), 2),
    }


def best_of(*searches):
    """The best score of several searches, and its configuration."""
    best = max(searches, key=lambda trials: trials.best_score)
    return best.best_score, best.best


def grid():
    """Six seeds from each base."""
    return [{"seed": seed} for base in BASES for seed in range(base, base + SEEDS)]
