"""Checks for assignments: a wrong answer is told which known mistake it is.

Each check takes a student's class or function. A right one passes quietly; a wrong one
raises an `AssertionError` in three short parts: what differs, which property is broken,
and the likely cause. Import it by itself: ``from dlcourse import checks``.
"""

from .activations import activation
from .batchnorms import batchnorm
from .dropouts import dropout
from .gradients import gradient
from .initializers import initializer
from .narrowing import narrow
from .optimizers import optimizer

__all__ = [
    "dropout",
    "activation",
    "batchnorm",
    "initializer",
    "optimizer",
    "narrow",
    "gradient",
]
