"""ASHA: successive halving that waits for nobody."""

import math

from .._errors import whole_number
from .halving import budgets
from .spaces import count, draw


def asha(
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
    resume=False,
):
    r"""Asynchronous successive halving: whoever is free promotes, or begins anew.

    A worker that is free looks from the highest rung down for a configuration among the best
    :math:`\lfloor m/\eta \rfloor` of the *m* that a rung has finished, which has not been
    promoted yet, and trains it with :math:`\eta` times the budget. If there is none it begins a
    new configuration in the lowest rung. Nobody waits until a rung is full.

    Parameters
    ----------
    objective : callable
        ``objective(config, seed, epochs) -> float``, as in `successive_halving`.
    space : dict
        The range of each parameter.
    trials : int
        How many configurations begin in the lowest rung.
    min_epochs, max_epochs : int
        The budget of the lowest rung, and what none may exceed.
    eta : int
        One configuration in `eta` is promoted; at least 2.
    seed, executor, journal, progress
        As in `random_search`.
    resume : bool or path
        As in `successive_halving`.

    Returns
    -------
    Trials
        Every training run in the order in which they were finished; ``trials.rounds`` is
        the rung. The best trial is the best of the highest rung that was reached.

    Raises
    ------
    TypeError, ValueError, RuntimeError, Interrupted
        As `random_search`.

    Notes
    -----
    What is drawn depends on the seed only. What is *promoted* depends on who has finished
    when, so with several workers two searches may differ. Without an executor, or with one
    worker, they do not; and a journal is taken up as it was written: what is done is not done
    again. A promotion may be wrong, because better ones finish later: that is the price of not
    waiting. There is no `timeout`: with one, give the search to `successive_halving`.

    References
    ----------
    L. Li, K. Jamieson, A. Rostamizadeh, E. Gonina, M. Hardt, B. Recht and A. Talwalkar, A
    system for massively parallel hyperparameter tuning, MLSys 2020, Algorithm 2.

    Examples
    --------
    >>> from dlcourse import LogUniform
    >>> def objective(config, seed, epochs):
    ...     return -abs(math.log10(config["lr"]) + 2) - 1 / epochs
    >>> found = asha(objective, {"lr": LogUniform(1e-6, 1)}, trials=9, max_epochs=9)
    >>> found.epochs.tolist()
    [1, 1, 1, 3, 1, 1, 3, 1, 1, 1, 1, 3, 9]
    """
    n, eta = count("trials", trials), count("eta", eta, low=2)
    first, last = budgets(min_epochs, max_epochs)
    seed = whole_number("seed", seed, low=0)
    settings = {"search": "asha", "seed": seed, "trials": n}
    settings |= {"min_epochs": first, "max_epochs": last, "eta": eta}
    settings |= {} if resume is False else {"resume": True}
    ladder = Ladder(n, math.floor(math.log(last / first, eta) + 1e-9) + 1, eta)
    from .asynchronous import run
    from .running import Runner  # here, so that `import dlcourse` stays light

    with Runner(
        objective, space, settings, ladder.most(), executor, journal, progress, resume=resume
    ) as runner:
        run(runner, ladder, first, *draw(runner.space, n, seed))
        runner.refuse_failure(range(len(runner.configs)))
        return runner.trials()


class Ladder:
    """Who is to be trained next, and on which rung: the paper's get_job.

    Parameters
    ----------
    trials : int
        Configurations, 0 to trials - 1.
    height : int
        How many rungs there are.
    eta : int
        One in `eta` is promoted.
    """

    def __init__(self, trials, height, eta):
        self.trials, self.eta = trials, eta
        self.begun = 0
        self.scores = [{} for _ in range(height)]  # of each rung: configuration -> score
        self.promoted = [set() for _ in range(height)]

    def most(self):
        """How many training runs there can be at most."""
        return sum(self.trials // self.eta**k for k in range(len(self.scores)))

    def next(self):
        """(configuration, rung), or None while there is nothing to do."""
        for rung in range(len(self.scores) - 2, -1, -1):
            best = sorted(self.scores[rung], key=lambda i: (-self.scores[rung][i], i))
            for i in best[: len(best) // self.eta]:
                failed = math.isinf(self.scores[rung][i])
                if i not in self.promoted[rung] and not failed:
                    self.promoted[rung].add(i)
                    return i, rung + 1
        if self.begun == self.trials:
            return None
        self.begun += 1
        return self.begun - 1, 0

    def finished(self, i, rung, score):
        """Take in a score; one that failed, NaN, is worse than all."""
        self.scores[rung][i] = -math.inf if math.isnan(score) else score
        if rung:  # as a journal tells it
            self.promoted[rung - 1].add(i)
        self.begun = max(self.begun, i + 1)
