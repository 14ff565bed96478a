"""A loss that is no longer finite: the run stops, says where, and keeps what it has."""

import warnings

import numpy as np
import pytest
from cases import same_states

import dlcourse as dl
from dlcourse.divergence import diverged


def network():
    return dl.Sequential(
        dl.Linear(2, 16), dl.ReLU(), dl.Dropout(0.2), dl.Linear(16, 16), dl.Tanh(), dl.Linear(16, 2)
    )


@pytest.mark.parametrize("lr", [1e12, 1e25])
def test_a_rate_that_is_too_large(lr):
    warnings.simplefilter("error")  # the exception says it all
    model = dl.Sequential(
        dl.Linear(2, 16), dl.ReLU(), dl.Linear(16, 16), dl.ReLU(), dl.Linear(16, 2)
    )
    with pytest.raises(dl.Diverged) as caught:
        dl.fit(model, dl.moons(200), optimizer=dl.Momentum(lr), epochs=50, batch_size=10)
    text = str(caught.value)
    assert f"at learning rate {lr:g}" in text
    assert "in epoch 0 (counted from 0)" in text
    assert "look at layer" in text
    assert "whose output is the first that is not finite" in text
    assert "try a smaller learning rate" in text
    assert isinstance(caught.value, FloatingPointError)


def poison(epoch, index):
    """After `epoch`, one weight of layer `index` becomes infinite."""

    def on_epoch(now, model, history):
        if now == epoch:
            model.layers[index].W[0, 0] = np.inf

    return on_epoch


@pytest.mark.parametrize("index", [0, 3, 5])
def test_the_first_layer_is_named_and_the_history_kept(index):
    model = network()
    with pytest.raises(dl.Diverged, match=rf"in epoch 3 .* look at layer {index}, Linear\(") as e:
        dl.fit(
            model,
            dl.moons(100),
            valid=dl.moons(20),
            optimizer=dl.Adam(),
            epochs=9,
            on_epoch=poison(2, index),
        )
    assert e.value.epoch == 3
    assert "has the 3 epochs before" in str(e.value)
    assert len(e.value.history) == 3
    assert np.isfinite(e.value.history.loss).all()
    assert np.isfinite(e.value.history.valid_loss).all()


def test_a_loss_that_is_not_finite_by_itself():
    def broken(z, y):
        return float("nan"), np.zeros_like(z)

    with pytest.raises(dl.Diverged, match=r"the loss itself \(all outputs of layers are finite\)"):
        dl.fit(network(), dl.moons(50), optimizer=dl.SGD(0.1), loss=broken, epochs=1)


def test_the_layer_is_found_in_training_mode():
    """Dropout's factor 10 overflows what inference does not."""
    model = dl.Sequential(dl.Dropout(0.9), dl.Linear(2, 2, init=dl.constant(0.1)))
    x = np.full((100, 2), 1e38, np.float32)
    with pytest.raises(dl.Diverged, match=r"look at layer 0, Dropout\(0\.9\)"):
        dl.fit(model, (x, np.zeros(100, int)), optimizer=dl.SGD(0.1), epochs=1)


def test_the_rate_is_the_scheduled_one():
    with pytest.raises(dl.Diverged, match=r"at learning rate 0\.25;"):
        dl.fit(
            network(),
            dl.moons(100),
            optimizer=dl.SGD(1.0),
            epochs=9,
            batch_size=100,
            schedule=lambda t: 0.5**t,
            on_epoch=poison(1, 0),
        )


def test_looking_for_the_layer_changes_nothing():
    norm = dl.BatchNorm(2)
    model = dl.Sequential(dl.Dropout(0.5), norm, dl.Linear(2, 2))
    before = model.state_dict()
    x = np.random.default_rng(0).normal(size=(8, 2)).astype(np.float32)
    error = diverged(model, x, 0, 0.1, dl.History())
    assert same_states(before, model.state_dict())
    assert "the loss itself" in str(error)


def test_the_optimizer_keeps_its_rate():
    optimizer = dl.SGD(0.5)
    with pytest.raises(dl.Diverged):
        dl.fit(
            network(),
            dl.moons(100),
            optimizer=optimizer,
            epochs=9,
            schedule=dl.linear_lr(50),
            on_epoch=poison(1, 0),
        )
    assert optimizer.lr == 0.5


def test_a_last_step_that_goes_too_far_is_noticed():
    model = dl.Sequential(dl.Linear(2, 2))
    with pytest.raises(dl.Diverged, match="in epoch 0"):
        dl.fit(model, dl.moons(20), optimizer=dl.SGD(1e308), epochs=1, batch_size=20)
