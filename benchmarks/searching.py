"""A search: against scikit-learn's and Optuna's at equal budget, on two cores, and per trial."""

import time
import warnings
from functools import partial

import loky
import numpy as np
from timing import interleaved, ratio

from dlcourse import (
    Adam,
    Linear,
    LogUniform,
    ReLU,
    Sequential,
    Uniform,
    objective_for,
    random_search,
)

TRIALS, WORKERS, ROUNDS = 60, 2, 5
SPACE = {"lr": LogUniform(1e-4, 1e-1), "weight_decay": LogUniform(1e-7, 1e-2)}
LOW_HIGH = {name: (values.low, values.high) for name, values in SPACE.items()}


def digits():
    """Scikit-learn's 1,797 digits of 8 by 8 pixels: 1,300 to train, 497 to validate."""
    from sklearn.datasets import load_digits  # here: our workers import this file, but not that

    x, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(x))
    x, labels = (x / 16).astype(np.float32)[order], labels[order]
    return (x[:1300], labels[:1300]), (x[1300:], labels[1300:])


def build(config, seed):
    return Sequential(Linear(64, 100), ReLU(), Linear(100, 10), seed=seed)


def make_objective():
    return objective_for(build, digits(), optimizer=Adam, epochs=10, batch_size=50)


def ours(objective, best, cold=False):
    """A search of ours in two processes; `cold` starts them first."""
    if cold:
        loky.get_reusable_executor(WORKERS).shutdown(kill_workers=True)
    pool = loky.get_reusable_executor(WORKERS, timeout=300)  # as long as scikit-learn's wait
    best["ours"] = random_search(objective, SPACE, TRIALS, executor=pool).best_score


def scikit_learn(best, cold=False):
    """RandomizedSearchCV and MLPClassifier: the same network, budget and split."""
    from joblib.externals import loky as joblibs_loky
    from sklearn.model_selection import PredefinedSplit, RandomizedSearchCV
    from sklearn.neural_network import MLPClassifier

    if cold:
        joblibs_loky.get_reusable_executor(WORKERS).shutdown(kill_workers=True)
    (x, labels), (valid_x, valid_labels) = digits()
    split = PredefinedSplit(np.repeat([-1, 0], [len(x), len(valid_x)]))
    network = MLPClassifier((100,), batch_size=50, max_iter=10, random_state=0)
    ranges = {"learning_rate_init": Log(*LOW_HIGH["lr"]), "alpha": Log(*LOW_HIGH["weight_decay"])}
    search = RandomizedSearchCV(
        network, ranges, n_iter=TRIALS, cv=split, n_jobs=WORKERS, refit=False, random_state=0
    )
    with warnings.catch_warnings():  # ten epochs are not enough, it says
        warnings.simplefilter("ignore")
        search.fit(np.concatenate([x, valid_x]), np.concatenate([labels, valid_labels]))
    best["scikit-learn"] = float(search.best_score_)


class Log:
    """What RandomizedSearchCV draws from."""

    def __init__(self, low, high):
        self.values = LogUniform(low, high)

    def rvs(self, random_state):
        return self.values.at(random_state.random_sample())


def with_optuna(objective, best):
    """Optuna's random sampler with our trainer, two threads."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(seed=0))

    def suggested(trial):
        config = {n: trial.suggest_float(n, *ends, log=True) for n, ends in LOW_HIGH.items()}
        return objective(config, trial.number)

    study.optimize(suggested, n_trials=TRIALS, n_jobs=WORKERS)
    best["Optuna"] = study.best_value


def busy(config, seed):
    """A trial of 0.1 s of computing."""
    x = np.ones((50, 50))
    stop = time.process_time() + 0.1
    while time.process_time() < stop:
        x = x @ x / 50
    return float(x[0, 0])


def nothing(config, seed):
    return config["x"]


def rows():
    """(what, peer, number, allowed): time of ours by theirs, and the best scores beside."""
    objective, best = make_objective(), {}
    functions = {
        "warm": partial(ours, objective, best),
        "scikit-learn": partial(scikit_learn, best),
        "Optuna": partial(with_optuna, objective, best),
        "cold": partial(ours, objective, best, cold=True),
        "scikit-learn, cold": partial(scikit_learn, best, cold=True),
    }
    seconds = interleaved(functions, rounds=ROUNDS, calls=1, warm_up=1)
    what = f"{TRIALS} trials of 64-100-10, 2 workers"
    for who, mine, theirs, allowed in (
        ("both start them", "cold", "scikit-learn, cold", 0.4),
        ("only we start them", "cold", "scikit-learn", 0.4),
        ("both have them", "warm", "scikit-learn", 0.42),
    ):
        yield f"{what}, {who}", "scikit-learn", ratio(seconds, mine, theirs), allowed
    yield f"{what}, both have them", "Optuna, `n_jobs=2`", ratio(seconds, "warm", "Optuna"), 0.5
    for name, score in best.items():
        yield "best validation accuracy found (%)", name, 100 * score, None
    yield from own_rows()


def own_rows():
    """What two workers gain, and what a trial costs beyond the objective."""
    space, pool = {"x": Uniform(0, 1)}, loky.get_reusable_executor(WORKERS)
    functions = {
        "one": lambda: random_search(busy, space, 20),
        "two": lambda: random_search(busy, space, 20, executor=pool),
        "empty here": lambda: random_search(nothing, space, 500),
        "empty there": lambda: random_search(nothing, space, 500, executor=pool),
    }
    seconds = interleaved(functions, rounds=ROUNDS, calls=1, warm_up=1)
    speed_up = ratio(seconds, "two", "one")
    yield "20 trials of 0.1 s, 2 workers", "one process", speed_up, 0.55
    for kind, where, allowed in (("here", "in-process", 1.0), ("there", "loky, 2 workers", None)):
        overhead = 1000 * np.median(seconds[f"empty {kind}"]) / 500
        yield f"an empty trial, {where}", "milliseconds", float(overhead), allowed
