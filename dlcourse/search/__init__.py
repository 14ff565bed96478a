"""Search for hyper-parameters: the same call on one core, all cores, or a cluster."""

from .asha import asha
from .choices import Choice
from .halving import successive_halving
from .hyperband import hyperband
from .interrupted import Interrupted
from .objectives import objective_for
from .ranges import IntUniform, LogUniform, Uniform
from .refining import coarse_to_fine, narrow
from .sampling import random_search
from .trials import Trials

__all__ = [
    "Uniform",
    "LogUniform",
    "IntUniform",
    "Choice",
    "random_search",
    "narrow",
    "coarse_to_fine",
    "successive_halving",
    "hyperband",
    "asha",
    "objective_for",
    "Trials",
    "Interrupted",
]
