"""Trials in a range, the staircase of the variance and the fading digit are dlcourse's."""

import numpy as np
import pytest
from node import ask, with_mistake

import dlcourse
from dlcourse import LogUniform, Uniform, variance_scaling

rng = np.random.default_rng(11)
SCALES = {"even": Uniform, "logarithmic": LogUniform}


def ranges(count=150):
    for scale in SCALES:
        for _ in range(count):
            low = 10 ** rng.uniform(-6, 0)
            high = low * 10 ** rng.uniform(0.1, 6)
            a = low * 10 ** rng.uniform(-1, 3)
            yield [scale, low, high, rng.random(), a, a * 10 ** rng.uniform(0, 2)]


RANGES = list(ranges())


def placed(**where):
    call = "[range.value(s, low, high, u), range.share(s, low, high, [a, b])]"
    return ask(f"data.map(([s, low, high, u, a, b]) => {call})", RANGES, **where)


def by_the_library(scale, low, high, u, a, b):
    kind = SCALES[scale](low, high)
    inside = [kind.position(min(max(end, low), high)) for end in (a, b)]
    return kind.at(u), inside[1] - inside[0]


def differing(there):
    ours = [by_the_library(*case) for case in RANGES]
    return not np.allclose(there, ours, rtol=1e-9, atol=1e-12)


def test_trials_lie_where_dlcourse_puts_them_and_as_often_in_the_good_part():
    assert len(RANGES) >= 300
    assert not differing(placed())


@pytest.mark.canary
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("low * (high / low) ** u", "low + (high - low) * u ** 2"),
        ("low + (high - low) * u", "low + high * u"),
        ("(to - from) / (high - low)", "(to - from) / high"),
        ("Math.log(to / from) / Math.log(high / low)", "Math.log(to / from) / Math.log(high)"),
        ("[Math.max(a, low), Math.min(b, high)]", "[a, b]"),
    ],
)
def test_a_wrong_range_would_be_noticed(tmp_path, right, wrong):
    assert differing(placed(folder=with_mistake(tmp_path, "range", right, wrong)))


def test_the_chance_of_one_good_trial():
    """Counted in a million draws, to within five standard errors."""
    for q, n in ((0.05, 8), (0.3, 3), (0.01, 30)):
        hit = (rng.random((10**5, n)) < q).any(axis=1).mean()
        assert abs(ask(f"range.chance({q}, {n})") - hit) < 0.008


NAMES = ask("Object.keys(curves.CURVES)")
STEPS = [
    [str(rng.choice(NAMES)), float(rng.uniform(0.2, 5)), float(10 ** rng.uniform(-3, 2))]
    for _ in range(320)
]


def one_layer_on(name, scale, v):
    """scale E[f(z)^2] with dlcourse's f: even points, ten times as many as the page has."""
    u = np.linspace(-9, 9, 20_001)
    weights = np.exp(-(u**2) / 2)
    out = getattr(dlcourse, name)().forward((np.sqrt(v) * u)[:, None])[:, 0]
    return scale * (weights @ out**2) / weights.sum()


def variances(**where):
    return ask("data.map(([name, s, v]) => staircase.next(name, s, v))", STEPS, **where)


def test_the_variance_one_layer_on():
    np.testing.assert_allclose(variances(), [one_layer_on(*s) for s in STEPS], rtol=1e-5)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("right", "wrong"),
    [("f(z) ** 2, 0, Math.sqrt(v)", "f(z) ** 2, 0, v"), ("scale * mean", "mean")],
)
def test_a_wrong_variance_would_be_noticed(tmp_path, right, wrong):
    there = variances(folder=with_mistake(tmp_path, "staircase", right, wrong))
    assert not np.allclose(there, [one_layer_on(*s) for s in STEPS], rtol=1e-3)


def test_the_digit_of_each_layer_scales_as_the_page_says():
    """ReLU keeps proportions: 300 networks with other variances, layer by layer."""
    there = ask(
        "data.map(([scale, layer]) => fading.factor(scale, layer))",
        [[s, layer] for s in np.linspace(0.5, 5, 60).tolist() for layer in (1, 2, 5, 10, 20)],
    )
    ours = []
    for scale in np.linspace(0.5, 5, 60):
        passed = []
        for factor in (2.0, scale):
            g, h = np.random.default_rng(1), np.ones((1, 20))
            rows = []
            for _ in range(20):
                h = np.maximum(h @ variance_scaling(g, (20, 20), factor), 0)
                rows.append(np.linalg.norm(h))
            passed.append(rows)
        ours += [passed[1][layer - 1] / passed[0][layer - 1] for layer in (1, 2, 5, 10, 20)]
    np.testing.assert_allclose(there, ours, rtol=2e-5)


@pytest.mark.canary
def test_a_wrong_factor_would_be_noticed(tmp_path):
    folder = with_mistake(tmp_path, "fading", "** (layer / 2)", "** layer")
    assert abs(ask("fading.factor(1, 20)", folder=folder) / 2**-10 - 1) > 0.5
