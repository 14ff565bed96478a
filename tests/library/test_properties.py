"""What holds for every layer, loss and optimizer, whatever the batch (hypothesis)."""

import numpy as np
import pytest
import registry
from cases import LAYERS, OPTIMIZERS, same_bits
from hypothesis import given, settings
from hypothesis import strategies as st

import dlcourse as dl

dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**31)
quick = settings(max_examples=25, deadline=None, derandomize=True)


def drawn(seed, shape, dtype, scale=3.0):
    return (scale * np.random.default_rng(seed).normal(size=shape)).astype(dtype)


@pytest.mark.parametrize("train", [False, True])
@pytest.mark.parametrize("name", LAYERS)
@quick
@given(N=st.integers(1, 20), n=st.integers(1, 8), dtype=dtypes, seed=seeds)
def test_layer(name, train, N, n, dtype, seed):
    if train and registry.LAYERS[name].mixes:
        N += 1
    model = dl.Sequential(LAYERS[name](n), seed=seed, dtype=dtype)
    x = drawn(seed, (N, n), dtype)
    x_before = x.copy()
    y = model.forward(x, train=train)
    assert y.dtype == dtype
    assert len(y) == N
    assert same_bits(x, x_before), "forward changed x"
    if train:
        dy = drawn(seed + 1, y.shape, dtype)
        dy_before, y_before, theta = dy.copy(), y.copy(), model.theta.copy()
        dx = model.backward(dy, input_gradient=True)
        assert dx.dtype == dtype
        assert dx.shape == x.shape
        for before, after in ((x_before, x), (dy_before, dy), (y_before, y)):
            assert same_bits(before, after), "backward changed x, y or dy"
        assert same_bits(theta, model.theta)
    for w, g in model.parameters().values():
        assert w.dtype == g.dtype == dtype
        assert np.shares_memory(w, model.theta)
        assert np.shares_memory(g, model.grad)
    for layer in model.layers:
        assert all(getattr(layer, key).dtype == dtype for key in layer.state)


@pytest.mark.parametrize("name", LAYERS)
@quick
@given(N=st.integers(2, 12), n=st.integers(1, 6), dtype=dtypes, seed=seeds)
def test_same_seed_same_bits(name, N, n, dtype, seed):
    x = drawn(seed, (N, n), dtype)
    results = []
    for _ in range(2):
        model = dl.Sequential(LAYERS[name](n), seed=seed, dtype=dtype)
        y = model.forward(x, train=True)
        model.backward(np.ones_like(y))
        results.append((model.theta, y, model.grad, model.forward(x)))
    assert all(same_bits(a, b) for a, b in zip(*results, strict=True))


@pytest.mark.parametrize("name", [n for n, case in registry.LAYERS.items() if not case.mixes])
@quick
@given(N=st.integers(2, 12), n=st.integers(1, 6), seed=seeds)
def test_inference_treats_every_row_alone(name, N, n, seed):
    model = dl.Sequential(LAYERS[name](n), dtype=np.float64)
    x = drawn(seed, (N, n), np.float64)
    alone = np.concatenate([model.forward(row[None, :]) for row in x])
    np.testing.assert_allclose(model.forward(x), alone, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(model.predict(x, batch_size=3), alone, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", registry.LOSSES)
@quick
@given(N=st.integers(1, 20), C=st.integers(1, 8), dtype=dtypes, seed=seeds)
def test_loss(name, N, C, dtype, seed):
    case, z = registry.LOSSES[name], drawn(seed, (N, C), dtype)
    y = case.draw(np.random.default_rng(seed), z)
    z_before, y_before = z.copy(), y.copy()
    value, dz = case.make()(z, y)
    assert type(value) is float
    assert value >= 0
    assert dz.dtype == dtype
    assert dz.shape == z.shape
    assert same_bits(z, z_before)
    assert same_bits(y, y_before)


@pytest.mark.parametrize("name", OPTIMIZERS)
@quick
@given(
    shape=st.lists(st.integers(1, 5), min_size=1, max_size=3).map(tuple),
    dtype=dtypes,
    seed=seeds,
)
def test_optimizer(name, shape, dtype, seed):
    optimizers = OPTIMIZERS[name](), OPTIMIZERS[name]()
    ws = drawn(seed, shape, dtype), drawn(seed, shape, dtype)
    moved = False
    for step in range(8):
        g = drawn(seed + step, shape, dtype)
        g_before = g.copy()
        for optimizer, w in zip(optimizers, ws, strict=True):
            optimizer.step(w, g)
        assert same_bits(g, g_before), "step changed g"
        moved |= not np.array_equal(ws[0], drawn(seed, shape, dtype))
    assert same_bits(*ws)
    assert ws[0].dtype == dtype
    assert moved, "no step changed w"
    for slot in optimizers[0].slots:
        assert getattr(optimizers[0], slot).dtype == dtype, slot
        assert getattr(optimizers[0], slot).shape == shape, slot


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer_steps_a_view_in_place(name):
    """A column of a matrix is not contiguous; it is stepped like a copy of it."""
    matrix = drawn(0, (6, 4), np.float64)
    others, column = matrix[:, 1:].copy(), matrix[:, 0].copy()
    one, other = OPTIMIZERS[name](), OPTIMIZERS[name]()
    for step in range(8):
        g = drawn(step, (6, 2), np.float64)
        one.step(matrix[:, 0], g[:, 1])
        other.step(column, g[:, 1].copy())
    assert same_bits(matrix[:, 0].copy(), column)
    assert same_bits(matrix[:, 1:].copy(), others)


@quick
@given(n=st.integers(1, 40), batch_size=st.integers(1, 50), seed=seeds)
def test_minibatches_show_every_example_once(n, batch_size, seed):
    x, y = np.arange(n, dtype=np.float32)[:, None], np.arange(n)
    batches = list(dl.minibatches(x, y, batch_size, np.random.default_rng(seed)))
    assert all(len(b) == batch_size for _, b in batches[:-1])
    assert sorted(np.concatenate([b for _, b in batches])) == list(range(n))
    assert all(np.array_equal(a[:, 0], b) for a, b in batches)


def test_the_global_random_state_is_never_touched():
    np.random.seed(12345)  # noqa: NPY002
    before = np.random.get_state()  # noqa: NPY002
    x, y = dl.moons(60)
    dl.spirals(30), dl.regression(30), dl.mnist(20, 20)
    layers = (dl.Dropout(0.2), dl.Linear(2, 8), dl.BatchNorm(8), dl.PReLU(), dl.Linear(8, 2))
    model = dl.Sequential(*layers)
    dl.fit(model, (x, y), valid=(x, y), optimizer=dl.Adam(), epochs=2)
    dl.check_gradients(model, x[:5])
    dl.monte_carlo(model, x, 3), dl.subnetworks(model, x), model.state_dict()
    after = np.random.get_state()  # noqa: NPY002
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
