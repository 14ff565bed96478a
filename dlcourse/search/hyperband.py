"""Hyperband: successive halving in several brackets, from the hasty to the patient."""

from .._errors import whole_number
from .halving import budgets, climb
from .spaces import count, draw


def hyperband(
    objective,
    space,
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
    r"""Successive halving again and again: fewer configurations, but a longer start each time.

    Successive halving must choose between many configurations and a long first rung. If early
    scores say little about late ones, many are thrown away too soon. Hyperband tries both. With
    :math:`R = r_\text{max}/r_0` and :math:`s_\text{max} = \lfloor \log_\eta R \rfloor` the bracket
    :math:`s = s_\text{max}, \dots, 0` starts

    .. math:: n_s = \Big\lceil \frac{s_\text{max} + 1}{s + 1}\, \eta^s \Big\rceil
              \text{ configurations with } r_s = \lfloor r_\text{max}\, \eta^{-s} \rfloor
              \text{ epochs each}

    and each of its *s* further rungs keeps one in :math:`\eta`, for :math:`\eta` times as long.

    Parameters
    ----------
    objective : callable
        ``objective(config, seed, epochs) -> float``, as in `successive_halving`.
    space : dict
        The range of each parameter.
    min_epochs, max_epochs : int
        The smallest budget of all, and the largest: the paper's *R* in units of *r*.
    eta : int
        One configuration in `eta` goes on; at least 2.
    seed, executor, journal, progress, timeout
        As in `random_search`. One journal holds all brackets.
    resume : bool or path
        As in `successive_halving`.

    Returns
    -------
    Trials
        Every training run; ``trials.brackets`` is the bracket *s*, ``trials.rounds`` the rung
        in it. The best trial is the best of those with the largest budget.

    Raises
    ------
    TypeError, ValueError, RuntimeError, Interrupted
        As `random_search`.

    Notes
    -----
    The last bracket, *s* = 0, is random search with the full budget: the price of being
    wrong about early scores is bounded. The table does not depend on the number of workers.
    A bracket waits for the last trial of each rung; `asha` does not wait.

    References
    ----------
    L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh and A. Talwalkar, Hyperband: a novel
    bandit-based approach to hyperparameter optimization, Journal of Machine Learning
    Research 18, 2018, Algorithm 1.

    Examples
    --------
    >>> import math
    >>> from dlcourse import LogUniform
    >>> def objective(config, seed, epochs):
    ...     return -abs(math.log10(config["lr"]) + 2) - 1 / epochs
    >>> trials = hyperband(objective, {"lr": LogUniform(1e-6, 1)}, max_epochs=9)
    >>> [(int(s), int((trials.brackets == s).sum())) for s in (2, 1, 0)]
    [(2, 13), (1, 6), (0, 3)]
    """
    eta = count("eta", eta, low=2)
    first, last = budgets(min_epochs, max_epochs)
    seed = whole_number("seed", seed, low=0)
    settings = {"search": "hyperband", "seed": seed}
    settings |= {"min_epochs": first, "max_epochs": last, "eta": eta}
    settings |= {} if resume is False else {"resume": True}
    plans = brackets(first, last, eta)
    total = sum(n for plan in plans.values() for n, _ in plan)
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
        for s, plan in plans.items():
            climb(runner, plan, *draw(runner.space, plan[0][0], seed, round=s), bracket=s)
        runner.refuse_failure()
        return runner.trials()


def brackets(min_epochs, max_epochs, eta):
    """The rungs of each bracket: s -> [(configurations, epochs), ...]."""
    most = 0
    while min_epochs * eta ** (most + 1) <= max_epochs:
        most += 1
    plans = {}
    for s in range(most, -1, -1):
        n = -(-(most + 1) * eta**s // (s + 1))  # rounded up
        plans[s] = [(n // eta**i, max_epochs // eta ** (s - i)) for i in range(s + 1)]
    return plans
