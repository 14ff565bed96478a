"""The layers and activation functions: how each is made, its formula, its peer in PyTorch."""

from collections.abc import Callable
from dataclasses import dataclass
from math import erf

import numpy as np

import dlcourse


@dataclass(frozen=True)
class Case:
    """One layer, or one way to make it.

    `what` is the class. ``at(n)`` gives its arguments for batches with n columns, sizes and
    settings, at which every line matters; ``draw(n, rng)`` gives drawn ones that `twin`, the
    class in torch.nn, takes too (without it: a stand-in of the parity test, or none).
    `formula` is the curve of an activation at those settings. `mixes` says that rows of a
    batch change one another. ``inside(n, dl)`` are the layers that it is made of.
    """

    what: str
    at: Callable = lambda n: ((), {})
    draw: Callable = lambda n, rng: ((), {})
    twin: str | None = None
    formula: Callable | None = None
    mixes: bool = False
    inside: Callable = lambda n, dl: ()

    def make(self, n, dl=dlcourse):
        sizes, settings = self.at(n)
        return getattr(dl, self.what)(*self.inside(n, dl), *sizes, **settings)


def only(**settings):
    """Settings without sizes."""
    return lambda n: ((), settings)


def negative(f):
    """x where x is positive, f(x) elsewhere."""
    return lambda x: np.where(x > 0, x, f(np.minimum(x, 0)))


def slope(rng):
    return float(rng.uniform(-0.5, 0.9))


def eps(rng):
    return float(10 ** rng.uniform(-8, -1))


def drawn_linear(n, rng):
    return (n, int(rng.integers(1, 9))), {"bias": bool(rng.integers(2))}


def drawn_gated(n, rng):
    return (n, int(rng.integers(1, 9))), {}


def drawn_dropout(n, rng):
    return (), {"rate": float(rng.uniform(0, 0.95)), "inverted": bool(rng.integers(2))}


def drawn_batch_norm(n, rng):
    return (n,), {"eps": eps(rng), "momentum": float(rng.uniform(0.01, 1))}


def drawn_rms_norm(n, rng):
    return (n,), {"eps": eps(rng) if rng.integers(2) else None}


def around_everything(n, dl):
    """All that a network can hold: running statistics, masks, slopes, and another Residual."""
    block = dl.Residual(dl.LayerNorm(n + 2), dl.Linear(n + 2, n + 2), dl.PReLU(n + 2), scale=-0.5)
    return dl.BatchNorm(n), dl.Linear(n, n + 2), block, dl.Dropout(0.3), dl.Linear(n + 2, n)


SELU = 1.0507009873554805, 1.6732632423543772
SERLU = 1.07861828358, 2.90427123333

LAYERS = {
    "Linear": Case("Linear", lambda n: ((n, n + 2), {}), drawn_linear, "Linear"),
    "Linear without bias": Case("Linear", lambda n: ((n, 3), {"bias": False})),
    "SwiGLU": Case("SwiGLU", lambda n: ((n, n + 2), {}), drawn_gated),
    "Sigmoid": Case("Sigmoid", twin="Sigmoid", formula=lambda x: 0.5 * (1 + np.tanh(x / 2))),
    "Tanh": Case(
        "Tanh",
        twin="Tanh",
        formula=lambda x: np.sinh(np.clip(x, -30, 30)) / np.cosh(np.clip(x, -30, 30)),
    ),
    "ReLU": Case("ReLU", twin="ReLU", formula=lambda x: (x + abs(x)) / 2),
    "LeakyReLU": Case(
        "LeakyReLU",
        only(negative_slope=0.2),
        lambda n, rng: ((), {"negative_slope": slope(rng)}),
        "LeakyReLU",
        negative(lambda x: 0.2 * x),
    ),
    "PReLU shared": Case("PReLU", draw=lambda n, rng: ((), {"init": slope(rng)}), twin="PReLU"),
    "PReLU per unit": Case(
        "PReLU",
        lambda n: ((n,), {"init": 0.1}),
        lambda n, rng: ((n,), {"init": slope(rng)}),
        "PReLU",
    ),
    "ELU": Case(
        "ELU",
        only(alpha=0.7),
        lambda n, rng: ((), {"alpha": float(rng.uniform(0.1, 3))}),
        "ELU",
        negative(lambda x: 0.7 * (np.exp(x) - 1)),
    ),
    "SELU": Case(
        "SELU",
        twin="SELU",
        formula=lambda x: SELU[0] * negative(lambda x: SELU[1] * (np.exp(x) - 1))(x),
    ),
    "SERLU": Case(
        "SERLU", formula=lambda x: SERLU[0] * negative(lambda x: SERLU[1] * x * np.exp(x))(x)
    ),
    "GELU": Case(
        "GELU", twin="GELU", formula=lambda x: 0.5 * x * (1 + np.vectorize(erf)(x / 2**0.5))
    ),
    "SiLU": Case("SiLU", twin="SiLU", formula=lambda x: 0.5 * x * (1 + np.tanh(x / 2))),
    "ReLU2": Case("ReLU2", formula=lambda x: (x * (x + abs(x))) / 2),
    "BatchNorm": Case(
        "BatchNorm", lambda n: ((n,), {}), drawn_batch_norm, "BatchNorm1d", mixes=True
    ),
    "LayerNorm": Case(
        "LayerNorm", lambda n: ((n,), {}), lambda n, rng: ((n,), {"eps": eps(rng)}), "LayerNorm"
    ),
    "RMSNorm": Case("RMSNorm", lambda n: ((n,), {}), drawn_rms_norm, "RMSNorm"),
    "Dropout": Case("Dropout", only(rate=0.4), drawn_dropout),
    "Dropout original": Case("Dropout", only(rate=0.4, inverted=False)),
    "Residual": Case(
        "Residual",
        only(scale=0.7),
        inside=lambda n, dl: (dl.Linear(n, n + 1), dl.Tanh(), dl.Linear(n + 1, n)),
    ),
    "Residual around everything": Case("Residual", inside=around_everything, mixes=True),
}
