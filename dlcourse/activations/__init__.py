r"""Activation functions: those of the study notes as they came into use, then GELU, SiLU, ReLU2.

Each is a function :math:`f` and its derivative :math:`f'`; the two passes are the same
for all: :math:`y = f(x)` and :math:`\partial L/\partial x = f'(x)\,\partial L/\partial y`.

From the smallest float to the largest, outputs and slopes are within a few units in the
last place of the exact ones, relative to their own size (`Tanh` and `GELU` say where it is
more), down to the smallest normal number: what is smaller may come out as 0.
"""

from .activation import Activation
from .exponential import ELU, SELU, SERLU
from .rectified import LeakyReLU, PReLU, ReLU, ReLU2
from .smooth import GELU, SiLU
from .squashing import Sigmoid, Tanh

__all__ = [
    "Activation",
    "Sigmoid",
    "Tanh",
    "ReLU",
    "LeakyReLU",
    "PReLU",
    "ELU",
    "SELU",
    "SERLU",
    "GELU",
    "SiLU",
    "ReLU2",
]
