"""Trials with a time limit: each alone in its worker, which is killed when time is up.

A pool does not say when a trial starts, and gives up when one of its workers is killed. So
each worker gets a trial only when it has nothing else to do: of a pool's kind we start as many
pools of one worker, and of Dask's workers each is asked by its address.
"""

import os
import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait

from .crews import DaskWorkers, Gone, Pools
from .remote import Remote, died, pools_like
from .workers import describe, ready


class Limited(Remote):
    """As `Remote`, but a trial that takes longer than `timeout` seconds is marked."""

    def __init__(self, executor, objective, space, timeout):
        like = pools_like(executor)
        super().__init__(executor, objective, space, probe=like is None)  # a pool is not used
        if like is not None:
            self.crew = Pools(like, executor._max_workers)
        elif hasattr(getattr(executor, "_client", None), "restart_workers"):
            self.crew = DaskWorkers(executor)
        else:
            raise ValueError(
                f"timeout needs an executor whose workers can be killed, but got {executor!r}; "
                f"take a pool of processes, such as loky.get_reusable_executor(2), or Dask"
            )
        self.timeout, self.failed = timeout, Counter()

    def _gather(self, runner, todo):
        todo, busy = deque(todo), []
        try:
            while todo or busy:
                for worker in self.crew.free(busy, len(todo)):
                    busy.append(worker)
                    self._start(worker, todo.popleft())
                self._wait(busy)
                for worker in list(busy):
                    if self._finished(runner, worker, todo):
                        busy.remove(worker)
        except (Gone, CancelledError) as error:  # the whole cluster
            for i in [*(worker.trial for worker in busy), *todo]:
                runner.record(i, float("nan"), f"not run: {describe(error)}", final=False)
        except KeyboardInterrupt:
            for worker in list(busy):
                if worker.sent is not None and worker.future.done():
                    self._finished(runner, worker, todo)
            raise
        finally:
            self.crew.leave(busy)

    def _start(self, worker, i):
        """Give a worker its next trial; a new one must say first that it has started."""
        worker.trial, worker.sent = i, None
        try:
            if worker.fresh:
                self.sent += 1
                worker.future = worker.executor.submit(ready, self.sent, os.getpid())
            else:
                worker.future = self._submit(self.runner, worker.executor, i)
                worker.sent = time.monotonic()
        except BrokenExecutor as error:
            worker.future = Future()
            worker.future.set_exception(error)

    def _wait(self, busy):
        """Until a future is done, a trial's time is up, or it is time to look around."""
        now, until = time.monotonic(), self.crew.look
        for worker in busy:
            if worker.sent is not None:
                until = min(until, worker.sent + self.timeout - now)
        if busy:
            wait([worker.future for worker in busy], max(until, 0.001), FIRST_COMPLETED)
        else:
            time.sleep(until)  # until a worker comes

    def _finished(self, runner, worker, todo):
        """Take in what came of a worker's trial; false while it goes on."""
        i, nan = worker.trial, float("nan")
        if worker.future.done():
            try:
                result = worker.future.result()
            except CancelledError:
                raise
            except Exception as error:
                self._lost(runner, worker, todo, describe(error))
                return True
            if worker.fresh:
                worker.fresh = False
                self._start(worker, i)
                return False
            runner.record(i, *result)
        elif self.crew.is_gone(worker):
            self._lost(runner, worker, todo, "the worker is gone")
        elif worker.sent is not None and time.monotonic() > worker.sent + self.timeout:
            self.crew.kill(worker)
            runner.record(i, nan, f"timed out after {self.timeout:g} s")
        else:
            return False
        return True

    def _lost(self, runner, worker, todo, reason):
        """A worker died under its trial, which runs again; the second time it is marked."""
        self.crew.kill(worker)
        self.failed[worker.trial] += 1
        if self.failed[worker.trial] == 1:
            todo.appendleft(worker.trial)
        else:
            runner.record(worker.trial, float("nan"), died(reason))

    def gather(self, runner, todo):
        """Run the trials `todo` and hand their results to `runner` as they come."""
        self.runner = runner
        super().gather(runner, todo)

    def close(self, wait):
        """End the workers that were started for this search."""
        self.crew.close(wait)
