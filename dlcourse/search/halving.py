"""Successive halving: many configurations for a short time, few for a long time."""

from .._errors import whole_number
from .spaces import count, draw


def successive_halving(
    objective,
    space,
    trials=81,
    min_epochs=1,
    max_epochs=27,
    eta=3,
    seed=0,
    executor=None,
    journal=None,
    progress=False,
    timeout=None,
):
    r"""Train all for a short time, keep the best share, train these longer, and so on.

    Rung *k* has

    .. math:: n_k = \lfloor n / \eta^k \rfloor \text{ configurations with }
              r_k = r_0\, \eta^k \text{ epochs each}

    as long as :math:`n_k \ge 1` and :math:`r_k \le r_\text{max}`: every rung costs about
    the same.

    Parameters
    ----------
    objective : callable
        ``objective(config, seed, epochs) -> float``, higher is better; what
        `objective_for` makes is one.
    space : dict
        The range of each parameter.
    trials : int
        Configurations in the first rung, *n*.
    min_epochs, max_epochs : int
        The budget of the first rung, and what none may exceed.
    eta : int
        One configuration in `eta` goes on to the next rung; at least 2.
    seed, executor, journal, progress, timeout
        As in `random_search`.

    Returns
    -------
    Trials
        Every training run: ``trials.rounds`` is the rung and ``trials.epochs`` the
        budget, so that ``trials.epochs.sum()`` is what the search cost. The best trial
        is the best one of the last rung.

    Raises
    ------
    TypeError, ValueError, RuntimeError, Interrupted
        As `random_search`.

    Notes
    -----
    Each rung trains from scratch, so the epochs of earlier rungs are paid again. The
    paper lets runs go on, and divides a total budget *B* equally between the rungs.
    What is best after few epochs need not be best after many: a small learning rate
    is punished here.

    References
    ----------
    Z. Karnin, T. Koren and O. Somekh, Almost optimal exploration in multi-armed bandits,
    ICML 2013, for the method;
    K. Jamieson and A. Talwalkar, Non-stochastic best arm identification and
    hyperparameter optimization, AISTATS 2016, for its use here.

    Examples
    --------
    >>> import math
    >>> from dlcourse import LogUniform
    >>> def objective(config, seed, epochs):
    ...     return -abs(math.log10(config["lr"]) + 2) - 1 / epochs
    >>> trials = successive_halving(objective, {"lr": LogUniform(1e-6, 1)}, trials=9)
    >>> trials.epochs.tolist()
    [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9]
    """
    n, eta = count("trials", trials), count("eta", eta, low=2)
    epochs = count("min_epochs", min_epochs)
    max_epochs, seed = count("max_epochs", max_epochs), whole_number("seed", seed, low=0)
    if max_epochs < epochs:
        raise ValueError(
            f"max_epochs must be at least min_epochs but got {max_epochs} and {epochs}"
        )
    settings = {"search": "successive_halving", "seed": seed, "trials": n}
    settings |= {"min_epochs": epochs, "max_epochs": max_epochs, "eta": eta}
    rungs, rows = [], None
    while n and epochs <= max_epochs:
        rungs.append((n, epochs))
        n, epochs = n // eta, epochs * eta
    total = sum(n for n, _ in rungs)
    from .running import Runner  # here, so that `import dlcourse` stays light

    with Runner(objective, space, settings, total, executor, journal, progress, timeout) as runner:
        configs, seeds = draw(runner.space, rungs[0][0], seed)
        for rung, (n, epochs) in enumerate(rungs):
            if rung:
                best = runner.trials(rows).order()[:n]
                configs, seeds = [configs[i] for i in best], [seeds[i] for i in best]
            rows = runner.run(configs, seeds, rung, epochs)
        return runner.trials()
