"""Dropout's two scalings, its masks, and the ensemble that it stands for."""

import numpy as np
import pytest
from cases import close, same_bits

import dlcourse as dl


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def one_layer(rate, inverted, n=6, classes=4):
    rng = np.random.default_rng(3)
    linear = dl.Linear(n, classes)
    model = dl.Sequential(dl.Dropout(rate, inverted=inverted), linear, dtype=np.float64)
    model.theta[:] = rng.normal(size=model.theta.shape)
    return model, rng.normal(size=(5, n))


@pytest.mark.parametrize("inverted", [True, False])
@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
def test_the_geometric_mean_of_all_networks_is_the_scaled_one(rate, inverted):
    model, x = one_layer(rate, inverted)
    outputs, probabilities = dl.subnetworks(model, x)
    assert outputs.shape == (64, 5, 4)
    assert probabilities.sum() == pytest.approx(1, abs=1e-12)
    log_mean = np.einsum("k,kij->ij", probabilities, np.log(softmax(outputs)))
    geometric = np.exp(log_mean) / np.exp(log_mean).sum(axis=1, keepdims=True)
    close(geometric, softmax(model.predict(x)), "geometric mean")
    arithmetic = np.einsum("k,kij->ij", probabilities, softmax(outputs))
    assert np.abs(arithmetic - geometric).max() > 1e-3, "the test would not notice a difference"


@pytest.mark.parametrize("inverted", [True, False])
@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
def test_the_mean_over_all_masks_is_the_inference_output(rate, inverted):
    model, x = one_layer(rate, inverted)
    outputs, probabilities = dl.subnetworks(model, x)
    mean = np.einsum("k,kij->ij", probabilities, outputs)
    close(mean, model.predict(x), "mean over all masks")


def test_subnetworks_agree_with_what_dropout_draws():
    model, x = one_layer(0.5, True)
    outputs, _ = dl.subnetworks(model, x[:1])
    for drawn in dl.monte_carlo(model, x[:1], 20):
        assert np.isclose(outputs, drawn, rtol=1e-12).all(axis=(1, 2)).any()


def test_monte_carlo_comes_near_the_exact_mean():
    model, x = one_layer(0.5, True)
    outputs, probabilities = dl.subnetworks(model, x)
    exact = np.einsum("k,kij->ij", probabilities, softmax(outputs))
    samples = softmax(dl.monte_carlo(model, x, 4000))
    assert np.abs(samples.mean(axis=0) - exact).max() < 5 * samples.std(axis=0).max() / 4000**0.5


def test_original_and_inverted_scaling_differ_by_a_factor():
    x = np.random.default_rng(0).normal(size=(50, 30))
    inverted = dl.Sequential(dl.Dropout(0.3), dtype=np.float64)
    original = dl.Sequential(dl.Dropout(0.3, inverted=False), dtype=np.float64)
    y = original.forward(x, train=True)
    close(inverted.forward(x, train=True) * 0.7, y, "training")
    assert set(np.unique(y == x)) == {False, True}
    assert np.all((y == x) | (y == 0)), "the original form divides by nothing"
    close(original.forward(x), 0.7 * x, "inference, original")
    assert same_bits(inverted.forward(x), x)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 0.9])
def test_the_rate_is_the_share_that_is_dropped(rate):
    n = 400_000
    y = dl.Sequential(dl.Dropout(rate)).forward(np.ones((n // 100, 100), np.float32), train=True)
    spread = (rate * (1 - rate) / n) ** 0.5
    assert abs((y == 0).mean() - rate) <= 5 * spread


def test_a_new_mask_for_every_row_and_every_presentation():
    drop = dl.Dropout(0.5)
    model, x = dl.Sequential(drop), np.ones((40, 64), np.float32)
    first, second = model.forward(x, train=True), model.forward(x, train=True)
    assert len(np.unique(first, axis=0)) == 40
    assert not np.array_equal(first, second)
    with dl.replay(drop.rng):
        again = model.forward(x, train=True)
    assert same_bits(again, model.forward(x, train=True))


def test_two_dropout_layers_draw_from_streams_of_their_own():
    model = dl.Sequential(dl.Dropout(0.5), dl.Dropout(0.5))
    x = np.ones((8, 32), np.float32)
    assert not np.array_equal(*(layer.forward(x, train=True) for layer in model.layers))


def test_the_masks_come_from_the_seed_and_from_nothing_else():
    model = dl.Sequential(dl.Dropout(0.5), dl.Linear(3, 3), dl.Dropout(0.5), seed=8)
    for layer, stream in zip(model.layers, dl.streams(8).mask.spawn(3), strict=True):
        assert layer.rng.bit_generator.state == stream.bit_generator.state
    first, _, last = model.layers
    before = last.rng.bit_generator.state
    first.forward(np.ones((4, 3), np.float32), train=True)
    assert last.rng.bit_generator.state == before, "two layers share a stream"


def test_dropping_columns_is_dropping_units_without_bias():
    rng = np.random.default_rng(0)
    W, b, x = rng.normal(size=(5, 4)), rng.normal(size=4), rng.normal(size=(7, 5))
    mask = np.array([1, 0, 1, 0])
    columns = dl.drop_columns(W, mask)
    relu = dl.ReLU().forward
    close(relu(x @ columns), mask * relu(x @ W), "without bias")
    with_bias = relu(x @ columns + b), mask * relu(x @ W + b)
    assert not np.allclose(*with_bias), "the bias of a dropped unit is still there"
    sigmoid = dl.Sigmoid().forward
    assert not np.allclose(sigmoid(x @ columns), mask * sigmoid(x @ W)), "f(0) is not 0"


def test_drop_columns_leaves_the_matrix_alone():
    W = np.random.default_rng(0).normal(size=(3, 2)).astype(np.float32)
    before = W.copy()
    dropped = dl.drop_columns(W, [True, False])
    assert same_bits(W, before)
    assert dropped.dtype == np.float32
    assert dropped[:, 1].tolist() == [0, 0, 0]
    assert same_bits(dropped[:, 0].copy(), W[:, 0].copy())


def test_adding_dropout_changes_neither_weights_nor_batches():
    x, y = dl.moons(100)
    plain = dl.Sequential(dl.Linear(2, 8), dl.ReLU(), dl.Linear(8, 2), seed=5)
    dropped = dl.Sequential(
        dl.Dropout(0.1), dl.Linear(2, 8), dl.ReLU(), dl.Dropout(0.5), dl.Linear(8, 2), seed=5
    )
    assert same_bits(plain.theta, dropped.theta)

    def order(model):
        seen = []

        def loss(z, labels):
            seen.append(labels[:, 1].copy())
            return dl.softmax_cross_entropy(z, labels[:, 0])

        numbered = np.stack([y, np.arange(100)], axis=1)
        dl.fit(model, (x, numbered), optimizer=dl.SGD(0.1), loss=loss, epochs=3, batch_size=30)
        return np.concatenate(seen)

    assert same_bits(order(plain), order(dropped))
    assert not np.array_equal(plain.theta, dropped.theta), "dropout did nothing"
