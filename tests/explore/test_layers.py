"""Batch normalization and dropout in the page are dlcourse's; trials lie where they should."""

import numpy as np
import pytest
from node import ask, with_mistake

from dlcourse import BatchNorm, Dropout, Sequential

rng = np.random.default_rng(3)


def batches(count=300):
    for _ in range(count):
        x = rng.normal(rng.uniform(-5, 5), rng.uniform(0.01, 5), rng.integers(2, 130))
        yield [x.tolist(), *rng.uniform(-3, 3, 2).tolist()]


BATCHES = list(batches())


def normalized(x, gamma, beta):
    layer = BatchNorm(1)
    model = Sequential(layer, dtype=np.float64)
    layer.gamma, layer.beta = np.array([gamma]), np.array([beta])
    return model.forward(np.array(x)[:, None], train=True)[:, 0]


def standardized(**where):
    return ask("data.map(([x, gamma, beta]) => units.normalize(x, gamma, beta))", BATCHES, **where)


def test_the_page_normalizes_as_dlcourse():
    for case, there in zip(BATCHES, standardized(), strict=True):
        np.testing.assert_allclose(there, normalized(*case), rtol=1e-9, atol=1e-11)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Math.sqrt(v + EPS)", "Math.sqrt(v)"),
        ("gamma * ((a - m)", "gamma * ((a)"),
        (
            "v = average(x.map((a) => (a - m) ** 2))",
            "v = average(x.map((a) => (a - m) ** 2)) * x.length / (x.length - 1)",
        ),
    ],
)
def test_a_wrong_normalization_would_be_noticed(tmp_path, right, wrong):
    there = standardized(folder=with_mistake(tmp_path, "units", right, wrong))
    assert any(
        not np.allclose(t, normalized(*case), rtol=1e-9, atol=1e-11)
        for case, t in zip(BATCHES, there, strict=True)
    )


class Drawn:
    """A Generator that gives numbers that are known already."""

    def __init__(self, numbers):
        self.numbers = numbers

    def random(self, size=None, dtype=np.float64, out=None):
        drawn = self.numbers.astype(dtype)
        if out is None:
            return drawn
        out[...] = drawn
        return out


def dropped(u, adds, rate, inverted):
    """dlcourse's Dropout on a row of ones, with these numbers for its mask."""
    layer = Dropout(rate, inverted=inverted)
    layer.rng = Drawn(np.array(u)[None, :])
    return layer.forward(np.array(adds)[None, :], train=True)[0].sum()


CASES = [
    [rng.random(24).tolist(), rng.normal(size=24).tolist(), float(rate), bool(inverted)]
    for rate in rng.uniform(0, 0.95, 150)
    for inverted in (True, False)
]


def thinned(**where):
    kept = "masks.mask(u, rate)"
    call = f"data.map(([u, a, rate, inverted]) => masks.output(a, 0, {kept}, rate, inverted))"
    return ask(call, CASES, **where)


def test_the_page_drops_as_dlcourse():
    ours = [dropped(*case) for case in CASES]
    np.testing.assert_allclose(thinned(), ours, rtol=1e-9, atol=1e-9)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(x < 1 - rate ? 1 : 0)", "(x < rate ? 1 : 0)"),
        ("sum / (1 - rate) : sum", "sum / rate : sum"),
    ],
)
def test_a_wrong_mask_would_be_noticed(tmp_path, right, wrong):
    there = thinned(folder=with_mistake(tmp_path, "masks", right, wrong))
    assert not np.allclose(there, [dropped(*case) for case in CASES])


def test_trials_lie_evenly():
    from scipy.stats import qmc

    ours = qmc.Halton(2, scramble=False).random(100)
    there = ask("data.map((i) => [trials.radical(i, 2), trials.radical(i, 3)])", list(range(100)))
    np.testing.assert_allclose(there, ours, atol=1e-12)


def test_a_grid_has_three_values_an_axis():
    grid = np.array(ask("trials.design('grid', 9, [0.4, 0.9])"))
    assert len(grid) == 9
    assert len(set(grid[:, 0])) == len(set(grid[:, 1])) == 3
    assert (grid >= 0).all()
    assert (grid < 1).all()
