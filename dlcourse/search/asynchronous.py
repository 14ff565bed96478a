"""Running trials one by one as workers become free, for a search that waits for nobody."""

from concurrent.futures import FIRST_COMPLETED, CancelledError, wait

from .remote import died, pools_like
from .workers import attempt, describe, one_blas_thread


def run(runner, ladder, first, configs, seeds):
    """Run what the ladder says, after what the journal has; rows are in the order of ending."""
    seeds = [int(seed) for seed in seeds]

    def take(job, score, error, final=True):
        i, rung = job
        epochs = first * ladder.eta**rung
        (row,) = runner.add([configs[i]], [seeds[i]], rung, epochs)
        runner.record(row, score, error, final)
        ladder.finished(i, rung, score)

    def task(job):
        i, rung = job
        return runner.call(configs[i], seeds[i], first * ladder.eta**rung)

    runner.check(configs, seeds)
    _replay(runner, ladder, first, configs, seeds)
    if runner.remote is None:
        with one_blas_thread():
            while (job := ladder.next()) is not None:
                take(job, *attempt(runner.objective, *task(job)))
    else:
        with runner.remote.here():
            _on_workers(runner.remote, ladder, task, take)


def _replay(runner, ladder, first, configs, seeds):
    """Take in what a journal holds, in the order in which it was written."""
    place, rungs = {seed: i for i, seed in enumerate(seeds)}, [0] * len(seeds)
    for seed in [] if runner.journal is None else runner.journal.seeds():
        if seed not in place:
            raise ValueError(
                f"{runner.journal.path} has a trial with seed {seed}, which this search does not "
                f"draw; it was written by another version, so use another file"
            )
        i = place[seed]
        (row,) = runner.add([configs[i]], [seed], rungs[i], first * ladder.eta ** rungs[i])
        score, error = runner.journal.find(row, configs[i], seed)
        runner.keep(row, score, error)
        ladder.finished(i, rungs[i], score)
        rungs[i] += 1


def _on_workers(remote, ladder, task, take):
    """Keep all workers busy."""
    executor, like, own, busy = remote.executor, pools_like(remote.executor), [], {}
    workers = workers_of(executor)
    try:
        while True:
            while len(busy) < workers and (job := ladder.next()) is not None:
                busy[remote.send(executor, task(job))] = job
            if not busy:
                return
            done, _ = wait(busy, return_when=FIRST_COMPLETED)
            for future in [f for f in busy if f in done]:
                job = busy.pop(future)
                try:
                    take(job, *future.result())
                except CancelledError:
                    raise
                except Exception as error:  # not of the objective: its worker is lost
                    if getattr(executor, "_broken", False) and like is not None:
                        executor = like(workers)
                        own.append(executor)
                    take(job, *_alone(remote, like, executor, task(job), describe(error)))
    except KeyboardInterrupt:
        for future, job in busy.items():
            if not future.cancel() and future.done() and future.exception() is None:
                take(job, *future.result())
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
