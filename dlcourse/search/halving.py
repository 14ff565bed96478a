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
    resume=False,
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
        `objective_for` makes is one. With `resume` it gets a fourth argument, the path where
        the run is kept.
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
    resume : bool or path
        Whether a run goes on where its last rung ended, instead of beginning anew. Its
        checkpoint lies in a folder beside the journal (``JOURNAL.runs``), in one that ends with
        the search, or in the folder that is given; all workers must see it. A search that
        begins anew takes nothing up from there. A run that goes on comes to the bits of one
        that was never stopped, so the table is the same, and only the cost differs.

    Returns
    -------
    Trials
        Every training run: ``trials.rounds`` is the rung, ``trials.epochs`` the budget, and
        ``trials.cost().sum()`` what the search cost, in epochs. The best trial is the best
        one of the last rung.

    Raises
    ------
    TypeError, ValueError, RuntimeError, Interrupted
        As `random_search`.

    Notes
    -----
    The paper lets runs go on, and divides a total budget *B* equally between the rungs. Without
    `resume` each rung trains from scratch, and the epochs of earlier rungs are paid again.
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
    >>> int(trials.cost().sum())
    27
    """
    n, eta = count("trials", trials), count("eta", eta, low=2)
    first, last = budgets(min_epochs, max_epochs)
    seed = whole_number("seed", seed, low=0)
    settings = {"search": "successive_halving", "seed": seed, "trials": n}
    settings |= {"min_epochs": first, "max_epochs": last, "eta": eta}
    settings |= {} if resume is False else {"resume": True}
    plan = rungs(n, first, last, eta)
    total = sum(n for n, _ in plan)
    from .running import Runner  # here, so that `import dlcourse` stays light

    with Runner(
        objective,
        space,
        settings,
        total,
        executor,
        journal,
        progress,
        timeout,
        resume=resume,
    ) as runner:
        climb(runner, plan, *draw(runner.space, n, seed))
        return runner.trials()


def budgets(min_epochs, max_epochs):
    """The smallest and the largest budget, checked."""
    first, last = count("min_epochs", min_epochs), count("max_epochs", max_epochs)
    if last < first:
        raise ValueError(f"max_epochs must be at least min_epochs but got {last} and {first}")
    return first, last


def rungs(n, epochs, max_epochs, eta):
    """How many configurations get how many epochs, rung by rung."""
    plan = []
    while n and epochs <= max_epochs:
        plan.append((n, epochs))
        n, epochs = n // eta, epochs * eta
    return plan


def climb(runner, plan, configs, seeds, bracket=None):
    """Run the rungs of a plan: of each, the best go on to the next."""
    rows = None
    for rung, (n, epochs) in enumerate(plan):
        if rung:
            best = runner.trials(rows).order()[:n]
            configs, seeds = [configs[i] for i in best], [seeds[i] for i in best]
        if not configs:  # all of the rung failed
            return
        rows = runner.run(configs, seeds, rung, epochs, bracket)
