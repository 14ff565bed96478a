"""Layers outside of a network, what they must return, and checks of random networks."""

import copy
import gc

import numpy as np
import pytest
from cases import LAYERS, away_from_kinks, same_bits

import dlcourse as dl
from dlcourse._nested import by_place
from dlcourse.central_differences import at_a_kink

RNG = np.random.default_rng
LEARNING = [name for name in LAYERS if dl.Sequential(LAYERS[name](4)).theta.size]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_alone_does_what_it_does_in_a_network(name, dtype):
    x = away_from_kinks(RNG(1), (6, 4)).astype(dtype)
    alone = LAYERS[name](4).start(RNG(0), dtype)
    model = dl.Sequential(copy.deepcopy(alone), dtype=dtype)  # keeps the start
    ours, theirs = by_place((alone,)), by_place(model.layers)
    for place in ours:
        ours[place].rng, theirs[place].rng = RNG(5), RNG(5)
    y = alone.forward(x, train=True)
    assert same_bits(y, model.forward(x, train=True))
    dx = model.backward(np.ones_like(y), input_gradient=True)
    assert same_bits(alone.backward(np.ones_like(y)), dx)
    for name in model.shapes:
        place, _, key = name.rpartition(".")
        assert same_bits(getattr(ours[place], f"d{key}"), getattr(theirs[place], f"d{key}"))


@pytest.mark.parametrize("name", LEARNING)
def test_a_layer_without_a_start_says_so(name):
    with pytest.raises(
        AttributeError, match=r"has no \w+ yet; put it into a network.*layer\.start"
    ):
        LAYERS[name](4).forward(np.ones((5, 4), np.float32))


@pytest.mark.parametrize("name", LAYERS)
def test_whether_dx_is_asked_for_changes_nothing_else(name):
    """A layer that learns may leave dx out when nobody asks; every one does, so it is fast."""
    x = away_from_kinks(RNG(1), (6, 4)).astype(np.float32)
    model = dl.Sequential(LAYERS[name](4))
    y = model.forward(x, train=True)
    dx = model.backward(np.ones_like(y), input_gradient=True)
    assert (dx.shape, dx.dtype) == (x.shape, x.dtype)
    grad = model.grad.copy()
    assert model.backward(np.ones_like(y)) is None
    assert same_bits(grad, model.grad)
    if name in LEARNING:
        assert model.layers[0].backward(np.ones_like(y)) is None
    behind = dl.Sequential(dl.Tanh(), dl.Linear(4, 4), LAYERS[name](4))
    y = behind.forward(x, train=True)
    assert same_bits(behind.backward(np.ones_like(y), input_gradient=True), behind.backward(
        np.ones_like(y), input_gradient=True))  # fmt: skip
    assert behind.backward(np.ones_like(y)) is None


def test_a_layer_outlives_its_network():
    layer = dl.Sequential(dl.Linear(2, 3)).layers[0]
    gc.collect()
    y = layer.forward(np.ones((4, 2), np.float32), train=True)
    layer.backward(np.ones_like(y))
    assert np.all(layer.db == 4)
    with pytest.raises(ValueError, match=r"copy\.deepcopy\(layer\)"):
        dl.Sequential(layer)
    again = dl.Sequential(copy.deepcopy(layer), dl.Linear(3, 2))
    assert same_bits(again.layers[0].W, layer.W)
    assert not np.shares_memory(again.layers[0].W, layer.W)


def test_layers_that_have_learned_go_on_in_a_new_network():
    x, y = dl.moons(60)
    model = dl.Sequential(dl.Linear(2, 8), dl.ReLU(), dl.Linear(8, 2))
    dl.fit(model, (x, y), optimizer=dl.Adam(0.05), epochs=3, batch_size=20)
    other = dl.Sequential(*copy.deepcopy(model.layers[:-1]), dl.Linear(8, 5))
    assert same_bits(other.theta[:24], model.theta[:24])
    theta = model.theta.copy()
    dl.fit(other, (x, y), optimizer=dl.Adam(0.05), epochs=1, batch_size=20)
    assert same_bits(model.theta, theta)
    assert not same_bits(other.theta[:24], theta[:24])


def test_numerical_gradient_leaves_x_alone_when_f_raises():
    x = np.ones(2)

    def f(x):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dl.numerical_gradient(f, x)
    assert x.tolist() == [1, 1]
    with pytest.raises(ZeroDivisionError):
        at_a_kink(f, x, 0)
    assert x.tolist() == [1, 1]


def random_network(seed):
    rng, width = RNG(seed), 3
    layers = []
    for _ in range(rng.integers(2, 7)):
        kind = rng.integers(7)
        if kind < 2:
            out = int(rng.integers(1, 4))
            layers.append(dl.Linear(width, out))
            width = out
        else:
            makers = (dl.ReLU, dl.LeakyReLU, dl.Tanh, dl.Dropout, dl.LayerNorm)
            maker = makers[kind - 2]
            layers.append(maker(*{dl.Dropout: (0.6,), dl.LayerNorm: (width,)}.get(maker, ())))
    return dl.Sequential(*layers, seed=seed)


@pytest.mark.parametrize("block", range(5))
def test_right_random_networks_are_called_right(block):
    for seed in range(60 * block, 60 * block + 60):
        dl.check_gradients(random_network(seed), away_from_kinks(RNG(seed), (5, 3)))


@pytest.mark.parametrize("seed", range(20))
def test_the_same_networks_with_a_wrong_layer_are_called_wrong(seed):
    class Wrong(dl.Linear):
        def backward(self, dy):
            dx = super().backward(dy)
            self.dW *= 0.99
            return dx

    model = dl.Sequential(Wrong(3, 4), dl.LayerNorm(4), dl.ReLU(), dl.Linear(4, 2), seed=seed)
    with pytest.raises(AssertionError, match=r"0\.W is wrong"):
        dl.check_gradients(model, away_from_kinks(RNG(seed), (5, 3)))
