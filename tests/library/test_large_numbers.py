"""Norms where squares overflow, and sums over millions of rows."""

import numpy as np
import pytest

import dlcourse as dl

NORMS = {"BatchNorm": dl.BatchNorm, "LayerNorm": dl.LayerNorm, "RMSNorm": dl.RMSNorm}
# dtype -> sizes: the middle ones are where squares of entries begin to overflow
SIZES = {
    np.float32: [1e15, 1e18, 1e19, 3e19, 1e20, 1e30, 3e37],
    np.float64: [1e100, 1e153, 1e154, 1e155, 1e200, 1e300, 1e307],
}
CASES = [(dtype, size) for dtype, sizes in SIZES.items() for size in sizes]


def column(rng, rows, n, dtype):
    return rng.uniform(-1, 1, size=(rows, n)).astype(dtype)


@pytest.mark.parametrize(("dtype", "size"), CASES)
@pytest.mark.parametrize("name", NORMS)
def test_a_norm_of_large_numbers_is_that_of_small_ones(name, dtype, size):
    """A power of two changes neither outputs nor, but for its own factor, gradients."""
    power = int(np.log2(size))
    x = column(np.random.default_rng(0), 8, 5, dtype) * 2
    dy = column(np.random.default_rng(1), 8, 5, dtype)
    found = []
    for factor in (40, power):
        layer = NORMS[name](5)
        model = dl.Sequential(layer, dtype=dtype)
        y = model.forward(np.ldexp(x, factor), train=True)
        dx = model.backward(dy, input_gradient=True)
        found.append((y, model.grad.copy(), np.ldexp(dx, factor)))
    for small, large in zip(*found, strict=True):
        assert small.dtype == large.dtype == dtype
        np.testing.assert_allclose(large, small, rtol=1e-4, atol=1e-5)
    assert np.abs(found[1][0]).max() > 0.5, "not zeros"


@pytest.mark.parametrize("name", NORMS)
@pytest.mark.parametrize("dtype", SIZES)
def test_only_what_overflows_is_large(name, dtype):
    """Columns and rows of every size side by side, constant ones among them."""
    x = column(np.random.default_rng(0), 6, 6, np.float64)
    powers = np.array(
        [-100, 0, 10, 63, 66, 120] if dtype == np.float32 else [-900, 0, 5, 511, 600, 1020]
    )
    x = np.ldexp(x, powers) if name == "BatchNorm" else np.ldexp(x, powers[:, None])
    if name == "BatchNorm":
        x[:, 3] = x[0, 3]
    elif name == "LayerNorm":
        x[3] = x[3, 0]
    x = x.astype(dtype)
    axis = 0 if name == "BatchNorm" else 1
    wide = x.astype(np.longdouble)
    mean = 0 if name == "RMSNorm" else wide.mean(axis=axis, keepdims=True)
    eps = np.finfo(dtype).eps if name == "RMSNorm" else 1e-5
    exact = (wide - mean) / np.sqrt(((wide - mean) ** 2).mean(axis=axis, keepdims=True) + eps)
    model = dl.Sequential(NORMS[name](6), dtype=dtype)
    y = model.forward(x, train=True)
    assert np.isfinite(y).all()
    same = np.ones_like(y, bool)
    if name != "RMSNorm":  # a constant may differ from its mean by rounding: any value is right
        same[(slice(None), 3) if name == "BatchNorm" else 3] = False
    np.testing.assert_allclose(y[same], exact[same].astype(dtype), rtol=1e-4, atol=1e-5)
    dx = model.backward(np.ones_like(y), input_gradient=True)
    assert np.isfinite(dx).all()
    assert np.isfinite(model.grad).all()


def test_running_statistics_follow_pytorch_into_infinity():
    x, y = dl.moons(200)
    x = (x * np.float32(1e20)).astype(np.float32)
    for momentum in (0.1, 1.0):
        layer = dl.BatchNorm(2, momentum=momentum)
        model = dl.Sequential(layer, dl.Linear(2, 2))
        for _ in range(3):
            assert np.isfinite(model.forward(x, train=True)).all()
        assert np.isfinite(layer.running_mean).all()
        assert np.isposinf(layer.running_var).all()
        assert np.isfinite(model.predict(x)).all()
        np.testing.assert_allclose(layer.running_mean, x.mean(axis=0), rtol=0.8)


def test_training_on_large_features_works():
    x, y = dl.moons(200)
    x = (x * np.float32(1e20)).astype(np.float32)
    model = dl.Sequential(dl.BatchNorm(2), dl.Linear(2, 16), dl.ReLU(), dl.Linear(16, 2))
    history = dl.fit(model, (x, y), optimizer=dl.Adam(0.01), epochs=10, batch_size=20)
    assert history.loss[-1] < 0.5 * history.loss[0]


