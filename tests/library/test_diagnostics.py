"""Looking inside a network: the numbers, and that looking changes nothing."""

import numpy as np
import pytest
from cases import network, same_states

import dlcourse as dl


def batch(n=12):
    x, y = dl.moons(n)
    return x, y


def test_activation_statistics():
    model, (x, _) = network(), batch()
    found = dl.activation_statistics(model, x)
    for i, layer in enumerate(model.layers):
        x = layer.forward(x)
        assert found["mean"][i] == pytest.approx(x.mean(), rel=1e-6)
        assert found["std"][i] == pytest.approx(x.std(), rel=1e-6)
        assert found["zeros"][i] == (x == 0).sum() / x.size
    assert set(found) == {"mean", "std", "zeros", "dead"}
    assert all(values.shape == (len(model.layers),) for values in found.values())


def test_dead_units_are_zero_for_every_row():
    linear = dl.Linear(2, 4)
    model = dl.Sequential(linear, dl.ReLU())
    linear.b[:] = [-100, 100, -100, 0]
    found = dl.activation_statistics(model, batch(50)[0])
    assert found["dead"][1] == 0.5
    assert 0.5 < found["zeros"][1] < 0.75


def test_looking_at_activations_changes_nothing():
    model, (x, y) = network(), batch()
    before = model.state_dict()
    dl.activation_statistics(model, x)
    dl.evaluate(model, x, y)
    dl.accuracy(model, x, y)
    model.predict(x)
    assert same_states(before, model.state_dict())


def test_gradient_statistics():
    """The standard deviation of dL/d(output): for the last layer that of the loss itself."""
    x, y = batch()
    model, other = network(), network()
    found = dl.gradient_statistics(model, x, y)
    _, dz = dl.softmax_cross_entropy(other.forward(x, train=True), y)
    other.backward(dz)
    np.testing.assert_array_equal(model.grad, other.grad)
    assert found.shape == (len(model.layers),)
    assert found[-1] == pytest.approx(dz.std(), rel=1e-6)
    assert found[-2] == pytest.approx((dz @ model.layers[-1].W.T).std(), rel=1e-6)
    assert same_states(model.state_dict(), other.state_dict())


def test_update_ratio():
    model = network()
    for name, (w, _) in model.parameters().items():
        w[...] = 0 if name == "1.b" else 2
    before = model.theta.copy()
    expected = dict.fromkeys(model.parameters(), 0.0)
    assert dl.update_ratio(model, before) == expected
    model.layers[1].W += 0.5
    model.layers[3].a -= 1
    assert dl.update_ratio(model, before) == expected | {"1.W": 0.25, "3.a": 0.5}
    model.layers[1].b[0] = 1
    assert dl.update_ratio(model, before)["1.b"] == np.inf
