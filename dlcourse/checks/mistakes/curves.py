"""The right activation functions once more, as plain formulas: what the mistakes are made from."""

import numpy as np

from ..._special import normal_cdf, normal_pdf

L_SELU, A_SELU = 1.0507009873554804934, 1.6732632423543772848
L_SERLU, A_SERLU = 1.07861828358, 2.90427123333


def sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))


def low(x):
    return np.minimum(x, 0)


def both(x, right, left):
    """`right` where x > 0, `left` elsewhere."""
    return np.where(x > 0, right, left)


def of(x):
    """1, as an array like x."""
    return np.ones_like(x)


def times(x, mask):
    """A product with a mask, as it is often written: it turns inf * 0 into NaN."""
    return x * mask


# name -> the function and its slope; `a` is the setting (a slope, or alpha)
RIGHT = {
    "Sigmoid": (lambda x, a: sigmoid(x), lambda x, a: sigmoid(x) * (1 - sigmoid(x))),
    "Tanh": (lambda x, a: np.tanh(x), lambda x, a: 1 - np.tanh(x) ** 2),
    "ReLU": (lambda x, a: np.maximum(x, 0), lambda x, a: both(x, of(x), 0)),
    "LeakyReLU": (lambda x, a: both(x, x, a * x), lambda x, a: both(x, of(x), a)),
    "ELU": (
        lambda x, a: both(x, x, a * np.expm1(low(x))),
        lambda x, a: both(x, of(x), a * np.exp(low(x))),
    ),
    "SELU": (
        lambda x, a: L_SELU * both(x, x, A_SELU * np.expm1(low(x))),
        lambda x, a: L_SELU * both(x, of(x), A_SELU * np.exp(low(x))),
    ),
    "SERLU": (
        lambda x, a: L_SERLU * np.where(x >= 0, x, A_SERLU * x * np.exp(low(x))),
        lambda x, a: L_SERLU * np.where(x >= 0, 1, A_SERLU * (1 + x) * np.exp(low(x))),
    ),
    "GELU": (
        lambda x, a: x * normal_cdf(x),
        lambda x, a: normal_cdf(x) + x * normal_pdf(x),
    ),
    "SiLU": (
        lambda x, a: x * sigmoid(x),
        lambda x, a: sigmoid(x) * (1 + x * (1 - sigmoid(x))),
    ),
    "ReLU2": (lambda x, a: np.maximum(x, 0) ** 2, lambda x, a: 2 * np.maximum(x, 0)),
}
