"""Running trials one by one as workers become free, for a search that waits for nobody."""

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait

from .journal import plain, same_config
from .remote import died, pools_like
from .running import is_undone
from .workers import attempt, describe, one_blas_thread


class Climb:
    """The configurations of a search on their ladder; rows are in the order of ending.

    Parameters
    ----------
    runner : Runner
    ladder : Ladder
    first : int
        The budget of the lowest rung.
    configs, seeds : lists
        What was drawn.
    """

    def __init__(self, runner, ladder, first, configs, seeds):
        self.runner, self.ladder, self.first = runner, ladder, first
        self.configs, self.seeds = configs, [int(seed) for seed in seeds]
        self.undone = []

    def run(self):
        """Run what the ladder says, after what the journal has."""
        runner = self.runner
        runner.check(self.configs, self.seeds)
        try:
            self._replay()
            if runner.remote is None:
                with one_blas_thread():
                    while (job := self.ladder.next()) is not None:
                        self.take(job, *attempt(runner.objective, *self.task(job)))
            else:
                with runner.remote.here():
                    _on_workers(runner.remote, self)
        finally:  # at the end, since the rows of a journal have no gaps
            for job, error in self.undone:
                self._record(job, float("nan"), error)

    def task(self, job):
        """What the objective is called with."""
        i, rung = job
        return self.runner.call(self.configs[i], self.seeds[i], self._epochs(rung))

    def take(self, job, score, error):
        """Take in a result. What was interrupted or not run is none, and runs another time."""
        if is_undone(error):
            self.undone.append((job, error))
            return
        self._record(job, score, error)
        self.ladder.finished(*job, score)

    def _epochs(self, rung):
        return self.first * self.ladder.eta**rung

    def _row(self, job):
        i, rung = job
        return self.runner.add([self.configs[i]], [self.seeds[i]], rung, self._epochs(rung))[0]

    def _record(self, job, score, error):
        self.runner.record(self._row(job), score, error)

    def _replay(self):
        """Take in what a journal holds, in the order in which it was written."""
        journal, rungs, places = self.runner.journal, [0] * len(self.configs), {}
        for i, seed in enumerate(self.seeds):  # two may have the same one
            places.setdefault(seed, []).append(i)
        for number, entry in enumerate([] if journal is None else journal.done.values()):
            there = [
                i
                for i in places.get(entry["seed"], [])
                if same_config(entry["config"], plain(self.configs[i]))
            ]
            i = there[0] if there else None
            if i is None or entry["number"] != number or rungs[i] == len(self.ladder.ranked):
                raise ValueError(
                    f"{journal.path}: trial {entry['number']}, with seed {entry['seed']}, is none "
                    f"that this search runs; it was written by another version, so use another "
                    f"file"
                )
            job = i, rungs[i]
            score, error = journal.find(number, self.configs[i], self.seeds[i])
            self.runner.keep(self._row(job), score, error)
            self.ladder.finished(*job, score)
            rungs[i] += 1


def _on_workers(remote, climb):
    """Keep all workers busy."""
    executor, like, own, busy = remote.executor, pools_like(remote.executor), [], {}
    workers, takes = workers_of(executor), True
    try:
        while True:
            while takes and len(busy) < workers and (job := climb.ladder.next()) is not None:
                try:
                    try:
                        future = remote.send(executor, climb.task(job))
                    except BrokenExecutor:  # a worker died, whatever it did
                        if like is None:
                            raise
                        executor = like(workers)
                        own.append(executor)
                        future = remote.send(executor, climb.task(job))
                    busy[future] = job
                except Exception as error:
                    takes = False
                    climb.take(job, float("nan"), f"not run: {describe(error)}")
            if not busy:
                return
            done, _ = wait(busy, return_when=FIRST_COMPLETED)
            for future in [f for f in busy if f in done]:
                job = busy.pop(future)
                try:
                    result = future.result()
                except CancelledError as error:  # the whole cluster is gone
                    for lost in [job, *busy.values()]:
                        climb.take(lost, float("nan"), f"not run: {describe(error)}")
                    return
                except Exception as error:  # not of the objective: its worker is lost
                    result = _alone(remote, like, executor, climb.task(job), describe(error))
                climb.take(job, *result)
    except KeyboardInterrupt:
        for future, job in busy.items():
            if not future.cancel() and future.done() and future.exception() is None:
                climb.take(job, *future.result())
        raise
    finally:
        for future in busy:
            future.cancel()
        for pool in own:
            pool.shutdown(wait=False)


def _alone(remote, like, executor, task, reason):
    """Run a trial once more where no other can be to blame; mark what fails again."""
    pool = executor if like is None else like(1)
    try:
        return remote.send(pool, task).result()
    except CancelledError as error:
        return float("nan"), f"not run: {describe(error)}"
    except Exception as error:
        return float("nan"), died(describe(error) or reason)
    finally:
        if like is not None:
            pool.shutdown(wait=False)


def workers_of(executor):
    """How many trials an executor runs at a time."""
    client = getattr(executor, "_client", None)
    if client is not None:
        return max(sum(client.nthreads().values()), 1)
    return getattr(executor, "_max_workers", None) or 1
