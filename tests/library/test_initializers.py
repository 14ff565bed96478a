"""Initializers: the distribution of the weights, and what fifty layers do to a signal."""

import math

import numpy as np
import pytest
from cases import close
from registry import INITIALIZERS
from scipy import stats

import dlcourse as dl

SHAPE = (300, 200)
CASES = {name: case for name, case in INITIALIZERS.items() if case.variance is not None}


def check_distribution(W, variance, kind):
    """Kolmogorov-Smirnov against the exact distribution, and the first two moments."""
    if kind == "normal":
        exact = stats.norm(0, math.sqrt(variance))
    else:
        bound = math.sqrt(3 * variance)
        exact = stats.uniform(-bound, 2 * bound)
        assert np.abs(W).max() <= bound
    assert stats.kstest(W.ravel(), exact.cdf).pvalue > 0.01
    assert abs(W.mean()) < 4 * math.sqrt(variance / W.size)
    kurtosis = 3.0 if kind == "normal" else 1.8
    assert abs(W.var() / variance - 1) < 4 * math.sqrt((kurtosis - 1) / W.size)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", CASES)
def test_distribution(name, seed):
    case = CASES[name]
    W = case.make()(np.random.default_rng(seed), SHAPE)
    assert W.shape == SHAPE
    assert W.dtype == np.float64
    check_distribution(W, case.variance(*SHAPE), case.distribution)


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize(("mode", "n"), [("fan_in", 300), ("fan_out", 200), ("fan_avg", 250)])
def test_variance_scaling(mode, n, distribution):
    rng = np.random.default_rng(0)
    W = dl.variance_scaling(rng, SHAPE, scale=0.7, mode=mode, distribution=distribution)
    check_distribution(W, 0.7 / n, distribution)


def test_the_test_of_distributions_can_fail():
    W = dl.he_normal(np.random.default_rng(0), SHAPE)
    for wrong in (W * 1.03, W + 0.002, np.clip(W, -0.16, 0.16)):
        with pytest.raises(AssertionError):
            check_distribution(wrong, 2 / 300, "normal")


@pytest.mark.parametrize("shape", [(60, 60), (80, 30), (30, 80), (1, 5), (5, 1)])
def test_orthogonal(shape):
    W = dl.orthogonal(np.random.default_rng(0), shape)
    assert W.shape == shape
    small = W.T @ W if shape[0] >= shape[1] else W @ W.T
    close(small, np.eye(min(shape)), "W'W", atol=1e-13)


def test_every_orthogonal_matrix_is_equally_likely():
    """The first row is uniform on the sphere; without the fixed signs it is not."""
    rows = np.stack([dl.orthogonal(np.random.default_rng(s), (3, 3))[0] for s in range(2000)])
    for column in rows.T:  # a coordinate on the sphere in 3-D is uniform (Archimedes)
        assert stats.kstest(column, stats.uniform(-1, 2).cdf).pvalue > 0.01
    determinants = [
        np.linalg.det(dl.orthogonal(np.random.default_rng(s), (3, 3))) for s in range(99)
    ]
    assert 30 < sum(d > 0 for d in determinants) < 70


def test_the_bad_examples():
    assert np.unique(dl.constant(0.3)(None, (4, 5))).tolist() == [0.3]
    W = dl.normal(0.01)(np.random.default_rng(0), SHAPE)
    check_distribution(W, 1e-4, "normal")
    model = dl.Sequential(
        dl.Linear(4, 6, init=dl.constant(0.1)), dl.Tanh(), dl.Linear(6, 2, init=dl.constant(0.2))
    )
    x, y = np.random.default_rng(0).normal(size=(20, 4)).astype(np.float32), np.arange(20) % 2
    dl.fit(model, (x, y), optimizer=dl.SGD(0.5), epochs=40)
    columns = model.layers[0].W.T
    assert np.abs(columns - 0.1).max() > 1e-3, "it was trained"
    assert np.ptp(columns, axis=0).max() < 1e-6, "units that start equal stay equal"


KERNELS = [(5, 3, 4), (64, 3, 5, 5), (1, 2, 3, 1), (7, 2, 2, 3, 4)]


@pytest.mark.parametrize("shape", KERNELS)
def test_fans_of_a_convolution_are_those_of_pytorch(shape):
    torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
    theirs = torch.nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
    assert dl.fans(shape) == theirs
    assert dl.fans([*shape]) == dl.fans(np.array(shape)) == theirs


