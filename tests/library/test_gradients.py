"""Every backward pass agrees with central differences, and the check itself can fail."""

import numpy as np
import pytest
from cases import LAYERS, away_from_kinks
from registry import LOSSES

import dlcourse as dl


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", LAYERS)
def test_layer(name, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 6))
    layer = LAYERS[name](n)
    errors = dl.check_gradients(layer, away_from_kinks(rng, (4 + seed, n)), seed=seed)
    assert set(errors) == {"x", *dl.Sequential(LAYERS[name](n)).shapes}
    assert max(errors.values()) < 1e-7


@pytest.mark.parametrize("name", LAYERS)
def test_layer_inside_a_network(name):
    """Behind a layer that learns, in front of one, with weights that are not the first."""
    rng = np.random.default_rng(1)
    model = dl.Sequential(
        dl.Linear(3, 4), dl.Tanh(), LAYERS[name](4), dl.Linear(*ends(name), init=dl.lecun_normal)
    )
    model.theta += 0.2 * rng.normal(size=model.theta.shape).astype(np.float32)
    before = model.theta.copy(), model.grad.copy(), [str(layer.rng) for layer in model.layers]
    errors = dl.check_gradients(model, rng.normal(size=(5, 3)), tolerance=1e-5)
    assert len(errors) == 1 + len(model.parameters())
    np.testing.assert_array_equal(before[0], model.theta)
    np.testing.assert_array_equal(before[1], model.grad)


def ends(name):
    return {"Linear": 6, "SwiGLU": 6, "Linear without bias": 3}.get(name, 4), 2


def test_a_checked_model_keeps_its_statistics_and_masks():
    norm, drop = dl.BatchNorm(3), dl.Dropout(0.5)
    model = dl.Sequential(norm, drop)
    before = model.state_dict()
    dl.check_gradients(model, np.random.default_rng(0).normal(size=(4, 3)))
    after = model.state_dict()
    assert all(np.array_equal(before[key], after[key]) for key in before)


@pytest.mark.parametrize("name", LOSSES)
def test_loss(name):
    rng, loss = np.random.default_rng(0), LOSSES[name].make()
    z = rng.normal(size=(5, 4))
    y = LOSSES[name].draw(rng, z)
    _, dz = loss(z, y)
    numeric = dl.numerical_gradient(lambda z: loss(z, y)[0], z)
    np.testing.assert_allclose(dz, numeric, rtol=1e-7, atol=1e-9)


def test_numerical_gradient_leaves_x_as_it_was():
    x = np.random.default_rng(0).normal(size=(3, 2))
    before = x.copy()
    gradient = dl.numerical_gradient(lambda x: float((x**3).sum()), x)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_allclose(gradient, 3 * x**2, rtol=1e-8, atol=1e-9)
