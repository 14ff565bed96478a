"""The training loop: it learns, records, schedules, and stops when the loss is not finite."""

import math

import numpy as np
import pytest
from cases import same_bits
from registry import OPTIMIZERS

import dlcourse as dl


def mlp(*widths, seed=0, **kwargs):
    layers = []
    for n_in, n_out in zip(widths, widths[1:], strict=False):
        layers += [dl.Linear(n_in, n_out, **kwargs), dl.ReLU()]
    return dl.Sequential(*layers[:-1], seed=seed)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_moons_are_learned(name):
    case = OPTIMIZERS[name]
    lr, epochs = case.learns
    train, test = dl.moons(400, seed=1), dl.moons(400, seed=2)
    model = mlp(2, 32, 2)
    optimizer = case.make(lr=lr, **({"shapes": model.shapes} if case.whole else {}))
    history = dl.fit(model, train, optimizer=optimizer, epochs=epochs, batch_size=20)
    assert history.loss[-1] < 0.1 < history.loss[0]
    assert dl.accuracy(model, *test) > 0.95


def test_digits_are_learned_with_dropout_and_batch_norm():
    train, test = dl.mnist(1000, 500, size=14)
    model = dl.Sequential(
        dl.Linear(196, 64), dl.BatchNorm(64), dl.ReLU(), dl.Dropout(0.2), dl.Linear(64, 10)
    )
    history = dl.fit(model, train, valid=test, optimizer=dl.Adam(0.003), epochs=10, batch_size=50)
    assert history.valid_accuracy[-1] > 0.87 > history.valid_accuracy[0]
    assert history.loss[-1] < 0.3 * history.loss[0]


def test_a_regression_is_learned():
    x, y, w = dl.regression(500, 3, noise=0.01)
    linear = dl.Linear(3, 1)
    dl.fit(
        dl.Sequential(linear), (x, y), optimizer=dl.SGD(0.1), loss=dl.mean_squared_error, epochs=40
    )
    assert np.abs(linear.W - w).max() < 0.01
    assert np.abs(linear.b).max() < 0.01


def test_history():
    train, valid = dl.moons(90), dl.moons(30, seed=1)
    model = mlp(2, 8, 2)
    history = dl.fit(model, train, valid, optimizer=dl.SGD(0.1), epochs=4)
    assert len(history) == 4
    for name in ("loss", "lr", "valid_loss", "valid_accuracy"):
        assert getattr(history, name).shape == (4,)
    assert history.lr.tolist() == [0.1] * 4
    loss, accuracy = dl.evaluate(model, *valid)
    assert (history.valid_loss[-1], history.valid_accuracy[-1]) == (loss, accuracy)
    assert accuracy == dl.accuracy(model, *valid)
    assert repr(history) == f"History(4 epochs, last loss {history.loss[-1]:.4g})"


def test_the_loss_is_the_mean_over_examples_not_batches():
    """lr is so small that nothing moves; the last batch has 10 rows instead of 40."""
    x, y = dl.moons(90)
    model = mlp(2, 8, 2)
    history = dl.fit(model, (x, y), optimizer=dl.SGD(1e-12), epochs=1, batch_size=40)
    assert history.loss[0] == pytest.approx(dl.evaluate(model, x, y)[0], rel=1e-6)


def test_without_validation_data_the_history_says_nan():
    history = dl.fit(mlp(2, 8, 2), dl.moons(50), optimizer=dl.SGD(0.1), epochs=2)
    assert np.isnan(history.valid_loss).all()
    assert np.isnan(history.valid_accuracy).all()


def test_validation_data_are_never_trained_on():
    train, (x, y) = dl.moons(90), dl.moons(30, seed=1)
    models = [mlp(2, 8, 2), mlp(2, 8, 2)]
    dl.fit(models[0], train, optimizer=dl.SGD(0.1), epochs=3)
    dl.fit(models[1], train, (x, 1 - y), optimizer=dl.SGD(0.1), epochs=3)
    assert same_bits(models[0].theta, models[1].theta)


def test_the_seed_decides_the_order_and_nothing_else():
    def trained(seed):
        model = mlp(2, 8, 2)
        dl.fit(model, dl.moons(90), optimizer=dl.SGD(0.1), epochs=3, batch_size=20, seed=seed)
        return model.theta

    assert same_bits(trained(1), trained(1))
    assert not np.array_equal(trained(1), trained(2))


