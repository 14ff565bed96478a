"""The same table here, in two processes, and on a cluster; one BLAS thread everywhere."""

import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import loky
import pytest
import threadpoolctl
from cases import run_python
from search_objectives import SPACE, blas_threads, page_faults, same, smooth, threads

import dlcourse as dl


def test_the_table_does_not_depend_on_the_executor(executor):
    for search in (
        partial(dl.random_search, trials=30),
        partial(dl.coarse_to_fine, rounds=2, trials=12),
        partial(dl.successive_halving, trials=9),
        partial(dl.hyperband, max_epochs=9),
    ):
        assert same(search(smooth, SPACE), search(smooth, SPACE, executor=executor))


@pytest.mark.skipif(sys.platform != "linux", reason="page faults are counted on Linux")
@pytest.mark.parametrize("as_the_page_says", [True, False])
def test_a_dask_worker_trains_without_new_memory(monkeypatch, as_the_page_says):
    """With the setting of the page *Tuning on many cores*; without it, it does not."""
    import dask
    from distributed import Client, LocalCluster

    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)  # another test's Dask left it
    settings = {"distributed.worker.daemon": True}
    if as_the_page_says:
        settings["distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_"] = None
    with (
        dask.config.set(settings),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        trials = dl.random_search(page_faults, SPACE, 1, executor=client.get_executor())
    assert (trials.best_score < 1) == as_the_page_says, trials.best_score


def test_networks_train_to_the_same_bits_in_two_processes():
    trials = [
        dl.random_search(digits_objective(), DIGITS, 6, executor=executor)
        for executor in (None, loky.get_reusable_executor(2))
    ]
    assert same(*trials)
    assert trials[0].best_score > 0.5


DIGITS = {"lr": dl.LogUniform(0.01, 1), "units": dl.IntUniform(4, 16)}


def digits_objective():
    data = partial(dl.mnist, 300, 200, size=14)
    return dl.objective_for(build, data, optimizer=dl.Momentum, epochs=3)


def build(config, seed):
    layers = dl.Linear(196, config["units"]), dl.ReLU(), dl.Linear(config["units"], 10)
    return dl.Sequential(*layers, seed=seed)


def test_functions_without_a_name_reach_the_workers():
    power = 2  # in the closure
    kinds = {"f": dl.Choice([dl.Tanh, lambda x: x])}
    for pool in (loky.get_reusable_executor(2), ProcessPoolExecutor(1)):
        trials = dl.random_search(
            lambda config, seed: power * (config["f"] is not dl.Tanh), kinds, 9, executor=pool
        )
        assert set(trials.scores) == {0, 2}
    pool.shutdown()


def test_an_objective_that_cannot_be_pickled_is_refused_before_anything_runs(tmp_path):
    lock = threading.Lock()
    with pytest.raises(TypeError, match=r"the objective cannot be pickled.*lock.*top level"):
        dl.random_search(
            lambda config, seed: lock.locked(),
            SPACE,
            executor=loky.get_reusable_executor(2),
            journal=tmp_path / "search.jsonl",
        )
    assert not os.listdir(tmp_path)
    assert dl.random_search(lambda config, seed: int(lock.locked()), SPACE, 2).best_score == 0


def test_an_executor_that_is_none_is_refused(client):
    with pytest.raises(TypeError, match=r"client\.get_executor\(\)"):
        dl.random_search(smooth, SPACE, executor=client)
    with pytest.raises(TypeError, match="make one"):
        dl.random_search(smooth, SPACE, executor=ProcessPoolExecutor)
    closed = ProcessPoolExecutor(1)
    closed.shutdown()
    with pytest.raises(RuntimeError, match="takes no trials .*shutdown.* make a new one"):
        dl.random_search(smooth, SPACE, executor=closed)


def test_one_blas_thread_while_a_trial_runs_and_as_many_as_before_afterwards(executor):
    with threadpoolctl.threadpool_limits(2):
        if blas_threads() == 1:
            pytest.skip("this BLAS has one thread only")
        assert dl.random_search(threads, SPACE, 4).scores.tolist() == [1] * 4
        assert dl.random_search(threads, SPACE, 8, executor=executor).scores.tolist() == [1] * 8
        assert blas_threads() == 2


def test_workers_get_their_threads_back():
    code = """
from concurrent.futures import ProcessPoolExecutor
import dlcourse as dl, threadpoolctl, sys
sys.path.insert(0, {folder!r})
from search_objectives import SPACE, blas_threads, threads
threadpoolctl.threadpool_limits(2)  # inherited by workers that are forked
from multiprocessing import get_context
with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
    before = pool.submit(blas_threads).result()
    trials = dl.random_search(threads, SPACE, 3, executor=pool)
    print(before, trials.scores.tolist(), pool.submit(blas_threads).result())
"""
    printed = run_python(code.format(folder=os.path.dirname(__file__)))
    assert printed.strip() in ("2 [1.0, 1.0, 1.0] 2", "1 [1.0, 1.0, 1.0] 1")


def test_without_threadpoolctl_and_tqdm(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "threadpoolctl", None)
    assert len(dl.random_search(smooth, SPACE, 3)) == 3
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match="progress=True needs the package tqdm"):
        dl.random_search(smooth, SPACE, progress=True)


def test_the_bar_shows_the_best_so_far(capsys):
    best = dl.random_search(smooth, SPACE, 10, progress=True).best_score
    shown = capsys.readouterr().err
    assert "10/10" in shown
    assert f"best {best:.4g}" in shown
