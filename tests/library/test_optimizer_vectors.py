"""lr and weight_decay as vectors: one number for each weight."""

import copy

import numpy as np
import pytest
from cases import OPTIMIZERS, same_bits, same_states
from walking import walk

import dlcourse as dl

N = 12


def with_vectors(name, dtype=np.float32, size=N, lr=0.02, decay=0.1):
    """The optimizer with a vector for both settings, other rates in its second half."""
    optimizer = OPTIMIZERS[name]()
    half = np.where(np.arange(size) < size // 2, 1, 0.5).astype(dtype)
    optimizer.lr, optimizer.weight_decay = dtype(lr) * half, dtype(decay) * half
    return optimizer


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_vector_of_one_number_is_that_number(name, dtype):
    for lr, decay in ((0.25, 0.0), (0.25, 0.5)):
        one, other = OPTIMIZERS[name](), OPTIMIZERS[name]()
        one.lr, one.weight_decay = lr, decay
        other.lr, other.weight_decay = np.full(N, lr, dtype), np.full(N, decay, dtype)
        w, u = np.linspace(-1, 1, N).astype(dtype), np.linspace(-1, 1, N).astype(dtype)
        np.testing.assert_allclose(
            walk(one, w, 20), walk(other, u, 20), rtol=50 * np.finfo(dtype).eps, atol=1e-7
        )
        assert u.dtype == dtype


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_half_goes_as_it_would_alone(name):
    both, parts = with_vectors(name), []
    w = walk(both, np.ones(N, np.float32), 10)
    for half, factor in ((slice(0, N // 2), 1.0), (slice(N // 2, N), 0.5)):
        alone, u = OPTIMIZERS[name](), np.ones(N, np.float32)
        alone.lr, alone.weight_decay = np.float32(0.02) * factor, np.float32(0.1) * factor
        parts.append(walk(alone, u, 10)[half])
    np.testing.assert_allclose(w, np.concatenate(parts), rtol=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_where_the_rate_is_zero_nothing_moves(name):
    optimizer = with_vectors(name)
    optimizer.lr = np.where(np.arange(N) % 2, 0, 0.1).astype(np.float32)
    w = walk(optimizer, np.ones(N, np.float32), 20)
    assert (w[1::2] == 1).all()
    assert (w[::2] != 1).all()


def _set_and_step(optimizer, which, value, w):
    setattr(optimizer, which, value)
    walk(optimizer, w, 1)


@pytest.mark.parametrize("which", ["lr", "weight_decay"])
@pytest.mark.parametrize(
    ("value", "error", "fragment"),
    [
        (np.full(N + 1, 0.1, np.float32), ValueError, "must be a number or like w"),
        (np.full((N, 1), 0.1, np.float32), ValueError, "must be a number or like w"),
        (np.full(N, 0.1), ValueError, "but got float64"),
        (np.full(N, -0.1, np.float32), ValueError, "must be at least 0 but got -0.1"),
        (np.full(N, np.nan, np.float32), ValueError, "NaN"),
        (np.full(N, np.inf, np.float32), ValueError, "infinite"),
        (np.ones(N, int), TypeError, "must hold floats"),
        ([0.1] * N, TypeError, "model.vector"),
        (np.nan, ValueError, "must be finite"),
        (-0.1, ValueError, "must be at least 0"),
        (10**400, ValueError, "1.8e308"),
        ("0.1", TypeError, "must be a number"),
        (True, TypeError, "must be a number"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(which, value, error, fragment):
    """At the latest by the next step, which then changes nothing."""
    optimizer, w = dl.AdamW(), np.ones(N, np.float32)
    walk(optimizer, w, 2)
    before, slots = w.copy(), optimizer.state_dict()
    with pytest.raises(error, match=fragment):
        _set_and_step(optimizer, which, value, w)
    assert same_bits(w, before)
    for slot in ("t", "m", "v"):
        assert same_bits(optimizer.state_dict()[slot], slots[slot])


def test_a_rate_of_nothing_at_the_beginning_is_refused():
    with pytest.raises(ValueError, match="above 0 somewhere"):
        dl.Adam(lr=np.zeros(3))


def test_a_vector_is_copied_so_that_nobody_changes_it_from_outside():
    vector = np.full(N, 0.5)
    optimizer = dl.SGD(vector)
    vector[...] = np.nan
    w = np.ones(N)
    optimizer.step(w, np.ones(N))
    assert (w == 0.5).all()


def test_numbers_of_numpy_do_not_widen():
    for lr in (np.float64(0.1), np.float32(0.1), np.array(0.1), np.int64(1)):
        optimizer = dl.Adam(lr=lr)
        optimizer.lr = lr
        assert type(optimizer.lr) is float


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_state_and_copies_keep_vectors(name):
    optimizer, w = with_vectors(name), np.ones(N, np.float32)
    walk(optimizer, w, 3)
    twin, u = copy.deepcopy(optimizer), w.copy()
    loaded, v = with_vectors(name, lr=0.7), w.copy()
    loaded.load_state_dict(optimizer.state_dict(), like=v)
    for other, x in ((twin, u), (loaded, v)):
        assert same_bits(walk(copy.deepcopy(optimizer), w.copy(), 3), walk(other, x, 3))
    assert same_states(twin.state_dict(), loaded.state_dict())


def network_and_vectors():
    model = dl.Sequential(dl.Linear(2, 6), dl.ReLU(), dl.Linear(6, 2))
    rates = np.linspace(0.01, 0.1, model.theta.size).astype(np.float32)
    rates[:4] = 0
    return model, dl.AdamW(lr=rates, weight_decay=rates[::-1])


@pytest.mark.parametrize("schedule", [None, dl.cosine_lr(40), dl.warmup_lr(3)])
def test_fit_multiplies_a_vector_with_its_schedule(schedule):
    """As if every step had been given the product; afterwards the vector is as it was."""
    data = dl.moons(60)
    model, optimizer = network_and_vectors()
    rates, frozen = optimizer.lr.copy(), model.theta[:4].copy()
    history = dl.fit(
        model, data, optimizer=optimizer, epochs=3, batch_size=20, schedule=schedule, seed=2
    )
    other, by_hand = network_and_vectors()
    stream, f = dl.streams(2).data, schedule or dl.constant_lr()
    for _ in range(3):
        for x, y in dl.minibatches(*data, 20, stream):
            _, dz = dl.softmax_cross_entropy(other.forward(x, train=True), y)
            other.backward(dz)
            by_hand.lr = rates * f(by_hand.t)
            by_hand.step(other.theta, other.grad)
    assert same_bits(model.theta, other.theta)
    assert same_bits(optimizer.lr, rates)
    assert np.array_equal(model.theta[:4], frozen)
    assert np.allclose(history.lr, rates.mean())


def test_an_interrupted_run_with_vectors_ends_with_the_same_bits(tmp_path):
    def run(epochs, path):
        model, optimizer = network_and_vectors()
        settings = {"batch_size": 20, "schedule": dl.cosine_lr(40), "checkpoint": path}
        dl.fit(model, dl.moons(60), optimizer=optimizer, epochs=epochs, **settings)
        return model, optimizer

    path = tmp_path / "run.npz"
    run(2, path)
    model, optimizer = run(5, path)
    expected, alone = run(5, None)
    assert same_states(model.state_dict(), expected.state_dict())
    assert same_states(optimizer.state_dict(), alone.state_dict())
    other, changed = network_and_vectors()
    changed.lr = changed.lr[::-1]
    with pytest.raises(ValueError, match="another run, AdamW.*checksum"):
        dl.fit(other, dl.moons(60), optimizer=changed, epochs=5, batch_size=20, checkpoint=path)


def test_no_decay_for_biases_and_a_rate_by_width():
    """What vectors are for, in the words of a reader."""
    model = dl.Sequential(dl.Linear(2, 6), dl.LayerNorm(6), dl.ReLU(), dl.Linear(6, 2))
    decay = model.vector(lambda layer, name, array: 0.5 if name == "W" else 0)
    rates = model.vector(lambda layer, name, array: 0.1 / len(array) if name == "W" else 0.1)
    optimizer, before = dl.AdamW(lr=rates, weight_decay=decay), model.theta.copy()
    optimizer.step(model.theta, np.zeros_like(model.theta))  # only the decay
    np.testing.assert_allclose(model.theta, (1 - rates * decay) * before, rtol=1e-6)
    assert (model.theta == before)[decay == 0].all()
    history = dl.fit(model, dl.moons(60), optimizer=optimizer, epochs=30, batch_size=20)
    assert history.loss[-1] < history.loss[0]
