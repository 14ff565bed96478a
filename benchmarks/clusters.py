"""Training in a Dask worker: with the memory setting that Dask gives it, and without."""

import os
from contextlib import ExitStack
from functools import partial

import dask
import numpy as np
from distributed import Client, LocalCluster
from timing import interleaved, ratio

from dlcourse import Adam, Linear, ReLU, Sequential, fit

SETTING = "MALLOC_TRIM_THRESHOLD_"


def train():
    """20 steps of 784-256-256-10."""
    rng = np.random.default_rng(0)
    x, labels = rng.random((2560, 784), np.float32), rng.integers(0, 10, 2560)
    layers = [Linear(784, 256), ReLU(), Linear(256, 256), ReLU(), Linear(256, 10)]
    return fit(Sequential(*layers), (x, labels), optimizer=Adam(), epochs=1).loss[-1]


def client(stack, value):
    """A Dask cluster of one worker that is started with the setting; None leaves it out."""
    settings = {f"distributed.nanny.pre-spawn-environ.{SETTING}": value}
    with dask.config.set(settings):
        cluster = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0")
    return stack.enter_context(Client(stack.enter_context(cluster)))


def rows():
    """(what, peer, ratio, allowed)."""
    with ExitStack() as stack:
        # This order: Dask leaves the setting in our own process, and the next worker inherits it.
        clients = {"without": client(stack, None), "with": client(stack, 65536)}
        functions = {
            name: partial(lambda c: c.submit(train, pure=False).result(), client)
            for name, client in clients.items()
        }
        seconds = interleaved(functions, rounds=30, calls=1, warm_up=2)
    os.environ.pop(SETTING, None)
    what = "20 steps of 784-256-256-10 in a Dask worker"
    yield what, f"the same without `{SETTING}`", ratio(seconds, "with", "without"), None
