"""Whatever an objective raises or returns marks its trial, wherever it runs; Ctrl-C does not."""

import asyncio
import pickle
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import loky
import numpy as np
import pytest
from search_objectives import SPACE, same, smooth

import dlcourse as dl


class NoText(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class ExitsAsText(Exception):
    def __str__(self):
        raise SystemExit(3)


class NotEvenText(Exception):
    def __str__(self):
        return 3


class Base(BaseException):
    pass


class TwoArguments(Exception):
    def __init__(self, a, b):
        super().__init__(f"{a} and {b}")


RAISED = {
    "ValueError: no": partial(ValueError, "no"),
    "NoText, whose text cannot be shown": NoText,
    "ExitsAsText, whose text cannot be shown": ExitsAsText,
    "NotEvenText, whose text cannot be shown": NotEvenText,
    "Base: all": partial(Base, "all"),
    "TwoArguments: 1 and 2": partial(TwoArguments, 1, 2),
    "CancelledError": asyncio.CancelledError,
    "GeneratorExit": GeneratorExit,
    "SystemExit: 3": partial(SystemExit, 3),
    "StopIteration": StopIteration,
    "BaseExceptionGroup: some (1 sub-exception)": partial(BaseExceptionGroup, "some", [Base()]),
    "MemoryError": MemoryError,
    "ValueError: \udcff": partial(ValueError, "\udcff"),
}


class Raises:
    """Raises one exception after the other, and then scores."""

    def __init__(self, kinds):
        self.kinds = kinds

    def __call__(self, config, seed):
        if config["i"] < len(self.kinds):
            raise self.kinds[config["i"]]()
        return 1.0


@pytest.fixture(params=["here", "threads", "processes", "spawn", "loky", "Dask", "limited"])
def where(request):
    """Keyword arguments of a search."""
    name = request.param
    if name == "here":
        yield {}
    elif name == "loky":
        yield {"executor": loky.get_reusable_executor(2)}
    elif name == "Dask":
        import dask
        from distributed import Client, LocalCluster

        with (
            dask.config.set({"distributed.worker.daemon": True}),
            LocalCluster(1, threads_per_worker=1, dashboard_address=":0") as cluster,
            Client(cluster) as client,
        ):
            yield {"executor": client.get_executor()}
    else:
        make = {
            "threads": ThreadPoolExecutor,
            "spawn": partial(ProcessPoolExecutor, mp_context=get_context("spawn")),
        }
        with make.get(name, ProcessPoolExecutor)(2) as pool:
            yield {"executor": pool} | ({"timeout": 60} if name == "limited" else {})


def test_whatever_is_raised_marks_its_trial(where, tmp_path):
    kinds = list(RAISED.values())
    space = {"i": dl.Choice(list(range(len(kinds) + 1)))}
    path = tmp_path / "search.jsonl"
    trials = dl.random_search(Raises(kinds), space, 60, journal=path, **where)
    expected = [*RAISED, None]
    assert [expected[config["i"]] for config in trials.configs] == trials.errors
    assert len(set(trials.errors)) == len(expected)
    assert same(dl.random_search(Raises(kinds), space, 60, journal=path), trials)


def interrupts(config, seed):
    if config["x"] > 0.8:
        raise KeyboardInterrupt
    return smooth(config, seed)


def test_a_keyboard_interrupt_of_a_worker_marks_its_trial_which_runs_again(where, tmp_path):
    if not where:  # in this process it is Ctrl-C
        with pytest.raises(dl.Interrupted):
            dl.random_search(interrupts, SPACE, 12)
        return
    path = tmp_path / "search.jsonl"
    trials = dl.random_search(interrupts, SPACE, 12, journal=path, **where)
    marked = [error == "interrupted: KeyboardInterrupt" for error in trials.errors]
    assert marked == [config["x"] > 0.8 for config in trials.configs]
    assert len(path.read_text().splitlines()) == 13 - sum(marked) < 13


MASKED = {
    "masked": np.ma.masked,
    "masked array": np.ma.array(3.0, mask=True),
    "None": None,
    "array": np.ones(2),
    "complex": 1j,
    "text": "1",
    "bool": True,
}


@pytest.mark.parametrize("kind", MASKED)
def test_what_is_no_number_is_no_score(kind):
    trials = dl.random_search(lambda c, s: MASKED[kind] if c["x"] < 0.5 else 1, SPACE, 9)
    for config, error, score in zip(trials.configs, trials.errors, trials.scores, strict=True):
        assert (error or "").startswith("the objective returned no number") == (config["x"] < 0.5)
        assert np.isnan(score) == (config["x"] < 0.5)
    assert dl.random_search(lambda c, s: np.ma.array(3.0, mask=False), SPACE, 1).best_score == 3


def test_a_worker_that_cannot_find_the_objective_is_told_of_cloudpickle(monkeypatch):
    from dlcourse.search import remote, workers

    monkeypatch.setattr(workers, "pickler", lambda: pickle)
    monkeypatch.setitem(sys.modules, "only_here", sys.modules[__name__])
    monkeypatch.setattr(smooth_here, "__module__", "only_here")
    assert remote.pack is workers.pack
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        pytest.raises(RuntimeError, match="could not unpickle.*or install cloudpickle .loky"),
    ):
        dl.random_search(smooth_here, SPACE, 2, executor=pool)


def smooth_here(config, seed):
    return smooth(config, seed)
