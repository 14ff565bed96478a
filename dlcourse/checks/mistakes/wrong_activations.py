# ruff: noqa: E501  a table reads best with a row on a line
"""Known mistakes in activation functions: each a function and its slope, one of them wrong."""

from math import pi

import numpy as np

from ..._special import normal_cdf, normal_pdf
from ...layers import Layer
from ..engine.pieces import Variant, right
from .curves import A_SELU, A_SERLU, L_SELU, L_SERLU, RIGHT, both, low, of, sigmoid, times

C = (2 / pi) ** 0.5
# (name, sentence, f or None, slope or None); None is right
ROWS = {
    "Sigmoid": [
        ("sign", "the exponent has the wrong sign: 1/(1 + exp(-x)).", lambda x, a: sigmoid(-x), lambda x, a: -sigmoid(x) * sigmoid(-x)),
        ("tanh", "this is tanh, from -1 to 1; the sigmoid goes from 0 to 1.", lambda x, a: np.tanh(x), lambda x, a: 1 - np.tanh(x) ** 2),
        ("overflow", "exp(x)/(1 + exp(x)) gives inf/inf for large x; use exp(-|x|), which is at most 1.", lambda x, a: np.exp(x) / (1 + np.exp(x)), None),
        ("slope plus", "the slope is y (1 - y), not y (1 + y).", None, lambda x, a: sigmoid(x) * (1 + sigmoid(x))),
        ("slope y", "the slope is y (1 - y); the second factor is missing.", None, lambda x, a: sigmoid(x)),
        ("slope of tanh", "the slope is that of tanh, 1 - y^2; here it is y (1 - y).", None, lambda x, a: 1 - sigmoid(x) ** 2),
    ],
    "Tanh": [
        ("sigmoid", "this is the sigmoid, from 0 to 1; tanh goes from -1 to 1.", lambda x, a: sigmoid(x), lambda x, a: sigmoid(x) * sigmoid(-x)),
        ("half", "tanh(x/2) is a stretched tanh: in terms of the sigmoid, tanh x = 2 sigmoid(2x) - 1.", lambda x, a: np.tanh(x / 2), lambda x, a: (1 - np.tanh(x / 2) ** 2) / 2),
        ("overflow", "(e^x - e^-x)/(e^x + e^-x) gives inf/inf far from 0; use np.tanh.", lambda x, a: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)), None),
        ("slope y", "the slope is 1 - y^2; the square is missing.", None, lambda x, a: 1 - np.tanh(x)),
        ("slope x", "the slope is 1 - y^2 with the output y, not 1 - x^2.", None, lambda x, a: 1 - x**2),
        ("slope of sigmoid", "the slope is that of the sigmoid, y (1 - y); here it is 1 - y^2.", None, lambda x, a: np.tanh(x) * (1 - np.tanh(x))),
    ],
    "ReLU": [
        ("slope at 0", "the slope at 0 is 1; the course and PyTorch take 0: write x > 0, not x >= 0.", None, lambda x, a: np.where(x >= 0, of(x), 0)),
        ("absolute", "this is |x|; what is negative must become 0.", lambda x, a: np.abs(x), lambda x, a: np.sign(x)),
        ("minimum", "this keeps what is negative: np.maximum, not np.minimum.", lambda x, a: low(x), lambda x, a: np.where(x < 0, of(x), 0)),
        ("leaky", "this is a leaky ReLU: the left side must be 0.", lambda x, a: both(x, x, 0.01 * x), lambda x, a: both(x, of(x), 0.01)),
        ("slope x", "backward multiplies by y itself; the slope is 1 or 0.", None, lambda x, a: np.maximum(x, 0)),
        ("slope left", "backward lets the negative side pass instead of the positive one.", None, lambda x, a: np.where(x < 0, of(x), 0)),
    ],
    "LeakyReLU": [
        ("relu", "the left side is 0: this is ReLU.", lambda x, a: both(x, x, 0), lambda x, a: both(x, of(x), 0)),
        ("fixed", "the slope is a fixed 0.01; use the setting negative_slope.", lambda x, a: both(x, x, 0.01 * x), lambda x, a: both(x, of(x), 0.01)),
        ("sign", "the left side has the wrong sign: negative_slope * x, for x is negative itself.", lambda x, a: both(x, x, -a * x), lambda x, a: both(x, of(x), -a)),
        ("swapped", "the slope is on the right side; positive values pass as they are.", lambda x, a: both(x, a * x, x), lambda x, a: both(x, a, of(x))),
        ("constant", "the left side is the number negative_slope; it is negative_slope times x.", lambda x, a: both(x, x, a * of(x)), lambda x, a: both(x, of(x), 0)),
        ("slope 0", "backward has the slope 0 on the left side, as ReLU; it is negative_slope.", None, lambda x, a: both(x, of(x), 0)),
        ("slope ax", "the slope on the left is negative_slope, not negative_slope * x.", None, lambda x, a: both(x, of(x), a * x)),
        ("slope at 0", "the slope at 0 is 1; the course takes that of the left side: write x > 0.", None, lambda x, a: np.where(x >= 0, of(x), a)),
    ],
    "ELU": [
        ("no minus 1", "the - 1 is missing: alpha (exp(x) - 1), so that f(0) = 0.", lambda x, a: both(x, x, a * np.exp(low(x))), None),
        ("alpha inside", "alpha is in the exponent; it stands in front: alpha (exp(x) - 1).", lambda x, a: both(x, x, np.expm1(a * low(x))), lambda x, a: both(x, of(x), a * np.exp(a * low(x)))),
        ("no alpha", "alpha is missing in forward: alpha (exp(x) - 1).", lambda x, a: both(x, x, np.expm1(low(x))), lambda x, a: both(x, of(x), np.exp(low(x)))),
        ("overflow", "a mask multiplies exp(x), and 0 * inf is NaN; take exp of min(x, 0), or np.where.", lambda x, a: times(x, x > 0) + times(a * (np.exp(x) - 1), x <= 0), None),
        ("slope no alpha", "the slope on the left is alpha exp(x); alpha is missing.", None, lambda x, a: both(x, of(x), np.exp(low(x)))),
        ("slope y", "the slope on the left is y + alpha; this is y alone.", None, lambda x, a: both(x, of(x), a * np.expm1(low(x)))),
        ("slope y plus 1", "the slope on the left is y + alpha, not y + 1.", None, lambda x, a: both(x, of(x), a * np.expm1(low(x)) + 1)),
        ("slope exp minus 1", "the slope on the left is alpha exp(x); this is exp(x) - 1 + alpha, so alpha is missing in y.", None, lambda x, a: both(x, of(x), np.expm1(low(x)) + a)),
        ("slope at 0", "the slope at 0 is 1; the course takes that of the left side: write x > 0.", None, lambda x, a: np.where(x >= 0, of(x), a * np.exp(low(x)))),
    ],
    "SELU": [
        ("elu", "lambda is missing: this is ELU with SELU's alpha.", lambda x, a: both(x, x, A_SELU * np.expm1(low(x))), lambda x, a: both(x, of(x), A_SELU * np.exp(low(x)))),
        ("no alpha", "alpha is missing on the left side.", lambda x, a: L_SELU * both(x, x, np.expm1(low(x))), lambda x, a: L_SELU * both(x, of(x), np.exp(low(x)))),
        ("swapped", "alpha and lambda are swapped: lambda = 1.0507 stands in front, alpha = 1.6733 inside.", lambda x, a: A_SELU * both(x, x, L_SELU * np.expm1(low(x))), lambda x, a: A_SELU * both(x, of(x), L_SELU * np.exp(low(x)))),
        ("rounded", "the constants are rounded; after many layers it shows: take all digits.", lambda x, a: 1.0507 * both(x, x, 1.6733 * np.expm1(low(x))), lambda x, a: 1.0507 * both(x, of(x), 1.6733 * np.exp(low(x)))),
        ("left only", "lambda is missing on the right side; it scales both.", lambda x, a: both(x, x, L_SELU * A_SELU * np.expm1(low(x))), lambda x, a: both(x, of(x), L_SELU * A_SELU * np.exp(low(x)))),
        ("slope unscaled", "backward lacks lambda.", None, lambda x, a: both(x, of(x), A_SELU * np.exp(low(x)))),
        ("slope right", "backward lacks lambda on the right side: the slope there is 1.0507, not 1.", None, lambda x, a: both(x, of(x), L_SELU * A_SELU * np.exp(low(x)))),
        ("slope y", "the slope on the left is y + lambda alpha; lambda alpha is missing.", None, lambda x, a: L_SELU * both(x, of(x), A_SELU * np.expm1(low(x)))),
    ],
    "SERLU": [
        ("selu", "the left side is SELU's, exp(x) - 1; here it is x exp(x).", lambda x, a: L_SERLU * both(x, x, A_SERLU * np.expm1(low(x))), lambda x, a: L_SERLU * both(x, of(x), A_SERLU * np.exp(low(x)))),
        ("no scale", "lambda is missing.", lambda x, a: both(x, x, A_SERLU * x * np.exp(low(x))), lambda x, a: np.where(x >= 0, 1, A_SERLU * (1 + x) * np.exp(low(x)))),
        ("constants", "the constants are SELU's; SERLU has its own: alpha 2.90427123333, lambda 1.07861828358.", lambda x, a: L_SELU * both(x, x, A_SELU * x * np.exp(low(x))), lambda x, a: L_SELU * np.where(x >= 0, 1, A_SELU * (1 + x) * np.exp(low(x)))),
        ("overflow", "a mask multiplies exp(x), and 0 * inf is NaN; take exp of min(x, 0).", lambda x, a: L_SERLU * (times(x, x >= 0) + times(A_SERLU * x * np.exp(x), x < 0)), None),
        ("slope product", "the slope on the left is alpha (1 + x) exp(x), by the product rule; the 1 is missing.", None, lambda x, a: L_SERLU * np.where(x >= 0, 1, A_SERLU * x * np.exp(low(x)))),
        ("slope exp", "the slope on the left is alpha (1 + x) exp(x); the factor 1 + x is missing.", None, lambda x, a: L_SERLU * np.where(x >= 0, 1, A_SERLU * np.exp(low(x)))),
        ("slope unscaled", "backward lacks lambda.", None, lambda x, a: np.where(x >= 0, 1, A_SERLU * (1 + x) * np.exp(low(x)))),
    ],
    "GELU": [
        ("tanh form", "this is the tanh approximation; the exact form x Phi(x) is asked for.", lambda x, a: 0.5 * x * (1 + np.tanh(C * (x + 0.044715 * x**3))), lambda x, a: 0.5 * (1 + np.tanh(C * (x + 0.044715 * x**3))) + 0.5 * x * (1 - np.tanh(C * (x + 0.044715 * x**3)) ** 2) * C * (1 + 0.134145 * x**2)),
        ("sigmoid form", "this is the approximation x sigmoid(1.702 x); the exact form is asked for.", lambda x, a: x * sigmoid(1.702 * x), lambda x, a: sigmoid(1.702 * x) * (1 + 1.702 * x * sigmoid(-1.702 * x))),
        ("cdf", "this is Phi(x) alone; the factor x is missing.", lambda x, a: normal_cdf(x), lambda x, a: normal_pdf(x)),
        ("density", "this is x times the density; it must be the distribution function Phi.", lambda x, a: x * normal_pdf(x), lambda x, a: (1 - x * x) * normal_pdf(x)),
        ("no root", "Phi(x) is (1 + erf(x / sqrt 2)) / 2; the sqrt 2 is missing.", lambda x, a: x * normal_cdf(x * 2**0.5), lambda x, a: normal_cdf(x * 2**0.5) + x * 2**0.5 * normal_pdf(x * 2**0.5)),
        ("slope Phi", "the slope is Phi(x) + x phi(x); the second term is missing.", None, lambda x, a: normal_cdf(x)),
        ("slope phi", "the slope is Phi(x) + x phi(x); the factor x is missing.", None, lambda x, a: normal_cdf(x) + normal_pdf(x)),
    ],
    "SiLU": [
        ("sigmoid", "this is the sigmoid alone; the factor x is missing.", lambda x, a: sigmoid(x), lambda x, a: sigmoid(x) * sigmoid(-x)),
        ("gelu", "the 1.702 belongs to an approximation of GELU; SiLU is x sigmoid(x).", lambda x, a: x * sigmoid(1.702 * x), lambda x, a: sigmoid(1.702 * x) * (1 + 1.702 * x * sigmoid(-1.702 * x))),
        ("sign", "the exponent has the wrong sign: x / (1 + exp(-x)).", lambda x, a: x * sigmoid(-x), lambda x, a: sigmoid(-x) * (1 - x * sigmoid(x))),
        ("slope s", "the slope is s + x s (1 - s), by the product rule; the second term is missing.", None, lambda x, a: sigmoid(x)),
        ("slope of sigmoid", "the slope is that of the sigmoid; here it is s (1 + x (1 - s)).", None, lambda x, a: sigmoid(x) * sigmoid(-x)),
        ("slope xs", "the slope is s (1 + x (1 - s)); this is s (1 + x s).", None, lambda x, a: sigmoid(x) * (1 + x * sigmoid(x))),
    ],
    "ReLU2": [
        ("relu", "the square is missing: this is ReLU.", lambda x, a: np.maximum(x, 0), lambda x, a: both(x, of(x), 0)),
        ("square", "both sides are squared; what is negative must become 0 first.", lambda x, a: x * x, lambda x, a: 2 * x),
        ("half", "this is half of it; the square has no 1/2 in front.", lambda x, a: np.maximum(x, 0) ** 2 / 2, lambda x, a: np.maximum(x, 0)),
        ("cube", "this is the cube; the power is 2.", lambda x, a: np.maximum(x, 0) ** 3, lambda x, a: 3 * np.maximum(x, 0) ** 2),
        ("slope of relu", "the slope is that of ReLU, 1 or 0; here it is 2 max(0, x).", None, lambda x, a: both(x, of(x), 0)),
        ("slope no 2", "the slope is 2 max(0, x); the 2 is missing.", None, lambda x, a: np.maximum(x, 0)),
        ("slope both sides", "the slope on the left is 0: 2 max(0, x), not 2 x.", None, lambda x, a: 2 * x),
    ],
}  # fmt: skip

