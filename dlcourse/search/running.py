"""Running trials: here, or on an executor, with a journal, a bar and Ctrl-C."""

import warnings
from contextlib import ExitStack

from .._bars import bar_class
from .interrupted import Interrupted
from .journal import Journal, plain
from .placing import place
from .resuming import Runs, check_objective
from .spaces import check_options, check_space, exact
from .trials import Trials
from .workers import INTERRUPTED, attempt, name_of, one_blas_thread

NOT_RUN = "not run: the search was interrupted"


class Runner:
    """Runs batches of trials one after the other, and keeps the table of all of them.

    Parameters
    ----------
    objective : callable
    space : dict
    settings : dict
        What else names the search in its journal: the method, seed, trials, ...
    total : int
        Trials in all batches together, for the bar.
    executor, journal, progress, timeout
        As `random_search` has them.
    free : tuple of str
        Settings that may change when a journal goes on.
    resume : bool or path
        Whether a run goes on where its last rung ended, and in which folder it is kept.
    """

    def __init__(
        self,
        objective,
        space,
        settings,
        total,
        executor,
        journal,
        progress,
        timeout=None,
        free=(),
        resume=False,
    ):
        self.space = check_space(space)
        if not callable(objective):
            raise TypeError(
                f"objective must be a function f(config, seed) -> score but got {objective!r}"
            )
        check_options(self.space, journal is not None)
        if resume is not False:
            check_objective(objective)
        self.objective, self.remote = objective, place(executor, objective, self.space, timeout)
        self.bar = _bar(total, progress)
        self.journal, self.gaps = None, False
        self.runs = None if resume is False else Runs(resume, journal)
        if journal is not None:
            header = {"objective": name_of(objective), "space": exact(self.space)}
            header |= plain(settings) | ({"runs": self.runs.mark} if self.runs else {})
            self.journal = Journal(journal, header, (*free, "runs"))
            if self.runs:
                self.runs.mark = self.journal.header.get("runs", self.runs.mark)
        self.configs, self.seeds, self.scores, self.errors = [], [], [], []
        self.rounds, self.epochs, self.best = [], [], float("-inf")
        self.brackets = []

    def add(self, configs, seeds, round=0, epochs=None, bracket=None):
        """New rows of the table, whose trials have not been run."""
        rows = range(len(self.configs), len(self.configs) + len(configs))
        self.configs += configs
        self.seeds += [int(seed) for seed in seeds]
        self.scores += [float("nan")] * len(rows)
        self.errors += [NOT_RUN] * len(rows)
        self.rounds += [round] * len(rows)
        self.epochs += [] if epochs is None else [epochs] * len(rows)
        self.brackets += [] if bracket is None else [bracket] * len(rows)
        return rows

    def run(self, configs, seeds, round=0, epochs=None, bracket=None):
        """Run a batch; returns the rows of the table that it fills."""
        self._look_for_gaps()
        self.check(configs, seeds)
        rows = self.add(configs, seeds, round, epochs, bracket)
        todo = []
        for i in rows:
            found = self.journal and self.journal.find(i, self.configs[i], self.seeds[i])
            if found:
                self.keep(i, *found)
            else:
                todo.append(i)
        if self.remote is None:
            with one_blas_thread():
                for i in todo:
                    self.record(i, *attempt(self.objective, *self.task(i)))
        elif todo:
            self.remote.gather(self, todo)
        if bracket is None:  # another bracket may do better
            self.refuse_failure()
        return rows

    def refuse_failure(self):
        """Stop where no trial of the table has a score: the first error says why."""
        if all(error is not None for error in self.errors):
            budget = f" and epochs={self.epochs[0]}" if self.epochs else ""
            raise RuntimeError(
                f"all {len(self.errors)} trials failed; the first one, {self.configs[0]} with "
                f"seed {self.seeds[0]}{budget}, with {self.errors[0]}; call the objective with "
                f"these to see where"
            )

    def check(self, configs, seeds):
        """Before the first trial, have the objective look at the configurations if it can."""
        whole = getattr(self.objective, "func", self.objective)  # of a functools.partial
        if not self.configs and hasattr(whole, "check_space"):
            whole.check_space(configs, seeds)

    def _look_for_gaps(self):
        """Keep a round out of the journal if it is drawn from one that has not been done.

        When the journal goes on, those trials run again, and this round is another one.
        """
        undone = sum(map(is_undone, self.errors))
        if undone and self.journal is not None and not self.gaps:
            self.gaps = True
            warnings.warn(
                f"{undone} trials were interrupted or not run, so the rounds that follow are "
                f"not written to {self.journal.path}; search again with it to do all of them",
                stacklevel=4,
            )

    def task(self, i):
        """What the objective is called with in trial i."""
        budget = (self.epochs[i],) if self.epochs else ()
        if self.runs is None:
            return self.configs[i], self.seeds[i], *budget
        return self.call(self.configs[i], self.seeds[i], *budget)

    def call(self, config, seed, *budget):
        """All arguments of the objective, with the place where the run is kept."""
        kept = () if self.runs is None else (self.runs.path(config, seed, *budget),)
        return config, seed, *budget, *kept

    def record(self, i, score, error, final=True):
        """Take in the result of a trial. Only a final one goes to the journal."""
        final &= not self.gaps and not is_undone(error)
        if self.journal is not None and final:
            self.journal.add(i, self.configs[i], self.seeds[i], score, error)
        self.keep(i, score, error)

    def keep(self, i, score, error):
        """Take in the result of a trial that stands in the journal already, or goes there."""
        self.scores[i], self.errors[i] = score, error
        if self.bar is not None:
            self.best = max(self.best, score)  # max(best, NaN) is best
            if self.best > float("-inf"):
                self.bar.set_postfix_str(f"best {self.best:.4g}", refresh=False)
            self.bar.update()

    def trials(self, rows=slice(None), space=None):
        """The table, or some rows of it that follow each other."""
        if isinstance(rows, range):
            rows = slice(rows.start, rows.stop)
        columns = (self.configs, self.seeds, self.scores, self.errors, self.rounds)
        epochs = self.epochs[rows] if self.epochs else None
        brackets = self.brackets[rows] if self.brackets else None
        lists = (column[rows] for column in columns)
        resumed = self.runs is not None
        return Trials(space or self.space, *lists, epochs, brackets, resumed)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        try:
            self._close(wait=kind is None)
        except KeyboardInterrupt as late:
            error = late
        if isinstance(error, KeyboardInterrupt):  # Interrupted, if the objective searches, too
            done = sum(text != NOT_RUN for text in self.errors)
            raise Interrupted(
                self.trials(),
                f"the search was interrupted after {done} trials; the exception's .trials has "
                f"them" + (", and so has the journal" if self.journal else ""),
            ) from error

    def _close(self, wait):
        """Close everything, whatever one of these does, and even if Ctrl-C comes meanwhile."""
        with ExitStack() as stack:
            if self.bar is not None:
                stack.callback(self.bar.close)
            if self.journal is not None:
                stack.callback(self.journal.close)
            if self.runs is not None:
                stack.callback(self.runs.close)
            if self.remote is not None:
                stack.callback(self.remote.close, wait)


def is_undone(error):
    """Whether a trial has been interrupted or not run, which is no result."""
    return error is not None and error.startswith((INTERRUPTED, "not run: "))


def _bar(total, progress):
    """A tqdm bar when asked for."""
    tqdm = bar_class(progress)
    return None if tqdm is None else tqdm(total=total, unit="trial")
