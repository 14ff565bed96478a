"""Whatever the library exports, or makes, can be pickled and copied, and then does the same.

A network is sent to workers with the function that starts its weights, and a schedule with it.
"""

import copy
import inspect
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
import registry
from fuzz import entry_points, run
from right_arguments import right

import dlcourse as dl
from dlcourse.search.texts import label

PUBLIC = {name: value for name, value in vars(dl).items() if name[0] != "_"}
NAMES = [name for name, value in PUBLIC.items() if not inspect.ismodule(value)]
WAYS = {
    "pickled": lambda x: pickle.loads(pickle.dumps(x)),
    "copied": copy.copy,
    "deep copy": copy.deepcopy,
}


def used(kind, name, thing):
    """What something of the registry computes."""
    rng = np.random.default_rng(0)
    if kind == "initializer":
        return thing(rng, (4, 4))
    if kind == "schedule":
        return [thing(t) for t in range(60)]
    if kind == "range":
        return [thing.sample(rng) for _ in range(9)]
    if kind == "loss":
        return thing(np.eye(3), registry.LOSSES[name].draw(rng, np.eye(3)))
    if kind == "layer":
        return dl.Sequential(thing, dtype=np.float64).forward(rng.normal(size=(5, 4)), train=True)
    w = np.ones(4)
    for _ in range(3):
        thing.step(w, rng.normal(size=4))
    return w


MADE = [(kind, name) for kind, cases in registry.KINDS.items() for name in cases]


def make(kind, name):
    case = registry.KINDS[kind][name]
    if kind == "loss":
        return getattr(dl, case.what)
    return case.make(4) if kind == "layer" else case.make()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "name"), MADE)
def test_what_is_made_does_the_same_afterwards(kind, name, way):
    again = WAYS[way](make(kind, name))
    np.testing.assert_equal(used(kind, name, again), used(kind, name, make(kind, name)))


@pytest.mark.parametrize("start", ["constant", "normal"])
def test_a_network_keeps_its_starting_function(start):
    init = make("initializer", start)
    again = WAYS["pickled"](dl.Sequential(dl.Linear(3, 2, init=init)))
    assert repr(again.layers[0].init) == repr(init)


def test_every_schedule_carries_the_one_that_follows():
    for name in registry.SCHEDULES:
        then = dl.warmup_lr(3, then=make("schedule", name))
        assert used("schedule", name, WAYS["pickled"](then)) == used("schedule", name, then)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_the_same_thing(name):
    assert WAYS["pickled"](PUBLIC[name]) is PUBLIC[name]


GENERATORS = {"minibatches", "replay"}  # Python pickles none
CALLS = [(name, f) for name, f, owner in entry_points() if not owner and name not in GENERATORS]


def scored(config, seed, epochs=1):
    return config["lr"]


def build(config, seed):
    return dl.Sequential(dl.Linear(3, 2), seed=seed)


# Where the fuzz has less than a right argument.
OWN = {
    "narrow": lambda: {"trials": dl.random_search(scored, {"lr": dl.LogUniform(0.1, 1)}, 9)},
    "objective_for": lambda: {"build": build, "optimizer": dl.Adam, "score": dl.accuracy},
    "successive_halving": lambda: {"objective": scored},
    "hyperband": lambda: {"objective": scored},
    "asha": lambda: {"objective": scored},
}


@pytest.mark.parametrize(("name", "function"), CALLS, ids=lambda v: v if type(v) is str else "")
def test_what_a_call_returns_can_be_pickled(name, function, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chosen = right(name, function, np.random.default_rng(0)) | OWN.get(name, dict)()
    result = run(function, chosen)
    for way in ("pickled", "deep copy"):
        again = WAYS[way](result)
        assert type(again) is type(result)
        assert label(again) == label(result)


def test_all_of_the_registry_comes_back_from_a_worker():
    """A worker that was started afresh knows nothing but the modules that it can import."""
    things = [make(kind, name) for kind, name in MADE]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = pool.submit(use_all, MADE, things).result(timeout=120)
    for (kind, name), result in zip(MADE, there, strict=True):
        np.testing.assert_equal(result, used(kind, name, make(kind, name)))


def use_all(names, things):
    return [used(*pair, thing) for pair, thing in zip(names, things, strict=True)]
