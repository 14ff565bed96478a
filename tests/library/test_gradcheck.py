"""The gradient check can fail: students' mistakes are found at the place that is wrong."""

import numpy as np
import pytest
from cases import away_from_kinks

import dlcourse as dl


class NoTranspose(dl.Linear):
    def backward(self, dy):
        super().backward(dy)
        return dy @ self.W


class ForgotBias(dl.Linear):
    def backward(self, dy):
        dx = super().backward(dy)
        self.db[...] = 0
        return dx


class MeanInsteadOfSum(dl.Linear):
    def backward(self, dy):
        dx = super().backward(dy)
        self.dW /= len(dy)
        return dx


class StatisticsHeldFixed(dl.BatchNorm):
    def backward(self, dy):
        super().backward(dy)
        _, inv_std = self.recall(dy)
        return dy * self.gamma * inv_std


class WithoutTheVariance(dl.BatchNorm):
    def backward(self, dy):
        super().backward(dy)
        _, inv_std = self.recall(dy)
        return (dy - dy.mean(axis=0)) * self.gamma * inv_std


class ForgotTheMask(dl.Dropout):
    def backward(self, dy):
        return dy / (1 - self.rate)


class FreshMask(dl.Dropout):
    def backward(self, dy):
        return dy * self.scaled(self.rng.random(dy.shape) < 1 - self.rate, dy.dtype)


class SlopeOfTheOutput(dl.Sigmoid):
    def df(self, x, y):
        return x * (1 - x)


class OneSlopeForAll(dl.PReLU):
    def backward(self, dy):
        dx = super().backward(dy)
        self.da[...] = self.da.mean()
        return dx


class NoInputGradient(dl.Linear):
    def backward(self, dy):
        super().backward(dy)


class AddsUp(dl.Linear):
    """Adds to db instead of replacing it: right on the first pass only."""

    def backward(self, dy):
        old = self.db.copy()
        dx = super().backward(dy)
        self.db += old
        return dx


class NeverWritten(dl.Linear):
    def backward(self, dy):
        (x,) = self.recall(dy)
        self.db[...] = dy.sum(axis=0)
        dW = x.T @ dy  # noqa: F841  it never reaches the layer
        return dy @ self.W.T


class OneExampleOnly(dl.LayerNorm):
    def backward(self, dy):
        dx = super().backward(dy)
        self.dgamma[...] = dy[0]
        return dx


WRONG = [
    (NoTranspose(4, 4), "x"),
    (ForgotBias(4, 3), "0.b"),
    (MeanInsteadOfSum(4, 3), "0.W"),
    (StatisticsHeldFixed(4), "x"),
    (WithoutTheVariance(4), "x"),
    (ForgotTheMask(0.5), "x"),
    (FreshMask(0.5), "x"),
    (SlopeOfTheOutput(), "x"),
    (OneSlopeForAll(4), "0.a"),
    (NoInputGradient(4, 3), "x"),
    (AddsUp(4, 3), "0.b"),
    (NeverWritten(4, 3), "0.W"),
    (OneExampleOnly(4), "0.gamma"),
]


@pytest.mark.parametrize(("layer", "where"), WRONG, ids=lambda v: type(v).__name__)
def test_check_gradients_can_fail(layer, where):
    x = away_from_kinks(np.random.default_rng(2), (6, 4))
    with pytest.raises(AssertionError, match=f"the gradient of {where} (is wrong|must have shape)"):
        dl.check_gradients(layer, x)


def test_the_message_names_entry_and_both_values():
    x = np.random.default_rng(2).normal(size=(6, 4))
    with pytest.raises(AssertionError) as caught:
        dl.check_gradients(ForgotBias(4, 3), x)
    text = str(caught.value)
    assert "at (" in text
    assert "backward gives 0, central differences give" in text
    assert "check the backward formula" in text


def test_a_gradient_that_is_not_written_or_added_to_is_called_that():
    x = np.random.default_rng(2).normal(size=(6, 4))
    for layer, name in ((NeverWritten(4, 3), "dW"), (AddsUp(4, 3), "db")):
        with pytest.raises(AssertionError, match=rf"left NaN in it; .* self\.{name}\[\.\.\.\] ="):
            dl.check_gradients(layer, x)


def test_a_gradient_of_zero_passes():
    """Batch normalization takes the mean away, so a bias in front of it changes nothing."""
    model = dl.Sequential(dl.Linear(3, 8), dl.BatchNorm(8), dl.Tanh(), dl.Linear(8, 2))
    errors = dl.check_gradients(model, np.random.default_rng(0).normal(size=(50, 3)))
    assert errors["0.b"] < 1e-6


def test_a_small_gradient_that_is_wrong_is_found():
    model = dl.Sequential(dl.Linear(3, 4), ForgotBias(4, 3, init=dl.normal(1e-6)))
    with pytest.raises(AssertionError, match=r"1\.b is wrong"):
        dl.check_gradients(model, 1e-3 * np.random.default_rng(0).normal(size=(4, 3)))
