"""Activations from the smallest float to the largest, against 60 digits of mpmath."""

import mpmath as mp
import numpy as np
import pytest

import dlcourse as dl

DTYPES = [np.float32, np.float64]
mp.mp.dps = 60
LAMBDA, ALPHA = mp.mpf("1.0507009873554804934"), mp.mpf("1.6732632423543772848")
SERLU_LAMBDA, SERLU_ALPHA = mp.mpf("1.07861828358"), mp.mpf("2.90427123333")


def sigma(x):
    return 1 / (1 + mp.exp(-x))


def Phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2 if abs(x) < 1e3 else mp.mpf(x > 0)


def x_phi(x):
    return x * mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def serlu(x):
    return SERLU_LAMBDA * (x if x >= 0 else SERLU_ALPHA * x * mp.exp(x))


def serlu_slope(x):
    return SERLU_LAMBDA * (1 if x >= 0 else SERLU_ALPHA * (1 + x) * mp.exp(x))


# name -> layer, exact function, exact slope, allowed error of each in units of eps
EXACT = {
    "Sigmoid": (dl.Sigmoid(), sigma, lambda x: sigma(x) * sigma(-x), 4, 4),
    "Tanh": (dl.Tanh(), mp.tanh, lambda x: mp.sech(x) ** 2, 4, 5000),
    "ReLU": (dl.ReLU(), lambda x: max(x, 0), lambda x: x > 0, 0, 0),
    "ReLU2": (dl.ReLU2(), lambda x: max(x, 0) ** 2, lambda x: 2 * max(x, 0), 1, 0),
    "LeakyReLU": (
        dl.LeakyReLU(0.25),
        lambda x: x if x > 0 else x / 4,
        lambda x: 1 if x > 0 else 0.25,
        0,
        0,
    ),
    "ELU": (
        dl.ELU(),
        lambda x: x if x > 0 else mp.expm1(x),
        lambda x: 1 if x > 0 else mp.exp(x),
        4,
        4,
    ),
    "SELU": (
        dl.SELU(),
        lambda x: LAMBDA * (x if x > 0 else ALPHA * mp.expm1(x)),
        lambda x: LAMBDA * (1 if x > 0 else ALPHA * mp.exp(x)),
        4,
        4,
    ),
    "SERLU": (dl.SERLU(), serlu, serlu_slope, 4, 4),
    "GELU": (dl.GELU(), lambda x: x * Phi(x), lambda x: Phi(x) + x_phi(x), None, None),
    "SiLU": (
        dl.SiLU(),
        lambda x: x * sigma(x),
        lambda x: sigma(x) * (1 + x * sigma(-x)),
        4,
        4,
    ),
}


def allowed(name, which, x, dtype):
    """In units of eps. GELU's float64 tail is as exact as a square in its exponent lets it be."""
    bound = EXACT[name][3 + which]
    if bound is None:
        bound = 4 if dtype == np.float32 else 40 + min(x * x, mp.mpf(1500))
    return bound


def size(name, which, x, exact):
    """What the error is measured against: the slope's two terms where they cancel."""
    if which and name == "GELU":
        return Phi(x) + abs(x_phi(x))
    if which and name == "SiLU":
        return sigma(x) * (1 + abs(x) * sigma(-x))
    if which and name == "SERLU" and x < 0:
        return max(abs(exact), SERLU_LAMBDA * SERLU_ALPHA * mp.exp(x))
    return abs(exact)


def whole_range(dtype):
    """Numbers of both signs, dense where the curves bend, then up to the largest."""
    info = np.finfo(dtype)
    sizes = [[0.0, info.smallest_subnormal, 7 * info.smallest_subnormal, info.tiny, info.max]]
    sizes += [np.geomspace(float(info.tiny), float(info.max) * 0.9, 60)]
    sizes += [np.linspace(0.01, 20, 161), np.linspace(20.3, 110, 101), np.linspace(111, 760, 101)]
    sizes += [[1.0, 2.0, 8.999, 9.011, 16.6, 17.4, 87.3, 88.8, 103.9, 709.7, 745.2]]
    sizes = np.concatenate(sizes).astype(dtype)
    return np.concatenate([sizes, -sizes])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT)