@pytest.mark.parametrize("name", INITIALIZERS)
def test_every_initializer_takes_a_convolution(name):
    for shape in KERNELS:
        assert INITIALIZERS[name].make()(np.random.default_rng(0), shape).shape == shape


@pytest.mark.parametrize("name", CASES)
def test_the_weights_of_a_convolution_have_the_variance_of_its_fans(name):
    case, shape = CASES[name], (30, 20, 5, 7)
    W = case.make()(np.random.default_rng(0), shape)
    check_distribution(W, case.variance(20 * 35, 30 * 35), case.distribution)


@pytest.mark.parametrize("shape", [(4, 3, 2, 2), (30, 2, 3, 3)])
def test_a_convolution_is_orthogonal_as_in_pytorch(shape):
    torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
    W = dl.orthogonal(np.random.default_rng(0), shape)
    theirs = torch.nn.init.orthogonal_(torch.empty(shape, dtype=torch.float64)).numpy()
    for V in (W, theirs):
        rows = V.reshape(len(V), -1)
        small = rows @ rows.T if len(rows) < rows.shape[1] else rows.T @ rows
        close(small, np.eye(len(small)), "rows", atol=1e-12)


def test_fans():
    assert dl.fans((784, 100)) == (784, 100)
    assert dl.fans(np.zeros((3, 2)).shape) == (3, 2)


def test_biases_start_at_zero_and_weights_fill_the_vector():
    model = dl.Sequential(dl.Linear(40, 30), dl.Linear(30, 20, bias=False), seed=3)
    first, second = model.layers
    assert not first.b.any()
    assert model.theta.size == 40 * 30 + 30 + 30 * 20
    rng = dl.streams(3).init
    np.testing.assert_array_equal(first.W, dl.he_normal(rng, (40, 30)).astype(np.float32))
    np.testing.assert_array_equal(second.W, dl.he_normal(rng, (30, 20)).astype(np.float32))


def signal(init, activation, quantity, depth=50, width=400, rows=300):
    """A quantity of the signal behind each of `depth` layers."""
    layers = [f for _ in range(depth) for f in (dl.Linear(width, width, init=init), activation())]
    model = dl.Sequential(*layers, seed=1)
    x = np.random.default_rng(0).normal(size=(rows, width)).astype(np.float32)
    values = [quantity(x)]
    for i, layer in enumerate(model.layers):
        x = layer.forward(x)
        if i % 2:
            values.append(quantity(x))
    return np.array(values, float)


def second_moment(x):
    return (x.astype(np.float64) ** 2).mean()


@pytest.mark.parametrize("init", [dl.he_normal, dl.he_uniform])
def test_he_and_relu_keep_the_second_moment(init):
    values = signal(init, dl.ReLU, second_moment)
    # A layer of 400 changes it by about sqrt(5 / 400) = 11 %; fifty of them by 79 %.
    growth = np.log(values[1:] / values[:-1])
    assert abs(growth[1:].mean()) < 0.05
    assert 0.1 < values[-1] / values[1] < 10


@pytest.mark.parametrize("init", [dl.lecun_normal, dl.lecun_uniform])
def test_lecun_and_selu_keep_mean_0_and_variance_1(init):
    assert np.abs(signal(init, dl.SELU, lambda x: x.mean())).max() < 0.1
    assert np.abs(signal(init, dl.SELU, np.var) - 1).max() < 0.25


def test_lecun_and_serlu_keep_variance_1():
    assert np.abs(signal(dl.lecun_normal, dl.SERLU, np.var) - 1).max() < 0.35


@pytest.mark.parametrize("init", [dl.xavier_normal, dl.xavier_uniform])
def test_xavier_and_relu_lose_half_a_layer(init):
    values = signal(init, dl.ReLU, second_moment)
    per_layer = (values[-1] / values[0]) ** (1 / 50)
    assert 0.47 < per_layer < 0.53


def test_a_fixed_standard_deviation_does_not_go_deep():
    assert signal(dl.normal(0.01), dl.ReLU, second_moment)[-1] < 1e-60
    with np.errstate(over="ignore", invalid="ignore"):
        assert not np.isfinite(signal(dl.normal(1.0), dl.ReLU, second_moment)[-1])