DEFAULTS = {"LeakyReLU": ("negative_slope", 0.01), "ELU": ("alpha", 1.0)}


def plain(name):
    """The class of a function in which all is right, with its settings."""
    setting, default = DEFAULTS.get(name, ("a", 0.0))
    f, df = RIGHT[name]

    @right
    class Plain(Layer):
        def __init__(self, **settings):
            self.a = settings.get(setting, default)

        def f(self, x):
            return f(x, self.a)

        def df(self, x):
            return df(x, self.a)

        def forward(self, x, train=False):
            self.x = x
            return self.f(x).astype(x.dtype)

        def backward(self, dy):
            return self.chain(self.slope(self.at(dy)), dy).astype(dy.dtype)

        def at(self, dy):
            """Where the slope is taken."""
            return self.x

        def slope(self, x):
            return self.df(x)

        def chain(self, slope, dy):
            return slope * dy

    Plain.__name__ = f"Wrong{name}"
    return Plain


def wrong(base, f, df):
    """A row of the table as a class: another function with its slope, or another slope alone."""
    new = {}
    if f is not None:
        new["f"] = lambda self, x: f(x, self.a)
    if df is not None:
        new["df" if f is not None else "slope"] = lambda self, x: df(x, self.a)
    return type(base.__name__, (base,), new)


def _of_all(name, base):
    """Mistakes that can happen with every function, all in the backward pass."""

    class WithoutSlope(base):
        def chain(self, slope, dy):
            return dy.copy()

    class WithoutChain(base):
        def chain(self, slope, dy):
            return slope

    class AtOutput(base):
        def at(self, dy):
            return self.f(self.x)

    class AtGradient(base):
        def at(self, dy):
            return dy

    yield Variant("slope missing", "backward returns dy as it came, without f'(x).", WithoutSlope)
    sentence = "backward returns f'(x) and forgets to multiply by dy."
    yield Variant("chain missing", sentence, WithoutChain)
    if name not in ("ReLU", "LeakyReLU"):  # there it makes no difference
        sentence = "the derivative is taken at y, the output; it belongs at x, the input."
        yield Variant("slope at y", sentence, AtOutput)
    sentence = "the derivative is taken at dy; it belongs at x, which forward must keep."
    yield Variant("slope at dy", sentence, AtGradient)


def _table(name):
    base = plain(name)
    rows = [Variant(label, said, wrong(base, f, df)) for label, said, f, df in ROWS[name]]
    return [*_of_all(name, base), *rows]


TABLES = {name: _table(name) for name in RIGHT}