@pytest.mark.parametrize("name", NORMS)
def test_infinite_and_nan_inputs_do_not_become_numbers(name):
    for bad in (np.inf, np.nan):
        x = column(np.random.default_rng(0), 6, 4, np.float32)
        x[2, 1] = bad
        y = dl.Sequential(NORMS[name](4)).forward(x, train=True)
        touched = y[:, 1] if name == "BatchNorm" else y[2]
        assert np.isnan(touched).any()


MANY = 3_000_000


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((MANY, 2), dtype=np.float32)  # two columns: one is summed in pairs
    x += np.float32(100)
    return x


def test_batch_norm_over_millions_of_rows(many):
    layer = dl.BatchNorm(2, momentum=1.0)
    y = dl.Sequential(layer).forward(many, train=True).astype(np.float64)
    exact = many.astype(np.float64)
    np.testing.assert_allclose(layer.running_mean, exact.mean(axis=0), rtol=1e-6)
    np.testing.assert_allclose(layer.running_var, exact.var(axis=0, ddof=1), rtol=1e-5)
    assert np.abs(y.mean(axis=0)).max() < 1e-4
    np.testing.assert_allclose(y.std(axis=0), 1, rtol=1e-4)


@pytest.mark.parametrize(
    "name", ["Linear", "BatchNorm", "LayerNorm", "RMSNorm", "PReLU", "PReLU 1"]
)
def test_gradients_over_millions_of_rows(name, many):
    """Each sum over the rows, against float64."""
    n = 2
    x, dy = many[: MANY // 2] - 99, many[MANY // 2 :] * [1, 0.3]
    make = {
        "Linear": lambda: dl.Linear(n, n),
        "PReLU": lambda: dl.PReLU(n),
        "PReLU 1": lambda: dl.PReLU(),
    }.get(name, lambda: NORMS[name](n))
    grads = []
    for dtype in (np.float32, np.float64):
        model = dl.Sequential(make(), seed=0, dtype=dtype)
        model.forward(x.astype(dtype), train=True)
        model.backward(dy.astype(dtype))
        grads.append(model.grad.astype(np.float64))
    scale = np.abs(grads[1]).max()
    np.testing.assert_allclose(grads[0], grads[1], rtol=2e-4, atol=1e-6 * scale)


def test_losses_over_millions_of_rows(many):
    z, labels = many, np.arange(MANY) % 2
    for loss, target in ((dl.softmax_cross_entropy, labels), (dl.mean_squared_error, z * 0)):
        found, dz = loss(z, target)
        exact, dz_exact = loss(z.astype(np.float64), target)
        assert found == pytest.approx(exact, rel=1e-5)
        np.testing.assert_allclose(dz, dz_exact, rtol=1e-3, atol=1e-12)
        found, _ = loss(np.asfortranarray(z), target)
        assert found == pytest.approx(exact, rel=1e-5)


def test_plain_sums_would_fail(many):
    """The control: NumPy's own sum of a column."""
    plain, exact = many.sum(axis=0), many.sum(axis=0, dtype=np.float64)
    assert np.abs(plain / exact - 1).max() > 1e-3


@pytest.mark.parametrize("rows", [1, 2, 1023, 1024, 1025, 2048, 5000])
def test_pieces_give_the_sum(rows):
    from dlcourse._statistics import column_products, column_sums

    x, y = np.random.default_rng(rows).normal(size=(2, rows, 3))
    np.testing.assert_allclose(column_sums(x), x.sum(axis=0), rtol=1e-10)
    np.testing.assert_allclose(column_products(x, y), (x * y).sum(axis=0), rtol=1e-10, atol=1e-12)
    out = np.empty(3)
    assert column_sums(x, out=out) is out
    np.testing.assert_allclose(out, x.sum(axis=0), rtol=1e-10)


@pytest.mark.parametrize("dtype", SIZES)
@pytest.mark.parametrize("size", [1e2, 1e4, 1e30, -1e30])
def test_softmax_cross_entropy_at_extreme_logits(size, dtype):
    z = np.array([[size, 0, -size], [0, 0, size]], dtype)
    loss, dz = dl.softmax_cross_entropy(z, np.array([0, 2]))
    best = z.max(axis=1)
    assert loss == pytest.approx(float(np.mean(best.astype(np.float64) - z[[0, 1], [0, 2]])))
    assert np.isfinite(dz).all()
