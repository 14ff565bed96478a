"""Which way of choosing trials finds most in a space of seven hyperparameters?

Each method chooses points in the unit cube, and every point is a network that is trained. Five
designs fix all points beforehand; two methods build a model of the scores and ask it.
"""

from statistics import NormalDist

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
    normal,
)

from . import BASES
from .trial_curves import GUESSING, split

NEEDS = ("optuna", "scipy")  # for TPE and for Sobol's points
SEEDS = 8  # from each base
SPACE = {
    "lr": LogUniform(1e-5, 10),
    "1 - momentum": LogUniform(0.01, 1),
    "std": LogUniform(1e-3, 1),  # of the first weights
    "weight_decay": LogUniform(1e-8, 1e-2),
    "rate": Uniform(0, 0.8),
    "units": IntUniform(8, 64),
    "batch_size": IntUniform(20, 200),
}
AXES = len(SPACE)
LOOKS = (8, 16, 32, 64, 128)
PRIMES = (2, 3, 5, 7, 11, 13, 17)


def train(point, seed, data):
    """Right answers in percent after two epochs, on validation and on test digits."""
    config = {name: values.at(u) for (name, values), u in zip(SPACE.items(), point, strict=True)}
    start, units = normal(config["std"]), config["units"]
    model = Sequential(
        Linear(196, units, init=start),
        ReLU(),
        Dropout(config["rate"]),
        Linear(units, 10, init=start),
        seed=seed,
    )
    optimizer = Momentum(
        config["lr"], 1 - config["1 - momentum"], weight_decay=config["weight_decay"]
    )
    learning, valid, test = data
    with np.errstate(all="ignore"):  # some of these rates explode on purpose
        try:
            fit(
                model,
                learning,
                optimizer=optimizer,
                epochs=2,
                batch_size=config["batch_size"],
                seed=seed,
            )
        except Diverged:
            return GUESSING, GUESSING
        return 100 * accuracy(model, *valid), 100 * accuracy(model, *test)


def grid_points(rng, n):
    """Two values on each axis, in a grid whose place is drawn."""
    corners = np.stack(np.meshgrid(*[[0, 0.5]] * AXES), axis=-1).reshape(-1, AXES)
    return rng.permutation(corners + rng.random(AXES) / 2)[:n]


def halton(rng, n):
    """For each axis a prime: write the number in its base, backwards; then shift all."""
    points = np.zeros((n, AXES))
    for axis, prime in enumerate(PRIMES):
        for i in range(n):
            share, rest = 1 / prime, i
            while rest:
                points[i, axis] += (rest % prime) * share
                rest, share = rest // prime, share / prime
    return (points + rng.random(AXES)) % 1


def latin(rng, n):
    """On each axis one point in each n-th, in an order of its own."""
    return (np.stack([rng.permutation(n) for _ in range(AXES)], axis=1) + rng.random((n, AXES))) / n


def sobol(rng, n):
    """Sobol's points, scrambled."""
    from scipy.stats import qmc

    return qmc.Sobol(AXES, rng=rng).random(n)


DESIGNS = {
    "grid": grid_points,
    "random": lambda rng, n: rng.random((n, AXES)),
    "Latin": latin,
    "Halton": halton,
    "Sobol": sobol,
}


def tpe(score, n, seed):
    """Optuna's tree-structured Parzen estimator, with its own settings."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    sampler = optuna.samplers.TPESampler(seed=seed)
    study = optuna.create_study(direction="maximize", sampler=sampler)
    for _ in range(n):
        trial = study.ask()
        study.tell(trial, score([trial.suggest_float(name, 0, 1) for name in SPACE]))


def kernel(a, b, lengths):
    """How alike two scores are: much, where their points lie close together."""
    apart = (a[:, None] - b[None]) / lengths
    return np.exp(-0.5 * np.sum(apart**2, axis=-1))


def likelihood(points, scores, lengths, noise=0.1):
    """How well a Gaussian process with these length scales explains the scores."""
    L = np.linalg.cholesky(kernel(points, points, lengths) + noise * np.eye(len(points)))
    half = np.linalg.solve(L, scores)
    return -0.5 * half @ half - np.log(np.diag(L)).sum()


def improvement(points, scores, lengths, asked, noise=0.1):
    """Expected improvement on the best score, by what the process expects and how surely."""
    inverse = np.linalg.inv(kernel(points, points, lengths) + noise * np.eye(len(points)))
    cross = kernel(asked, points, lengths)
    mean = cross @ inverse @ scores
    std = np.sqrt(np.maximum(1 - np.sum((cross @ inverse) * cross, axis=1), 1e-9))
    z = (mean - scores.max()) / std
    normal = NormalDist()
    return std * np.array([v * normal.cdf(v) + normal.pdf(v) for v in z])


def gaussian_process(score, n, seed, first=8):
    """Begin with Halton's points; then always try what promises the largest improvement."""
    rng = np.random.default_rng(seed)
    points, lengths = halton(rng, first), np.ones(AXES)
    scores = np.array([score(point) for point in points])
    while len(scores) < n:
        y = (scores - scores.mean()) / (scores.std() + 1e-9)
        if len(scores) % 4 == 0:  # a length for each axis: long where nothing changes
            for axis in range(AXES):
                tries = [np.where(np.arange(AXES) == axis, s, lengths) for s in (0.2, 0.5, 1, 4)]
                lengths = max(tries, key=lambda tried: likelihood(points, y, tried))
        near = points[scores.argmax()] + 0.05 * rng.normal(size=(100, AXES))
        asked = np.concatenate([rng.random((400, AXES)), np.clip(near, 0, 1)])
        chosen = asked[improvement(points, y, lengths, asked).argmax()]
        points, scores = np.vstack([points, chosen]), np.append(scores, score(chosen))


MODELS = {"TPE": tpe, "GP": gaussian_process}


def run(seed, method):
    """Best validation score after some trials, and the test score of that network."""
    data, found = split(seed), []

    def score(point):
        found.append(train(point, 1000 * seed + len(found), data))
        return found[-1][0]

    if method in MODELS:
        MODELS[method](score, LOOKS[-2], seed)
    elif method in ("Latin", "grid"):  # made for one number of trials
        numbers = {"grid": LOOKS[-1:], "Latin": LOOKS}[method]
        return {key: value for n in LOOKS for key, value in made(seed, method, n, numbers, data)}
    else:
        for point in DESIGNS[method](np.random.default_rng(seed), LOOKS[-1]):
            score(point)
    return {key: value for n in LOOKS for key, value in said(found if n <= len(found) else [], n)}


def made(seed, method, n, numbers, data):
    """One design of n points, where the method has one of that number."""
    if n not in numbers:
        return said([], n)
    points = DESIGNS[method](np.random.default_rng([seed, n]), n)
    return said([train(p, 1000 * seed + i, data) for i, p in enumerate(points)], n)


def said(found, n):
    """Two columns: the best of the first n, and what it is worth on test digits."""
    valid, test = max(found[:n], key=lambda pair: pair[0]) if found else (None, None)
    yield f"best of {n}", None if valid is None else round(valid, 1)
    yield f"test of {n}", None if test is None else round(test, 2)


MAY_BE_EMPTY = tuple(f"{what} of {n}" for n in LOOKS for what in ("best", "test"))


def grid():
    """Eight seeds from each base; every method has the same digits and seeds of networks."""
    return [
        {"seed": seed, "method": method}
        for base in BASES
        for seed in range(base, base + SEEDS)
        for method in (*DESIGNS, *MODELS)
    ]
