"""The losses: targets that fit them, and the same function in PyTorch."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import dlcourse


@dataclass(frozen=True)
class Case:
    """``draw(rng, z)`` gives targets for the outputs z; `twin` is in torch.nn.functional."""

    what: str
    draw: Callable
    twin: str | None = None

    def make(self, dl=dlcourse):
        return getattr(dl, self.what)


def labels(rng, z):
    kind = rng.choice([np.int64, np.int32, np.uint8])
    return rng.integers(0, z.shape[1], len(z)).astype(kind)


def numbers(rng, z):
    return rng.normal(size=z.shape).astype(z.dtype)


LOSSES = {
    "softmax_cross_entropy": Case("softmax_cross_entropy", labels, "cross_entropy"),
    "mean_squared_error": Case("mean_squared_error", numbers, "mse_loss"),
}
