"""The schedules: how each is made, its formula, and the scheduler of PyTorch that agrees."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

import dlcourse


@dataclass(frozen=True)
class Case:
    """The function is made with `arguments`; `twin` is (class in lr_scheduler, arguments).

    They agree up to step `until`; afterwards PyTorch may do something else.
    """

    what: str
    arguments: tuple
    formula: Callable
    twin: tuple | None = None
    until: int = 100

    def make(self, dl=dlcourse):
        return getattr(dl, self.what)(*self.arguments)


SCHEDULES = {
    "constant_lr": Case("constant_lr", (), lambda t: 1, ("ConstantLR", {"factor": 1.0})),
    "step_lr": Case(
        "step_lr", (7, 0.5), lambda t: 0.5 ** (t // 7), ("StepLR", {"step_size": 7, "gamma": 0.5})
    ),
    "linear_lr": Case(
        "linear_lr",
        (40,),
        lambda t: max(0, 1 - t / 40),
        ("LinearLR", {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 40}),
    ),
    "cosine_lr": Case(
        "cosine_lr",
        (40,),
        lambda t: (1 + cos(pi * min(t, 40) / 40)) / 2,
        ("CosineAnnealingLR", {"T_max": 40}),
        until=40,
    ),
    "warmup_lr": Case(
        "warmup_lr",
        (5,),
        lambda t: min(1, (t + 1) / 5),
        ("LinearLR", {"start_factor": 0.2, "end_factor": 1.0, "total_iters": 4}),
    ),
}
