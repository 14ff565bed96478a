"""The activation functions in the page are dlcourse's, with their slopes and their means."""

import numpy as np
import pytest
from node import ask, with_mistake

import dlcourse

Z = np.concatenate([np.linspace(-12, 12, 481) + 1e-3, [-40.0, 30.0]])
PLACES = np.random.default_rng(2).uniform([-5, 0.1], [5, 5], (60, 2)).tolist()


def ours(name):
    layer = getattr(dlcourse, name)()
    y = layer.forward(Z[:, None], train=True)
    return y[:, 0], layer.backward(np.ones_like(y))[:, 0]


def page(name, **where):
    call = f"['f', 'df'].map((k) => data.map((z) => curves.CURVES['{name}'][k](z)))"
    return ask(call, Z.tolist(), **where)


@pytest.mark.parametrize("name", ask("Object.keys(curves.CURVES)"))
def test_curves_and_slopes(name):
    for there, here in zip(page(name), ours(name), strict=True):
        np.testing.assert_allclose(there, here, rtol=1e-11, atol=1e-14)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        ("(1 + erf(z / Math.SQRT2)) / 2", "(1 + erf(z)) / 2", "GELU"),
        ("Phi(z) + z * phi(z)", "Phi(z)", "GELU"),
        ("1 - Math.tanh(z) ** 2", "1 - Math.tanh(z)", "Tanh"),
        ("sigmoid(z) * (1 - sigmoid(z))", "sigmoid(z)", "Sigmoid"),
        ("(z > 0 ? 1 : SELU.alpha * Math.exp(z))", "(z > 0 ? 1 : Math.exp(z))", "SELU"),
        ("sigmoid(z) * (1 + z * (1 - sigmoid(z)))", "sigmoid(z)", "SiLU"),
        ("(z > 0 ? 1 : 0)", "1", "ReLU"),
    ],
)
def test_a_wrong_curve_would_be_noticed(tmp_path, right, wrong, name):
    there = page(name, folder=with_mistake(tmp_path, "curves", right, wrong))
    assert not np.allclose(there, ours(name), rtol=1e-9, atol=1e-12)


def test_the_mean_square_slope():
    """The same mean by ten times as many points, with dlcourse's slope; smooth curves only."""
    u = np.linspace(-9, 9, 20_001)
    weights = np.exp(-(u**2) / 2)
    for name in ("Tanh", "Sigmoid", "GELU", "SiLU"):
        layer = getattr(dlcourse, name)()
        means = []
        for centre, width in PLACES:
            y = layer.forward((centre + width * u)[:, None], train=True)
            square = layer.backward(np.ones_like(y))[:, 0] ** 2
            means.append(np.sqrt(weights @ square / weights.sum()))
        there = ask(f"data.map(([m, s]) => curves.slope('{name}', m, s))", PLACES)
        np.testing.assert_allclose(there, means, rtol=1e-9)


def test_the_mean_square_slope_of_relu_is_the_share_of_positive_inputs():
    from scipy.stats import norm

    there = ask("data.map(([m, s]) => curves.slope('ReLU', m, s) ** 2)", PLACES)
    np.testing.assert_allclose(there, [norm.cdf(m / s) for m, s in PLACES], atol=2e-3)


def test_the_error_function():
    from scipy.special import erf

    x = np.linspace(-6, 6, 601)
    np.testing.assert_allclose(
        ask("data.map(curves.erf)", x.tolist()), erf(x), rtol=1e-13, atol=1e-16
    )
