"""Copies, workers and saved states: an optimizer goes on with the array it is given then."""

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from cases import OPTIMIZERS, same_bits, same_states
from walking import N, everything, refused, start, walk

import dlcourse as dl

COPIES = {
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    "pickle": lambda x: pickle.loads(pickle.dumps(x)),
}


@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_copy_goes_on_with_a_copy_of_the_array(name, how):
    """Both go the same way from there, and neither touches the other's memory."""
    optimizer, w = OPTIMIZERS[name](), start(np.float32)
    walk(optimizer, w, 5)
    twin, u = COPIES[how](optimizer), w.copy()
    walk(twin, u, 5, first=5)
    assert optimizer.t == 5
    assert not np.array_equal(w, u)
    walk(optimizer, w, 5, first=5)
    assert same_bits(w, u)
    assert same_states(optimizer.state_dict(), twin.state_dict())
    refused(twin, w, start(np.float32), ValueError, "another array")


@pytest.mark.parametrize("how", [copy.deepcopy, COPIES["pickle"]])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_network_and_optimizer_copied_together_go_on_alike(name, how):
    def build():
        return dl.Sequential(dl.Linear(2, 4), dl.Dropout(0.2), dl.ReLU(), dl.Linear(4, 2))

    data, model, optimizer = dl.moons(40), build(), OPTIMIZERS[name]()
    dl.fit(model, data, optimizer=optimizer, epochs=2)
    twin, its_own = how((model, optimizer))
    before = model.theta.copy()
    dl.fit(twin, data, optimizer=its_own, epochs=2)
    assert same_bits(model.theta, before), "the original does not move"
    dl.fit(model, data, optimizer=optimizer, epochs=2)
    assert same_bits(model.theta, twin.theta)
    assert same_states(optimizer.state_dict(), its_own.state_dict())
    with pytest.raises(ValueError, match="another array"):
        dl.fit(twin, data, optimizer=optimizer, epochs=1)


def train_here(optimizer, w):
    return walk(optimizer, w, 5), optimizer


def test_an_optimizer_that_comes_back_from_a_worker_goes_on():
    optimizer, w, u = dl.Adam(), start(), start()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        w, optimizer = pool.submit(train_here, optimizer, w).result(timeout=60)
    here = dl.Adam()
    assert same_bits(walk(optimizer, w, 5, first=5), walk(here, u, 10))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_loaded_state_belongs_to_the_array_that_it_was_loaded_for(name):
    optimizer, w = OPTIMIZERS[name](), start()
    walk(optimizer, w, 4)
    used, u = OPTIMIZERS[name](), w.copy()
    walk(used, start(seed=9), 7)  # it belonged to another array before
    used.load_state_dict(optimizer.state_dict(), like=u)
    assert same_bits(walk(used, u, 3, first=4), walk(optimizer, w, 3, first=4))
    refused(used, w, start(), ValueError, "another array")


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        ({"t": np.array(-1)}, "saved t must be at least 0"),
        ({"t": np.array(1.5)}, "saved t must be a whole number"),
        ({"t": np.array([1, 2])}, "saved t must be a whole number"),
        ({"lr": np.array(np.nan)}, "saved lr must be finite"),
        ({"lr": np.ones(5)}, "the saved lr is float64 of shape"),
        ({"m": np.ones(5)}, "the saved m is float64 of shape"),
        ({"v": np.ones(N, np.float32)}, "the saved v is float32"),
        ({"w": np.ones(N)}, "not known"),
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(change, fragment):
    optimizer, w = dl.Adam(), start()
    walk(optimizer, w, 3)
    before = everything(optimizer)
    with pytest.raises((TypeError, ValueError), match=fragment):
        optimizer.load_state_dict(optimizer.state_dict() | change, like=w)
    assert everything(optimizer) == before
    walk(optimizer, w, 1)
