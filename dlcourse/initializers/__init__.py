r"""Initializers: the scale of the first random weights.

Every rule is one number, the variance of a weight, written with the fan-in
:math:`n_\text{in}` and the fan-out :math:`n_\text{out}` of its layer.
"""

from .named_rules import (
    he_normal,
    he_uniform,
    lecun_normal,
    lecun_uniform,
    xavier_normal,
    xavier_uniform,
)
from .other_starts import constant, normal, orthogonal
from .variance import fans, variance_scaling

__all__ = [
    "fans",
    "variance_scaling",
    "lecun_normal",
    "lecun_uniform",
    "xavier_normal",
    "xavier_uniform",
    "he_normal",
    "he_uniform",
    "orthogonal",
    "constant",
    "normal",
]
