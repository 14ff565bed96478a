"""Trials on an executor: sent all at once, gathered as they come, rescued when a pool breaks.

A process pool that loses one worker gives up, and every trial that was not finished fails
with it. So those that may have been running run again alone, each in a pool of one worker.
The one that breaks its pool again is marked; the others get their scores, and the rest goes
on in a fresh pool. Dask blames the trials that were on the lost worker: they run again too.
"""

import os
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from contextlib import nullcontext

from .workers import attempt, attempt_packed, describe, one_blas_thread, pack


class Remote:
    """An executor, and the objective in the form in which it is sent there."""

    def __init__(self, executor, objective, space, probe=True):
        check_executor(executor, probe)
        self.executor = executor
        if isinstance(executor, ThreadPoolExecutor):
            self.call, self.packed = (attempt, objective), False
            self.here = one_blas_thread
        else:  # pickled once; the token tells a worker that it knows the objective already
            token = os.getpid(), os.urandom(16)
            self.call = (attempt_packed, token, pack("the objective", objective))
            self.packed, self.here = True, nullcontext
            pack("the space", space)  # to hear of it now
        self.sent = 0

    def gather(self, runner, todo):
        """Run the trials `todo` and hand their results to `runner` as they come."""
        with self.here():
            self._gather(runner, todo)

    def close(self, wait):
        """Nothing: the executor is the caller's."""

    def _gather(self, runner, todo):
        executor, own, wait = self.executor, [], False
        like = pools_like(executor)
        try:
            while todo:
                lost, broken = self._collect(runner, executor, todo)
                if broken and like is None:
                    for i, reason in lost.items():
                        runner.record(i, float("nan"), f"not run: {reason}", final=False)
                    return
                workers = getattr(executor, "_max_workers", 1)
                ahead = 3 * workers + 1  # pools hand out no more trials at a time than that
                suspects, todo = list(lost)[:ahead], list(lost)[ahead:]
                self._alone(runner, like, suspects, workers)
                if todo and broken:
                    executor = like(workers)
                    own.append(executor)
            wait = True
        finally:
            for pool in own:
                pool.shutdown(wait=wait)

    def _submit(self, runner, executor, i):
        """Send a trial."""
        return self.send(executor, runner.task(i))

    def send(self, executor, task):
        """Send a task, numbered: Dask would answer the same call with what it has."""
        if self.packed:
            self.sent += 1
            task = (pack("the configuration", (self.sent, *task)),)
        return executor.submit(*self.call, *task)

    def _collect(self, runner, executor, todo):
        """Run trials and record those that come back.

        Returns the reason for each that did not, and whether the executor takes no more.
        """
        futures, lost, broken, reason = {}, {}, False, ""
        try:
            for i in todo:
                if not broken:
                    try:
                        futures[self._submit(runner, executor, i)] = i
                        continue
                    except Exception as error:
                        broken, reason = True, describe(error)
                lost[i] = reason
            for future in as_completed(futures):
                i = futures.pop(future)  # a result that nobody holds is not computed again
                try:
                    result = future.result()
                except Exception as error:  # not of the objective: its errors are results
                    lost[i] = describe(error)
                    broken |= isinstance(error, (BrokenExecutor, CancelledError))
                else:
                    runner.record(i, *result)
        except BaseException as error:  # Ctrl-C, or the journal's disk is full
            for future, i in futures.items():
                ready = not future.cancel() and future.done() and future.exception() is None
                if ready and isinstance(error, KeyboardInterrupt):
                    runner.record(i, *future.result())
            raise
        return dict(sorted(lost.items())), broken

    def _alone(self, runner, like, trials, workers):
        """Run each trial again where no other can be to blame, and mark what fails again."""
        if like is None:
            for i in trials:
                lost, broken = self._collect(runner, self.executor, [i])
                for reason in lost.values():
                    text = f"not run: {reason}" if broken else died(reason)
                    runner.record(i, float("nan"), text, final=not broken)
            return
        pools, wait = [like(1) for _ in trials[:workers]], False
        try:
            while trials:
                sent = [self._submit(runner, *pair) for pair in zip(pools, trials, strict=False)]
                for k, (i, future) in enumerate(zip(trials, sent, strict=False)):
                    try:
                        result = future.result()
                    except Exception as error:
                        result = float("nan"), died(describe(error))
                        pools[k].shutdown()
                        pools[k] = like(1)
                    runner.record(i, *result)
                trials = trials[len(sent) :]
            wait = True
        finally:
            for pool in pools:
                pool.shutdown(wait=wait)


def check_executor(executor, probe=True):
    """Say what is wrong with an executor before anything is done; `probe` gives it a task."""
    if hasattr(executor, "get_executor"):
        raise TypeError(
            f"executor must be an executor but got a {type(executor).__name__}; "
            f"give what it makes: client.get_executor()"
        )
    if isinstance(executor, type) or not callable(getattr(executor, "submit", None)):
        raise TypeError(
            f"executor must be a concurrent.futures.Executor but got {executor!r}; "
            f"make one, such as loky.get_reusable_executor(2)"
        )
    if not probe:
        return
    try:
        executor.submit(int)
    except BrokenExecutor:
        pass  # a fresh pool takes its place
    except Exception as error:
        raise RuntimeError(
            f"the executor takes no trials ({describe(error)}); make a new one"
        ) from error


def died(reason):
    """What is said of a trial that lost its worker twice."""
    return f"its worker failed, and again when it ran nothing else ({reason})"


def pools_like(executor):
    """A function that makes a new pool like this one with `workers` workers, if we can."""
    settings = {name: getattr(executor, f"_{name}", None) for name in ("initializer", "initargs")}
    for kind in type(executor).__mro__:
        if kind is ProcessPoolExecutor:
            settings["mp_context"] = executor._mp_context
            settings["max_tasks_per_child"] = executor._max_tasks_per_child
        elif kind.__name__ == "ProcessPoolExecutor" and "loky" in kind.__module__:
            settings |= {"context": executor._context, "env": executor._env}
        else:
            continue
        return lambda workers: kind(workers, **settings)
    return None
