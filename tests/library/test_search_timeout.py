"""A time limit: hanging trials are marked, their workers are replaced, the rest is the same."""

import contextlib
import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import loky
import numpy as np
import pytest
from search_objectives import SPACE, deadly, hanging, hangs, interrupted, is_deadly, same, smooth

import dlcourse as dl

KINDS = ["fork", "spawn", "loky", "Dask"]


@contextlib.contextmanager
def pool_of(kind, workers=2):
    if kind == "loky":
        yield loky.get_reusable_executor(workers)
    elif kind == "Dask":
        import dask
        from distributed import Client, LocalCluster

        settings = {"distributed.worker.daemon": True, "logging.distributed": "critical"}
        with (
            dask.config.set(settings),
            LocalCluster(workers, threads_per_worker=1, dashboard_address=":0") as cluster,
            Client(cluster) as client,
        ):
            yield client.get_executor()
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context(kind)) as pool:
            yield pool


@pytest.mark.parametrize("kind", KINDS)
def test_trials_that_hang_are_marked_and_the_rest_is_the_same(kind, tmp_path):
    """They ignore SIGINT and SIGTERM, and keep all other threads of their process waiting."""
    path, whole = tmp_path / "search.jsonl", dl.random_search(smooth, SPACE, 12)
    with pool_of(kind) as pool:
        limited = partial(dl.random_search, hanging, SPACE, 12, executor=pool, journal=path)
        trials = limited(timeout=1.5)
        check(trials, whole, 1.5)
        assert len(path.read_text().splitlines()) == 13
        assert same(limited(timeout=99), trials)  # what timed out counts as done
    assert same(dl.random_search(hanging, SPACE, 12, journal=path), trials)


def check(trials, whole, timeout):
    marked = [i for i, config in enumerate(trials.configs) if hangs(config)]
    assert marked
    for i in range(len(trials)):
        if i in marked:
            assert np.isnan(trials.scores[i])
            assert trials.errors[i] == f"timed out after {timeout} s"
        else:
            assert trials.errors[i] == whole.errors[i]
            assert np.array_equal(trials.scores[i], whole.scores[i], equal_nan=True)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_trial_that_hangs_the_limit_changes_nothing(kind):
    with pool_of(kind) as pool:
        for search in (
            partial(dl.random_search, trials=10),
            partial(dl.coarse_to_fine, rounds=2, trials=6),
            partial(dl.successive_halving, trials=9),
        ):
            limited = search(smooth, SPACE, executor=pool, timeout=60)
            assert same(search(smooth, SPACE), limited)


@pytest.mark.parametrize("kind", ["fork", "loky"])
def test_trials_that_kill_their_worker_are_marked_as_without_a_limit(kind):
    with pool_of(kind) as pool:
        trials = dl.random_search(deadly, SPACE, 20, executor=pool, timeout=60)
    whole = dl.random_search(smooth, SPACE, 20)
    guilty = [i for i, config in enumerate(trials.configs) if is_deadly(config)]
    assert guilty
    for i in range(20):
        if i in guilty:
            assert trials.errors[i].startswith("its worker failed, and again when it ran nothing")
        else:
            assert trials.errors[i] == whole.errors[i]


def test_every_round_and_rung_has_the_limit():
    with pool_of("fork") as pool:
        trials = dl.coarse_to_fine(hanging, SPACE, 2, 8, executor=pool, timeout=1)
        check(trials.round(0), dl.random_search(smooth, SPACE, 8), 1)
        trials = dl.successive_halving(hanging, SPACE, 9, executor=pool, timeout=1)
    assert trials.epochs.tolist() == [1] * 9 + [3] * 3 + [9]
    assert not hangs(trials.best)


class Sync(Executor):
    def submit(self, function, *args):
        raise AssertionError("never asked")


def test_where_nothing_can_be_killed_a_limit_is_refused(tmp_path):
    with pytest.raises(ValueError, match="timeout needs an executor: .*get_reusable_executor"):
        dl.random_search(smooth, SPACE, 3, timeout=1, journal=tmp_path / "j")
    with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match="can be killed"):
        dl.random_search(smooth, SPACE, 3, timeout=1, executor=pool, journal=tmp_path / "j")
    for bad in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="timeout must be"):
            dl.random_search(smooth, SPACE, 3, timeout=bad)
    with pytest.raises(TypeError, match="timeout must be a number but got '1'"):
        dl.random_search(smooth, SPACE, 3, timeout="1")
    assert not os.listdir(tmp_path)


def test_dask_workers_without_a_nanny_are_refused():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(1, processes=False, dashboard_address=":0") as cluster,
        Client(cluster) as client,
        pytest.raises(ValueError, match="no nanny"),
    ):
        dl.random_search(smooth, SPACE, 3, executor=client.get_executor(), timeout=1)


def test_a_browser_says_that_it_has_no_limit(monkeypatch, capsys):
    monkeypatch.setattr("dlcourse.search.placing.runs_in_browser", lambda: True)
    trials = dl.random_search(smooth, SPACE, 3, timeout=1)
    assert same(trials, dl.random_search(smooth, SPACE, 3))
    assert "one by one, without a limit of time." in capsys.readouterr().out


SCRIPT = """
import concurrent.futures, loky, os, signal, sys
sys.path.insert(0, {folder!r})
import dlcourse as dl
from search_objectives import SPACE, hanging

signal.signal(signal.SIGINT, signal.default_int_handler)
if __name__ == "__main__":
    try:
        dl.random_search(hanging, SPACE, 40, executor={pool}, journal={path!r}, timeout=500)
    except dl.Interrupted as stopped:
        print(len(stopped.trials), len(stopped.trials.order()), flush=True)
"""
POOLS = {
    "loky": "loky.get_reusable_executor(2)",
    "fork": "concurrent.futures.ProcessPoolExecutor(2)",
}


@pytest.mark.parametrize("pool", POOLS)
def test_ctrl_c_ends_the_workers_that_hang(pool, tmp_path):
    """The process ends by itself, which it could not if it waited for them."""
    path, folder = tmp_path / "search.jsonl", str(Path(__file__).parent)
    script = SCRIPT.format(folder=folder, path=str(path), pool=POOLS[pool])
    total, done = interrupted(script, tmp_path, path, lines=8, pause=0.2)
    assert total == 40
    assert 5 <= done < 40
