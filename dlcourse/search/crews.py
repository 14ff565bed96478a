"""Workers that can be killed one by one: pools of one process, or the workers of Dask."""

import os
import signal
import threading
import time
from contextlib import suppress

from .workers import describe


class Gone(Exception):
    """The cluster does not answer any more."""


class Worker:
    """An executor that runs one trial at a time, and what it is running."""

    def __init__(self, executor, address=None):
        self.executor, self.address = executor, address
        self.fresh = True  # it has not started yet
        self.trial = self.future = None
        self.sent = None  # when its trial was sent to it


class Pools:
    """Up to `most` pools of one process each, made by ``like(1)``."""

    look = 3600.0  # a pool tells by itself when its worker dies

    def __init__(self, like, most):
        self.like, self.most, self.workers = like, most, []

    def free(self, busy, wanted):
        """Up to `wanted` workers that have nothing to do."""
        idle = [worker for worker in self.workers if worker not in busy][:wanted]
        new = min(wanted - len(idle), self.most - len(self.workers))
        made = [Worker(self.like(1)) for _ in range(new)]
        self.workers += made
        return idle + made

    def is_gone(self, worker):
        """Whether a worker went away without a word."""
        return False

    def kill(self, worker):
        """End a worker, whatever it does; `free` makes another one in its place."""
        self.workers.remove(worker)
        for process in list((worker.executor._processes or {}).values()):
            with suppress(ProcessLookupError):  # loky's processes have no kill()
                os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        worker.executor.shutdown(wait=False)

    def leave(self, busy):
        """After Ctrl-C: wait for nobody."""
        for worker in busy:
            if worker in self.workers:
                self.kill(worker)

    def close(self, wait):
        """End all workers."""
        for worker in self.workers:
            worker.executor.shutdown(wait=wait)


class DaskWorkers:
    """The workers that a Dask cluster has at the moment; its nannies kill and replace them."""

    look = 0.5  # seconds between two looks at which workers there are

    def __init__(self, executor):
        self.client, self.settings = executor._client, executor._kwargs
        self.workers, self.killers, self.looked = {}, {}, -self.look
        self.present = self._present()
        if self.present and not any(self.present.values()):
            raise ValueError(
                "timeout needs workers that can be killed, but those of this Dask cluster have "
                "no nanny to replace them; start them as processes: LocalCluster() with "
                "processes=True, or dask worker without --no-nanny"
            )

    def _present(self):
        """Address -> nanny of the workers that the executor may use."""
        if time.monotonic() < self.looked + self.look:
            return self.present
        try:
            found = self.client.scheduler_info(n_workers=-1)["workers"]
        except Exception as error:
            raise Gone(describe(error)) from error
        self.looked, only = time.monotonic(), self.settings.get("workers")
        return {
            address: info.get("nanny")
            for address, info in found.items()
            if not only or address in only or info.get("name") in only
        }

    def free(self, busy, wanted):
        self.present = self._present()
        self.killers = {a: thread for a, thread in self.killers.items() if thread.is_alive()}
        self.workers = {a: worker for a, worker in self.workers.items() if a in self.present}
        for address, nanny in self.present.items():
            if nanny and address not in self.workers and address not in self.killers:
                only = {"workers": [address], "allow_other_workers": False}
                executor = self.client.get_executor(**{**self.settings, **only})
                self.workers[address] = Worker(executor, address)
        return [worker for worker in self.workers.values() if worker not in busy][:wanted]

    def is_gone(self, worker):
        return worker.address not in self.present

    def kill(self, worker):
        """Have a worker restarted, in a thread, since that takes seconds."""
        worker.future.cancel()
        self.workers.pop(worker.address, None)
        if worker.address in self.present:
            thread = threading.Thread(target=self._restart, args=(worker.address,), daemon=True)
            self.killers[worker.address] = thread
            thread.start()

    def _restart(self, address):
        with suppress(Exception):  # it is gone by itself, or the cluster is: `_present` tells
            self.client.restart_workers([address], timeout=15, raise_for_error=False)

    def leave(self, busy):
        """After Ctrl-C: what runs on the cluster comes to its end there."""
        for worker in busy:
            worker.future.cancel()

    def close(self, wait):
        """Give the nannies time to kill: they ask a worker politely first, for 4 seconds."""
        until = time.monotonic() + 6 * wait
        for thread in self.killers.values():
            thread.join(max(until - time.monotonic(), 0))
