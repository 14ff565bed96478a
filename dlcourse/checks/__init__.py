"""Checks for assignments: a wrong answer is told which known mistake it is.

Each check takes a student's class or function. A right one passes quietly; a wrong one
raises an `AssertionError` in three short parts: what differs, which property is broken,
and the likely cause. Import it by itself: ``from dlcourse import checks``.
"""

from .asked_for import SETTINGS
from .check_activation import activation
from .check_batchnorm import batchnorm
from .check_dropout import dropout
from .check_gradient import gradient
from .check_initializer import initializer
from .check_narrow import narrow
from .check_optimizer import optimizer

__all__ = [
    "dropout",
    "activation",
    "batchnorm",
    "initializer",
    "optimizer",
    "narrow",
    "gradient",
]
