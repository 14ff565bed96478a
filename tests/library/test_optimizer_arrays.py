"""An optimizer belongs to one array: every other use is refused."""

import numpy as np
import pytest
from cases import OPTIMIZERS, same_bits, same_states
from walking import N, refused, start, walk

import dlcourse as dl

OTHERS = {
    "of the same shape": lambda w: w.copy(),
    "turned round": lambda w: w[::-1],
    "shifted": lambda w: np.concatenate([w, w])[2 : 2 + N],
    "a copy that took its place": lambda w: np.clip(w, -0.5, 0.5),
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_another_array_is_refused(name, other):
    optimizer, w = OPTIMIZERS[name](), start()
    walk(optimizer, w, 3)
    refused(optimizer, OTHERS[other](w), start(), ValueError, "another array", "deepcopy")
    walk(optimizer, w, 1)  # its own one goes on
    assert optimizer.t == 4


def test_a_square_matrix_and_its_transpose_are_not_one_array():
    optimizer, w = dl.Adam(), np.ones((3, 3))
    optimizer.step(w, w + 1)
    refused(optimizer, w.T, w + 1, ValueError, "another array")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_any_view_of_the_same_memory_is_the_same_array(name):
    one, other, w, u = OPTIMIZERS[name](), OPTIMIZERS[name](), start(), start()
    matrix = w.reshape(2, 3)
    for t in range(5):
        g = start(seed=t)
        one.step(matrix.ravel() if t % 2 else w[:], g)
        other.step(u, g)
    assert same_bits(w, u)


def test_a_freed_array_whose_place_is_taken_again_fools_nobody():
    optimizer = dl.Adam()
    for _ in range(50):
        try:
            optimizer.step(np.zeros(N), np.ones(N))  # NumPy gives the same memory again
        except ValueError:
            break
    assert optimizer.t == 1


def test_the_array_may_be_chosen_anew_before_the_first_step():
    optimizer = dl.Adam()
    for w in (np.ones(2), np.ones(3, np.float32), np.ones(4)):
        optimizer.bind(w)
    optimizer.step(w, np.ones(4))
    with pytest.raises(ValueError, match="make a new optimizer for each array"):
        optimizer.bind(np.ones(5))


def grown(w):
    w.resize(2 * N, refcheck=False)
    return w


def read_only(w):
    w.flags.writeable = False
    return w


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("begun", [False, True])
def test_a_step_that_cannot_be_made_changes_nothing(name, begun):
    def fresh():
        optimizer, w = OPTIMIZERS[name](), start()
        return optimizer, walk(optimizer, w, 3 * begun)

    optimizer, w = fresh()
    refused(optimizer, w, w.astype(np.float32), ValueError, "g must be like w")
    refused(optimizer, w, list(w), TypeError, "g must be a NumPy array")
    refused(optimizer, read_only(w), start(), ValueError, "read-only")
    optimizer, w = fresh()
    if begun:
        refused(optimizer, grown(w), np.ones(2 * N), ValueError, "(6,)", "(12,)", "new optimizer")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_gradient_that_shares_memory_with_the_weights_is_read_before_they_change(name):
    """In a valley of height w**2 / 2 the gradient is w itself."""
    for view in (lambda w: w, lambda w: w[:], lambda w: w[::-1]):
        one, other, w, u = OPTIMIZERS[name](), OPTIMIZERS[name](), start(), start()
        one.weight_decay = other.weight_decay = 0.3
        for _ in range(6):
            one.step(w, view(w))
            other.step(u, view(u).copy())
        assert same_bits(w, u)


def test_columns_of_one_matrix_share_no_memory():
    matrix = np.arange(8.0).reshape(4, 2)
    dl.SGD(0.5).step(matrix[:, 0], matrix[:, 1])
    assert matrix[:, 0].tolist() == [-0.5, 0.5, 1.5, 2.5]


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble, ">f4", ">f8"])
def test_other_floats_are_refused(dtype):
    w = np.ones(3).astype(dtype)
    refused(dl.Adam(), w, w.copy(), TypeError, "float32 or float64", "astype")


def test_an_eps_that_the_dtype_rounds_to_nothing_is_refused():
    for cls in (dl.Adagrad, dl.RMSprop, dl.Adadelta, dl.Adam, dl.AdamW, dl.RAdam):
        w = np.ones(2, np.float32)
        refused(cls(eps=1e-50), w, np.zeros_like(w), ValueError, "eps=1e-50", "float32")
        cls(eps=1e-50).step(np.ones(2), np.zeros(2))


def test_fit_refuses_a_second_network_and_goes_on_with_the_first():
    """The loop over seeds that trained its first network only."""
    data, optimizer = dl.moons(40), dl.Momentum(0.1)
    models = [dl.Sequential(dl.Linear(2, 4), dl.ReLU(), dl.Linear(4, 2), seed=s) for s in (0, 1)]
    dl.fit(models[0], data, optimizer=optimizer, epochs=2)
    before = models[1].state_dict()
    with pytest.raises(ValueError, match="make a new optimizer for each array or network"):
        dl.fit(models[1], data, optimizer=optimizer, epochs=2)
    assert same_states(models[1].state_dict(), before)
    dl.fit(models[0], data, optimizer=optimizer, epochs=2)
    assert optimizer.t == 4
