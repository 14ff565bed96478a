"""Objectives that workers can import, and what several test files of the search share."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import dlcourse as dl

SPACE = {
    "x": dl.Uniform(0, 1),
    "lr": dl.LogUniform(1e-4, 1),
    "n": dl.IntUniform(1, 9),
    "kind": dl.Choice(["a", "b"]),
}


def smooth(config, seed, epochs=1):
    """Depends on everything; fails in about one trial in ten."""
    if config["x"] < 0.1:
        raise ValueError(f"x is {config['x']:.3f}")
    bonus = {"a": 0.0, "b": 0.1}[config["kind"]]
    return config["x"] - abs(np.log10(config["lr"]) + 2) + bonus + seed % 7 / 100 - 1 / epochs


def deadly(config, seed, epochs=1):
    """Kills the process that it runs in, in the few trials that `is_deadly` knows."""
    time.sleep(0.02)
    if is_deadly(config):
        os.kill(os.getpid(), signal.SIGKILL)
    return smooth(config, seed, epochs)


def is_deadly(config):
    return 0.74 < config["x"] < 0.785


def threads(config, seed):
    """How many threads this process's BLAS has."""
    return blas_threads()


def blas_threads():
    import threadpoolctl

    pools = threadpoolctl.threadpool_info()
    return max(pool["num_threads"] for pool in pools if pool["user_api"] == "blas")


def counted(config, seed):
    """Leaves a line in the file RAN for each run; later trials take longer."""
    with open(os.environ["RAN"], "a") as file:
        file.write(f"{seed}\n")
    time.sleep(0.02)
    return smooth(config, seed)


def page_faults(config, seed):
    """How often a typical training step asks the system for memory, in this process."""
    import resource

    model = dl.Sequential(dl.Linear(784, 256), dl.ReLU(), dl.Linear(256, 10))
    x, labels, faults = np.ones((128, 784), np.float32), np.zeros(128, int), []
    for _ in range(40):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        _, dz = dl.softmax_cross_entropy(model.forward(x, train=True), labels)
        model.backward(dz)
        faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    return float(np.median(faults[20:]))


def same(a, b):
    """Whether two tables agree in every entry."""
    return (
        a.configs == b.configs
        and a.seeds.tolist() == b.seeds.tolist()
        and np.array_equal(a.scores, b.scores, equal_nan=True)
        and a.errors == b.errors
        and a.rounds.tolist() == b.rounds.tolist()
    )


def wait_for_lines(path, lines, process):
    """Wait until a search in another process has written so many lines of its journal."""
    deadline = time.monotonic() + 60
    while not path.exists() or len(path.read_bytes().splitlines()) < lines:
        assert process.poll() is None, "the search ended too early"
        assert time.monotonic() < deadline, "the search does not go on"
        time.sleep(0.005)


def interrupted(script, folder, journal, lines, pause=0.0):
    """Start a script, send Ctrl-C once its journal has so many lines; its two printed numbers."""
    path = folder / "script.py"
    path.write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path(dl.__file__).parents[1])}
    command = [sys.executable, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    wait_for_lines(journal, lines, process)
    time.sleep(pause)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    return map(int, printed.split())


def hangs(config):
    return config["x"] > 0.85


def hanging(config, seed, epochs=1):
    """Never ends in the trials that `hangs` knows, and does not listen to polite signals."""
    if hangs(config):
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(ValueError):  # not the main thread, in a worker of Dask
                signal.signal(number, signal.SIG_IGN)
        sum(range(10**13))  # one instruction of Python: no other thread gets a turn
    return smooth(config, seed, epochs)


def leaves_its_number(config, seed):
    """Writes the number of its process into the file RAN, and takes its time."""
    with open(os.environ["RAN"], "a") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(0.3)
    return smooth(config, seed)
