"""ASHA: successive halving that waits for nobody."""

import math
from bisect import bisect_left, insort

from .._errors import whole_number
from .halving import budgets, rungs
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
    height = len(rungs(last, first, last, eta))  # however few configurations there are
    ladder, expected = Ladder(n, height, eta), sum(n for n, _ in rungs(n, first, last, eta))
    from .asynchronous import Climb
    from .running import Runner  # here, so that `import dlcourse` stays light

    with Runner(
        objective, space, settings, expected, executor, journal, progress, resume=resume
    ) as runner:
        Climb(runner, ladder, first, *draw(runner.space, n, seed)).run()
        runner.refuse_failure()
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
        self.eta = eta
        self.new = dict.fromkeys(range(trials))  # who has not begun, in order
        self.places = [{} for _ in range(height)]  # of each rung: configuration -> place
        self.ranked = [[] for _ in range(height)]  # the places, the best first
        self.staying = [[] for _ in range(height)]  # those that were not promoted

    def next(self):
        """(configuration, rung), or None while there is nothing to do."""
        for rung in range(len(self.ranked) - 2, -1, -1):
            if (i := self._promoted(rung)) is not None:
                return i, rung + 1
        for i in self.new:
            del self.new[i]
            return i, 0
        return None

    def _promoted(self, rung):
        """The best one of a rung that is to be promoted, if it is in the best share of all."""
        for place in self.staying[rung][:1]:
            rank, failed = bisect_left(self.ranked[rung], place), math.isinf(place[0])
            if rank < len(self.ranked[rung]) // self.eta and not failed:
                return self.staying[rung].pop(0)[1]
        return None

    def finished(self, i, rung, score):
        """Take in a score; one that failed, NaN, is worse than all."""
        place = self.places[rung][i] = (math.inf if math.isnan(score) else -score, i)
        insort(self.ranked[rung], place)
        if rung < len(self.ranked) - 1:
            insort(self.staying[rung], place)
        self.new.pop(i, None)  # as a journal tells it
        if rung and self.places[rung - 1][i] in self.staying[rung - 1]:
            self.staying[rung - 1].remove(self.places[rung - 1][i])
