"""What a search leaves behind: every trial, with its score or its error."""

import numpy as np

from .. import _html
from .._arguments import one_of
from .._errors import whole_number
from .texts import label
from .values import column, own


class Trials:
    """The trials of a search, in the order in which they were drawn.

    Attributes
    ----------
    configs : list of dict
        What was tried.
    seeds : ndarray of int, shape (n,)
        The seed that each trial got: ``objective(configs[i], int(seeds[i]))`` repeats it.
    scores : ndarray of float, shape (n,)
        Higher is better; NaN where a trial failed.
    errors : list of str or None
        Why a trial failed.
    rounds : ndarray of int, shape (n,)
        The round of `coarse_to_fine`, or the rung of `successive_halving`, counted from 0.
    epochs : ndarray of int or None
        The budget of each trial of `successive_halving`, `hyperband` and `asha`.
    brackets : ndarray of int or None
        The bracket of `hyperband` that a trial belongs to, as the paper counts them.
    space : dict
        The ranges that the first round was drawn from.

    Examples
    --------
    >>> import math
    >>> from dlcourse import LogUniform, random_search
    >>> def objective(config, seed):
    ...     return -abs(math.log10(config["lr"]) + 2)
    >>> trials = random_search(objective, {"lr": LogUniform(1e-6, 1)}, trials=50)
    >>> len(trials), trials["lr"].shape
    (50, (50,))
    >>> 0.005 < trials.best["lr"] < 0.02
    True
    >>> print(trials.table(2))
    rank trial score    lr
    1    31    -0.09963 0.00795
    2    11    -0.1076  0.0128
    """

    def __init__(
        self,
        space,
        configs,
        seeds,
        scores,
        errors,
        rounds=None,
        epochs=None,
        brackets=None,
        resumed=False,
    ):
        self.space = dict(space)
        self.configs = list(configs)
        self.seeds = np.asarray(seeds, np.int64)
        self.scores = np.asarray(scores, float)
        self.errors = list(errors)
        n = len(self.configs)
        self.rounds = np.zeros(n, np.int64) if rounds is None else np.asarray(rounds, np.int64)
        self.epochs = None if epochs is None else np.asarray(epochs, np.int64)
        self.brackets = None if brackets is None else np.asarray(brackets, np.int64)
        self.resumed = resumed  # whether a run went on where its last rung had ended
        self._cost = None  # of trials that were taken out of a larger table

    def __len__(self):
        return len(self.configs)

    def __getitem__(self, name):
        """The values of one parameter as an array, one entry a trial.

        Each lies in ``space[name]``: numbers of one kind make an array of numbers, and
        anything else stands in an array of objects as it is.
        """
        if not isinstance(name, str) or name not in self.space:
            raise KeyError(f"no parameter {name!r}; there are {', '.join(self.space)}")
        return column([config[name] for config in self.configs])

    __iter__ = None  # trials are looked at through their arrays

    def order(self):
        """Indices of the trials that have a score, from best to worst; ties as drawn.

        With a budget (`successive_halving`), trials that got more of it come first.
        """
        scored = np.flatnonzero(~np.isnan(self.scores))
        budget = 0 * scored if self.epochs is None else self.epochs[scored]
        return scored[np.lexsort((scored, -self.scores[scored], -budget))]

    @property
    def best_index(self):
        """Which trial is the best; a ValueError if none has a score."""
        order = self.order()
        if not len(order):
            raise ValueError(f"none of the {len(self)} trials has a score, so none is the best")
        return int(order[0])

    @property
    def best(self):
        """The configuration of the best trial, as a new dict."""
        return own(self.configs[self.best_index])

    @property
    def best_score(self):
        """The score of the best trial."""
        return float(self.scores[self.best_index])

    def cost(self):
        """The epochs that each trial has trained: its budget, less what it had already.

        Where runs went on (``resume``), a trial pays only for the epochs that are new.
        """
        if self.epochs is None:
            raise ValueError(
                "cost() counts epochs, but these trials have no budget; search by rungs, such as "
                "with successive_halving"
            )
        if self._cost is not None:
            return self._cost.copy()
        paid, had = self.epochs.copy(), {}
        for i, (config, seed) in enumerate(zip(self.configs, self.seeds.tolist(), strict=True)):
            key = seed, label(config)
            paid[i] -= had.get(key, 0) if self.resumed else 0
            had[key] = max(had.get(key, 0), int(self.epochs[i]))
        return paid

    def best_so_far(self):
        """The best score among the first 1, 2, ... trials: an array, NaN before the first."""
        return np.fmax.accumulate(self.scores)

    def round(self, number):
        """The trials of one round or rung, as `Trials`."""
        number = whole_number("number", number, low=0)
        rows = np.flatnonzero(self.rounds == number)
        if not len(rows):
            there = ", ".join(map(str, np.unique(self.rounds)))
            raise ValueError(f"no round {number}; there are {there}")
        lists = ([column[i] for i in rows] for column in (self.configs, self.errors))
        (configs, errors), epochs = lists, None if self.epochs is None else self.epochs[rows]
        arrays = self.seeds[rows], self.scores[rows], errors, self.rounds[rows], epochs
        brackets = None if self.brackets is None else self.brackets[rows]
        found = Trials(self.space, configs, *arrays, brackets, self.resumed)
        found._cost = None if epochs is None else self.cost()[rows]
        return found

    def _rows(self, n):
        """Header and cells of a table: the n best trials, then failed ones while there is room."""
        extras = [] if self.brackets is None else [("bracket", self.brackets)]
        extras += [("round", self.rounds)] if self.rounds.any() else []
        extras += [] if self.epochs is None else [("epochs", self.epochs)]
        header = ["rank", "trial", "score", *(name for name, _ in extras), *self.space]
        failed = [i for i, error in enumerate(self.errors) if error is not None]
        rows = []
        for rank, i in enumerate([*self.order(), *failed][:n], 1):
            score = "failed" if np.isnan(self.scores[i]) else f"{self.scores[i]:.4g}"
            cells = [str(rank), str(i), score, *(str(column[i]) for _, column in extras)]
            rows.append(cells + [_short(self.configs[i][name]) for name in self.space])
        return header, rows

    def table(self, n=10):
        """The n best trials as text, one a line."""
        header, rows = self._rows(whole_number("n", n, low=0))
        widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
        lines = (
            " ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (header, *rows)
        )
        return "\n".join(lines)

    def _summary(self):
        failed = sum(error is not None for error in self.errors)
        text = f"{len(self)} trials" + (f", {failed} failed" if failed else "")
        return text + (f", best score {self.best_score:.4g}" if len(self.order()) else "")

    def __repr__(self):
        return f"Trials({self._summary()})"

    def __str__(self):
        return f"{self._summary()}\n{self.table()}"

    def _repr_html_(self):
        return _html.table(self._summary(), *self._rows(10))

    def plot(self, kind="scatter"):
        """Draw the trials.

        Parameters
        ----------
        kind : {"scatter", "parallel"}
            The score against each parameter on its own scale, or one line a trial
            across all parameters; the best trial is marked in both.

        Returns
        -------
        matplotlib figure
            To be shown with `dlcourse.plots.show` and a text that says what it shows.
        """
        from .figures import parallel, scatter

        kinds = {"scatter": scatter, "parallel": parallel}
        return kinds[one_of("kind", kind, kinds)](self)


def _short(value):
    """A value of a configuration in a table."""
    return f"{value:.3g}" if isinstance(value, float) else label(value).strip("'\"")
