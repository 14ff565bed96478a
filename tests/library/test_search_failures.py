"""Workers that die, and Ctrl-C: what is done is kept, and the search ends."""

import os
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import loky
import numpy as np
import pytest
from search_objectives import SPACE, deadly, interrupted, is_deadly, same, smooth

import dlcourse as dl


def check_that_only_the_guilty_are_marked(trials, journal=None):
    """The trials that killed their workers failed with it; all others are as they should be."""
    good = dl.random_search(smooth, SPACE, len(trials))
    guilty = [i for i, config in enumerate(trials.configs) if is_deadly(config)]
    assert guilty
    for i in range(len(trials)):
        if i in guilty:
            assert np.isnan(trials.scores[i])
            assert trials.errors[i].startswith("its worker failed, and again when it ran nothing")
        else:
            assert trials.errors[i] == good.errors[i]
            assert np.array_equal(trials.scores[i], good.scores[i], equal_nan=True)
    if journal is not None:
        assert len(journal.read_text().splitlines()) == len(trials) + 1


@pytest.mark.parametrize("kind", ["processes", "loky", "reusable loky"])
def test_a_worker_that_is_killed_in_mid_trial(kind, tmp_path):
    make = {
        "processes": ProcessPoolExecutor,
        "loky": loky.ProcessPoolExecutor,
        "reusable loky": loky.get_reusable_executor,
    }
    pool, journal = make[kind](2), tmp_path / "search.jsonl"
    trials = dl.random_search(deadly, SPACE, 20, executor=pool, journal=journal)
    check_that_only_the_guilty_are_marked(trials, journal)
    assert same(trials, dl.random_search(deadly, SPACE, 20, journal=journal))
    # The pool is broken now; a search with it takes a fresh one.
    assert same(dl.random_search(smooth, SPACE, 5, executor=pool),
                dl.random_search(smooth, SPACE, 5))  # fmt: skip


def test_a_worker_that_is_killed_once_costs_no_trial(tmp_path):
    objective = KilledOnce(tmp_path / "killed")
    trials = dl.random_search(objective, SPACE, 10, executor=ProcessPoolExecutor(2))
    assert objective.path.exists()
    assert same(trials, dl.random_search(smooth, SPACE, 10))


class KilledOnce:
    """Kills its process in the first trial that finds no file."""

    def __init__(self, path):
        self.path = path

    def __call__(self, config, seed):
        if config["x"] > 0.5 and not self.path.exists():
            self.path.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return smooth(config, seed)


def test_a_dask_worker_that_is_killed_in_mid_trial():
    import dask
    from distributed import Client, LocalCluster

    settings = {"distributed.scheduler.allowed-failures": 0, "logging.distributed": "critical"}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        trials = dl.random_search(deadly, SPACE, 8, executor=client.get_executor())
    check_that_only_the_guilty_are_marked(trials)
    assert any("KilledWorker" in error for error in trials.errors if error)


class Breaks(Executor):
    """An executor of a kind that nobody knows, which breaks after five trials."""

    def __init__(self):
        self.calls = 0

    def submit(self, function, *args):
        self.calls += 1
        if self.calls > 8:
            raise BrokenProcessPool("gone")
        future = Future()
        if self.calls > 6:
            future.set_exception(BrokenProcessPool("broke\nin two lines"))
        else:
            future.set_result(function(*args))
        return future


def test_an_unknown_executor_that_breaks_leaves_the_rest_for_later(tmp_path):
    journal = tmp_path / "search.jsonl"
    trials = dl.random_search(smooth, SPACE, 9, executor=Breaks(), journal=journal)
    assert trials.errors[5:] == [
        "not run: BrokenProcessPool: broke",
        "not run: BrokenProcessPool: broke",
        "not run: BrokenProcessPool: gone",
        "not run: BrokenProcessPool: gone",
    ]
    whole = dl.random_search(smooth, SPACE, 9)
    assert trials.scores[:5].tolist() == pytest.approx(whole.scores[:5].tolist(), nan_ok=True)
    assert len(journal.read_text().splitlines()) == 6
    assert same(dl.random_search(smooth, SPACE, 9, journal=journal), whole)


def test_ctrl_c_here(tmp_path):
    def objective(config, seed):
        if calls.append(seed) or len(calls) == 5:
            raise KeyboardInterrupt
        return smooth(config, seed)

    calls, journal = [], tmp_path / "search.jsonl"
    with pytest.raises(dl.Interrupted, match="interrupted after 4 trials") as caught:
        dl.coarse_to_fine(objective, SPACE, 2, 10, journal=journal)
    trials = caught.value.trials
    whole = dl.random_search(smooth, SPACE, 10)
    assert len(trials) == 10
    assert np.array_equal(trials.scores[:4], whole.scores[:4], equal_nan=True)
    assert trials.errors[4:] == ["not run: the search was interrupted"] * 6
    assert len(journal.read_text().splitlines()) == 5
    assert isinstance(caught.value, KeyboardInterrupt)


SCRIPT = """
import os, signal, sys, time
sys.path.insert(0, {folder!r})
import dlcourse as dl
from search_objectives import SPACE

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's & takes it away

def endless(config, seed):
    while config["x"] > 0.91:
        time.sleep(0.02)
    return config["x"]

if __name__ == "__main__":
    import concurrent.futures, loky
    pool = {pool}
    try:
        dl.random_search(endless, SPACE, 40, executor=pool, journal={journal!r})
    except dl.Interrupted as stopped:
        print(len(stopped.trials), len(stopped.trials.order()), flush=True)
    for worker in list(getattr(pool, "_processes", ())):
        os.kill(worker, 9)
    os._exit(0)
"""
POOLS = {
    "loky": "loky.get_reusable_executor(2)",
    "processes": "concurrent.futures.ProcessPoolExecutor(2)",
    "threads": "concurrent.futures.ThreadPoolExecutor(2)",
}


@pytest.mark.parametrize("pool", POOLS)
def test_ctrl_c_does_not_wait_for_the_workers(pool, tmp_path):
    """Some trials never end, so that only a search that does not wait comes back."""
    journal, folder = tmp_path / "search.jsonl", str(Path(__file__).parent)
    script = SCRIPT.format(folder=folder, journal=str(journal), pool=POOLS[pool])
    total, done = interrupted(script, tmp_path, journal, lines=3)
    kept = len(journal.read_text().splitlines()) - 1
    assert total == 40
    assert kept >= 2
    assert done <= kept <= done + 1 < 40  # Ctrl-C may come between journal and table
