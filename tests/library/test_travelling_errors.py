"""Errors arrive: what a worker raises comes out in the parent, with all that it carries."""

import concurrent.futures
import copy
import importlib
import inspect
import multiprocessing
import pickle
import pkgutil
import traceback

import numpy as np
import pytest

import dlcourse as dl


def diverge(*_):
    """A run that diverges in its third epoch."""
    model = dl.Sequential(dl.Linear(2, 4), dl.ReLU(), dl.Linear(4, 2))

    def poison(epoch, model, history):
        if epoch == 1:
            model.theta[0] = np.inf

    dl.fit(model, dl.moons(40), optimizer=dl.SGD(0.1), epochs=5, on_epoch=poison)


def raised():
    with pytest.raises(dl.Diverged) as caught:
        diverge()
    return caught.value


def check(error):
    expected = raised()
    assert type(error) is dl.Diverged
    assert str(error) == str(expected)
    assert error.epoch == 2
    assert error.history.loss.tolist() == expected.history.loss.tolist()
    assert len(error.history) == 2


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(protocol):
    error = pickle.loads(pickle.dumps(raised(), protocol))
    check(error)
    check(pickle.loads(pickle.dumps(error, protocol)))


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy])
def test_copy(way):
    check(way(raised()))


def test_notes_and_own_attributes_travel():
    error = raised()
    error.add_note("seed 3")
    error.config = {"lr": 0.1}
    error = pickle.loads(pickle.dumps(error))
    assert (error.__notes__, error.config) == (["seed 3"], {"lr": 0.1})


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_pool_of_processes(method):
    """It used to hang for ever: the result thread died of the error's own error."""
    with multiprocessing.get_context(method).Pool(1) as pool:
        with pytest.raises(dl.Diverged) as caught:
            pool.apply_async(diverge).get(timeout=60)
        check(caught.value)
        assert pool.apply_async(int, (7,)).get(timeout=60) == 7, "the pool lives on"


def test_an_executor_of_processes():
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        with pytest.raises(dl.Diverged) as caught:
            pool.submit(diverge).result(timeout=60)
        check(caught.value)
        assert pool.submit(int, 7).result(timeout=60) == 7


def test_loky():
    loky = pytest.importorskip("loky")
    with loky.ProcessPoolExecutor(1) as pool:
        with pytest.raises(dl.Diverged) as caught:
            pool.submit(diverge).result(timeout=60)
        check(caught.value)
        assert pool.submit(int, 7).result(timeout=60) == 7


def exceptions():
    """Every exception class that the package defines."""
    found = set()
    for module in pkgutil.walk_packages(dl.__path__, "dlcourse."):
        try:
            members = vars(importlib.import_module(module.name)).values()
        except ImportError:  # an extra that is not installed
            continue
        found |= {m for m in members if isinstance(m, type) and issubclass(m, BaseException)}
    return sorted(
        (c for c in found if c.__module__.startswith("dlcourse")), key=lambda c: c.__name__
    )


def test_every_exception_keeps_pickle_s_one_rule():
    """``type(error)(*error.args)`` must make it again, for it is what pickle does."""
    assert dl.Diverged in exceptions()
    for cls in exceptions():
        if cls.__name__ == "Interrupted":
            continue  # travels in tests/library/test_search_*.py
        if cls.__init__ is Exception.__init__:
            continue  # takes any arguments, and keeps them
        needed = inspect.signature(cls).parameters.values()
        needed = [p.name for p in needed if p.kind < 2 and p.default is p.empty]
        error = cls(*(f"{name}: what was wrong" for name in needed or ["message"]))
        error.more = {"kept": np.arange(3)}
        back = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back), sorted(vars(back))) == (cls, str(error), sorted(vars(error)))
        assert back.more["kept"].tolist() == [0, 1, 2]
        assert "".join(traceback.format_exception_only(back))