def test_every_epoch_has_an_order_of_its_own():
    x, _ = dl.moons(40)
    seen = []

    def loss(z, number):
        seen.extend(number.tolist())
        return dl.softmax_cross_entropy(z, number % 2)

    numbered = (x, np.arange(40))
    dl.fit(mlp(2, 4, 2), numbered, optimizer=dl.SGD(0.1), loss=loss, epochs=3)
    looked_at, first, second, third = (seen[i : i + 40] for i in range(0, 160, 40))
    assert len(seen) == 160
    assert looked_at == list(range(40)), "all targets are looked at before the first step"
    assert sorted(first) == sorted(second) == sorted(third) == list(range(40))
    assert first != second != third != first


def test_on_epoch_sees_the_epoch_the_model_and_the_history():
    seen = []
    model = mlp(2, 8, 2)
    dl.fit(
        model,
        dl.moons(50),
        optimizer=dl.SGD(0.1),
        epochs=3,
        on_epoch=lambda epoch, m, history: seen.append((epoch, m is model, len(history))),
    )
    assert seen == [(0, True, 1), (1, True, 2), (2, True, 3)]


def test_fit_again_goes_on_where_the_optimizer_stopped():
    train = dl.moons(64)
    one, other = mlp(2, 8, 2), mlp(2, 8, 2)
    a, b = dl.Adam(), dl.Adam()
    dl.fit(one, train, optimizer=a, epochs=2, seed=0)
    assert a.t == 2
    dl.fit(one, train, optimizer=a, epochs=1, seed=0)
    assert a.t == 3
    dl.fit(other, train, optimizer=b, epochs=3, seed=0)
    np.testing.assert_allclose(one.theta, other.theta, rtol=1e-5, atol=1e-7)  # one batch an epoch


class Recorder(dl.SGD):
    """Writes down the learning rate of every step."""

    def update(self, w, g):
        self.rates = [*getattr(self, "rates", []), self.lr]
        super().update(w, g)


def rates(schedule, steps=20):
    optimizer = Recorder(0.5)
    history = dl.fit(
        mlp(2, 4, 2),
        dl.moons(20),
        optimizer=optimizer,
        epochs=steps // 4,
        batch_size=5,
        schedule=schedule,
    )
    assert optimizer.lr == 0.5
    assert set(history.lr) == {0.5}
    assert all(type(rate) is float for rate in optimizer.rates)
    return np.array(optimizer.rates)


def test_schedules():
    t = np.arange(20)
    cosine = 0.25 * (1 + np.cos(np.pi * t / 16)) * (t <= 16)
    np.testing.assert_allclose(rates(dl.cosine_lr(16)), cosine, atol=1e-15)
    np.testing.assert_allclose(rates(dl.step_lr(6, gamma=0.1)), 0.5 * 0.1 ** (t // 6))
    np.testing.assert_allclose(rates(dl.linear_lr(10)), 0.5 * np.maximum(0, 1 - t / 10))
    assert set(rates(dl.constant_lr())) == set(rates(None)) == {0.5}
    warm = rates(dl.warmup_lr(4, then=dl.linear_lr(10)))
    np.testing.assert_allclose(warm[:4], [0.125, 0.25, 0.375, 0.5])
    np.testing.assert_allclose(warm[4:14], 0.5 * (1 - np.arange(10) / 10))
    assert set(rates(dl.warmup_lr(3))[3:]) == {0.5}
    numpy_scalar = rates(lambda t: np.cos(np.float64(0.01 * t)))
    np.testing.assert_allclose(numpy_scalar, [0.5 * math.cos(0.01 * k) for k in t])


def test_validation_data_that_do_not_fit_are_refused_before_training():
    x, y = dl.moons(40)
    model = dl.Sequential(dl.Linear(2, 2))
    before = model.theta.copy()
    for valid in ((x[:, :1], y), (x, y + 7)):
        with pytest.raises(ValueError, match="needs x of shape|labels must be from 0 to 1"):
            dl.fit(model, (x, y), valid, optimizer=dl.SGD(0.1), epochs=1)
    assert np.array_equal(model.theta, before)
