"""Optimizers, in the order in which they were invented: each is one change to one before it.

An optimizer knows no layers: ``step(w, g)`` changes one array in place, so that the same
object walks through a valley in two dimensions and trains a network.
"""

from .adam import Adam, AdamW, RAdam
from .adaptive import Adadelta, Adagrad, RMSprop
from .base import Optimizer
from .lion import Lion
from .momentum import NAG, SGD, Momentum
from .muon import Muon
from .schedule_free import ScheduleFree

__all__ = [
    "Optimizer",
    "SGD",
    "Momentum",
    "NAG",
    "Adagrad",
    "RMSprop",
    "Adadelta",
    "Adam",
    "AdamW",
    "RAdam",
    "Muon",
    "ScheduleFree",
    "Lion",
]