def test_values_and_slopes_over_the_whole_range(name, dtype):
    layer, f, df, _, _ = EXACT[name]
    x, info = whole_range(dtype), np.finfo(dtype)
    over = "ignore" if name in ("SELU", "SERLU", "ReLU2") else "raise"
    with np.errstate(over=over, invalid="raise"):
        y = layer.f(x)
        slope = layer.df(x, y)
        rows = layer.forward(x[:, None], train=True)
        dx = layer.backward(np.ones_like(rows))
    assert y.dtype == (np.ones_like(y) * slope).dtype == dtype
    np.testing.assert_array_equal(rows[:, 0], y)
    np.testing.assert_array_equal(dx[:, 0], slope)
    for which, found, exact_at in ((0, y, f), (1, slope, df)):
        for xi, got in zip(x, found, strict=True):
            at = mp.mpf(float(xi))
            exact = mp.mpf(exact_at(at))
            if abs(exact) > float(info.max):
                assert got == np.copysign(np.inf, float(xi))  # times lambda: it has no float
                continue
            error = abs(mp.mpf(float(got)) - exact)
            bound = allowed(name, which, at, dtype) * float(info.eps) * size(name, which, at, exact)
            # Below the smallest normal number an exponential may come out as 0, and x times it.
            bound += 1000 * float(info.tiny)
            assert error <= bound, (which, xi, got, mp.nstr(exact, 20))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT)
def test_at_infinity_the_limits_and_nan_stays(name, dtype):
    layer, f, df, _, _ = EXACT[name]
    x = np.array([-np.inf, np.inf, -0.0, np.nan], dtype)
    y = layer.f(x)
    slope = layer.df(x, y)
    far = mp.mpf(10) ** 4
    left = {"LeakyReLU": -np.inf}.get(name, float(f(-far)))
    right = 1.0 if name in ("Sigmoid", "Tanh") else np.inf
    np.testing.assert_allclose(y[:3], [left, right, float(f(mp.mpf(0)))], rtol=1e-6, atol=0)
    steep = np.inf if name == "ReLU2" else float(df(far))
    limits = [float(df(-far)), steep, float(df(mp.mpf(0)))]
    np.testing.assert_allclose(slope[:3], limits, rtol=1e-6, atol=0)
    assert np.isnan(y[3])


def test_every_activation_is_here():
    public = {
        name
        for name, value in vars(dl).items()
        if isinstance(value, type) and issubclass(value, dl.activations.Activation)
    }
    elsewhere = {"Activation", "PReLU"}  # the base; LeakyReLU with a learned slope, below
    assert public - elsewhere == set(EXACT)


@pytest.mark.parametrize("dtype", DTYPES)
def test_prelu_is_leaky_relu_with_its_slope(dtype):
    layer, x = dl.PReLU(init=0.25), whole_range(dtype)[:, None]
    y = dl.Sequential(layer, dtype=dtype).forward(x)
    np.testing.assert_array_equal(y, EXACT["LeakyReLU"][0].f(x))
    np.testing.assert_array_equal(layer.df(x, y), EXACT["LeakyReLU"][0].df(x, y))


@pytest.mark.parametrize(
    ("layer", "at", "value", "slope"),
    [
        (dl.Sigmoid(), 20, 1.0, 2.0611536e-9),
        (dl.Tanh(), 10, 1.0, 8.2446145e-9),
        (dl.ELU(), -20, -1.0, 2.0611537e-9),
        (dl.SELU(), -20, -1.7580993, 3.6237e-9),
        (dl.SERLU(), -3e38, 0.0, 0.0),
        (dl.GELU(), -1e30, 0.0, 0.0),
        (dl.SiLU(), -3e38, 0.0, 0.0),
    ],
)
def test_cases_that_were_found(layer, at, value, slope):
    x = np.array([at], np.float32)
    y = layer.f(x)
    np.testing.assert_allclose(y, [value], rtol=1e-6)
    np.testing.assert_allclose(layer.df(x, y), [slope], rtol=1e-4)


def test_gelu_far_left_in_float64():
    x = np.array([-1e300, -1e290, -1e100, -39.0, -38.0])
    assert dl.GELU().f(x)[:4].tolist() == [0, 0, 0, 0]
    assert float(dl.GELU().f(x)[4]) == pytest.approx(float(-38 * Phi(mp.mpf(-38))), rel=1e-12)


def test_a_slope_does_not_depend_on_its_neighbours():
    """Tanh's second form is taken entry by entry."""
    x = np.linspace(-30, 30, 601, dtype=np.float32)
    together = dl.Tanh().df(x, np.tanh(x))
    alone = [dl.Tanh().df(x[i : i + 1], np.tanh(x[i : i + 1]))[0] for i in range(len(x))]
    np.testing.assert_array_equal(together, alone)


def test_the_comparison_can_fail():
    """PyTorch's way, from the rounded output, is outside the bound."""
    x = whole_range(np.float32)
    y = dl.Sigmoid().f(x)
    wrong = y * (1 - y)
    exact = np.array([float(sigma(mp.mpf(float(v))) * sigma(-mp.mpf(float(v)))) for v in x])
    seen = exact > 1e-30
    assert np.max(np.abs(wrong - exact)[seen] / exact[seen]) == pytest.approx(1)
