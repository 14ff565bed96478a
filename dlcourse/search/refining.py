"""Coarse to fine: look where the best trials are, and search there again."""

import math

from .._errors import real_number, whole_number
from .spaces import check_space, count, draw
from .trials import Trials


def narrow(space, trials, keep=0.2):
    r"""A smaller space around the best trials.

    Of the *n* trials that lie in `space` and have a score, the best *k* are kept, and
    each range becomes as wide as these:

    .. math:: k = \max(2, \lceil \text{keep} \cdot n \rceil), \qquad
              [a, b] \to \Big[\min_{i \le k} v_{(i)},\ \max_{i \le k} v_{(i)}\Big]

    where :math:`v_{(1)}, v_{(2)}, \dots` are the values of the best trial, the second
    best, and so on. A `Choice` keeps the options that occur among them.

    Parameters
    ----------
    space : dict
        Ranges. It stays as it is.
    trials : Trials
        Of this space; trials that lie outside are not looked at.
    keep : float
        The share of trials to keep, in (0, 1].

    Returns
    -------
    dict
        A new space.

    Raises
    ------
    TypeError, ValueError
        If `keep` is outside (0, 1], or fewer than two trials are in the space and have
        a score.

    Examples
    --------
    >>> import math
    >>> from dlcourse import LogUniform, random_search
    >>> def objective(config, seed):
    ...     return -abs(math.log10(config["lr"]) + 2)
    >>> space = {"lr": LogUniform(1e-6, 1)}
    >>> narrow(space, random_search(objective, space))
    {'lr': LogUniform(0.00245918, 0.0507222)}
    """
    space = check_space(space)
    if not isinstance(trials, Trials):
        raise TypeError(
            f"trials must be what a search returned, such as random_search(...), but got "
            f"{trials!r:.60}"
        )
    keep = real_number("keep", keep)
    if not 0 < keep <= 1:
        raise ValueError(f"keep must be in (0, 1] but got {keep}; 0.2 keeps the best fifth")
    for name in space:
        if name not in trials.space:
            raise ValueError(
                f"space has the parameter {name!r} but the trials have only "
                f"{', '.join(trials.space)}; narrow the space that was searched"
            )
    inside = [
        trials.configs[i]
        for i in trials.order()
        if all(trials.configs[i][name] in values for name, values in space.items())
    ]
    if len(inside) < 2:
        raise ValueError(
            f"narrow needs at least 2 trials with a score in the space but got {len(inside)} "
            f"of {len(trials)}; run more trials"
        )
    kept = inside[: max(2, math.ceil(keep * len(inside) - 1e-9))]
    return {
        name: values.within([config[name] for config in kept]) for name, values in space.items()
    }


def coarse_to_fine(
    objective,
    space,
    rounds=3,
    trials=100,
    keep=0.2,
    seed=0,
    executor=None,
    journal=None,
    progress=False,
    timeout=None,
):
    """Random search in rounds, each in the space around the best trials of the one before.

    The first round is `random_search` with the same seed; then come `narrow`, another
    round, and so on.

    Parameters
    ----------
    objective : callable
        ``objective(config, seed) -> float``, higher is better.
    space : dict
        Where the first round looks.
    rounds : int
        How many.
    trials : int
        In each round.
    keep : float
        The share of a round around which the next one looks, in (0, 1].
    seed, executor, journal, progress, timeout
        As in `random_search`. One journal holds all rounds.

    Returns
    -------
    Trials
        All rounds in one table; ``trials.rounds`` says which is which, and
        ``trials.round(1)`` picks the second.

    Raises
    ------
    TypeError, ValueError, RuntimeError, Interrupted
        As `random_search` and `narrow`.

    Notes
    -----
    A later round never looks again where an earlier one found nothing good by bad luck.

    Examples
    --------
    >>> from dlcourse import LogUniform
    >>> def objective(config, seed):
    ...     return -abs(math.log10(config["lr"]) + 2)
    >>> trials = coarse_to_fine(objective, {"lr": LogUniform(1e-6, 1)}, rounds=3, trials=20)
    >>> len(trials), abs(math.log10(trials.best["lr"]) + 2) < 0.02
    (60, True)
    """
    rounds, trials = count("rounds", rounds), count("trials", trials, low=2)
    seed, keep = whole_number("seed", seed, low=0), real_number("keep", keep)
    if not 0 < keep <= 1:
        raise ValueError(f"keep must be in (0, 1] but got {keep}; 0.2 keeps the best fifth")
    settings = {"search": "coarse_to_fine", "seed": seed}
    settings |= {"rounds": rounds, "trials": trials, "keep": keep}
    total = rounds * trials
    from .running import Runner  # here, so that `import dlcourse` stays light

    with Runner(objective, space, settings, total, executor, journal, progress, timeout) as runner:
        ranges = runner.space
        for round in range(rounds):
            rows = runner.run(*draw(ranges, trials, seed, round), round)
            if round + 1 < rounds:
                ranges = narrow(ranges, runner.trials(rows), keep)
        return runner.trials()
