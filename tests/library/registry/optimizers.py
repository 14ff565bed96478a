"""The optimizers: what each test and table about them needs to know."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import reference as ref

import dlcourse


@dataclass(frozen=True)
class Case:
    """One optimizer, or one way to use it.

    `what` is the class. At `settings` every line of its update matters; the checks of
    assignments look at the same. `formula` is the paper's, for one number (`reference`).
    `learns` is the rate and the epochs that are enough for the two moons. `twin` is the class
    in torch.optim, or None; `told` is what only that is told; `slots` is how it calls ours;
    `draw` gives arguments that both take. `aims` are the ratios of the speed table: 270
    thousand numbers, one million. `changed` is what the case is made with beside defaults;
    `decoupled` says that weight decay is beside the step.
    """

    what: str
    settings: dict
    formula: Callable
    learns: tuple
    twin: str | None = None
    told: dict = field(default_factory=dict)
    slots: dict = field(default_factory=dict)
    draw: Callable = lambda rng: {}
    aims: tuple = (0.65, 1.2)
    changed: dict = field(default_factory=dict)
    decoupled: bool = False

    def cls(self, dl=dlcourse):
        return getattr(dl, self.what)

    def make(self, dl=dlcourse, **settings):
        """The optimizer with its defaults, and the rate 0.1 where there is none."""
        lr = inspect.signature(self.cls(dl)).parameters["lr"]
        needed = {"lr": 0.1} if lr.default is lr.empty else {}
        return self.cls(dl)(**needed | self.changed | settings)


def momentum(rng):
    return {"momentum": float(rng.uniform(0.01, 0.99))}


def adam(rng):
    return {
        "betas": (float(rng.choice([0.0, 0.5, 0.9])), float(rng.choice([0.5, 0.9, 0.99, 0.999]))),
        "eps": float(10 ** rng.uniform(-10, -3)),
    }


ADAM = {"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01}
ADAM_SLOTS = {"m": "exp_avg", "v": "exp_avg_sq"}

OPTIMIZERS = {
    "SGD": Case("SGD", {"lr": 0.1}, ref.sgd, (0.5, 60), "SGD", aims=(0.8, 1.6)),
    "Momentum": Case(
        "Momentum",
        {"lr": 0.1, "momentum": 0.7},
        ref.momentum,
        (0.05, 40),
        twin="SGD",
        slots={"v": "momentum_buffer"},
        draw=momentum,
        aims=(0.65, 1.6),
    ),
    "NAG": Case(
        "NAG",
        {"lr": 0.1, "momentum": 0.7},
        ref.nag,
        (0.05, 40),
        twin="SGD",
        told={"nesterov": True},
        slots={"v": "momentum_buffer"},
        draw=momentum,
    ),
    "Adagrad": Case(
        "Adagrad",
        {"lr": 0.1, "eps": 0.01},
        ref.adagrad,
        (0.1, 40),
        twin="Adagrad",
        slots={"s": "sum"},
        draw=lambda rng: {"eps": float(10 ** rng.uniform(-12, -3))},
    ),
    "Adadelta": Case(
        "Adadelta",
        {"lr": 0.5, "rho": 0.8, "eps": 0.01},
        ref.adadelta,
        (1.0, 60),
        twin="Adadelta",
        slots={"s": "square_avg", "u": "acc_delta"},
        draw=lambda rng: {
            "rho": float(rng.uniform(0, 0.99)),
            "eps": float(10 ** rng.uniform(-8, -3)),
        },
    ),
    "RMSprop": Case(
        "RMSprop",
        {"lr": 0.1, "alpha": 0.8, "eps": 0.01},
        ref.rmsprop,
        (0.005, 40),
        twin="RMSprop",
        slots={"s": "square_avg"},
        draw=lambda rng: {
            "alpha": float(rng.uniform(0, 0.99)),
            "eps": float(10 ** rng.uniform(-10, -3)),
        },
    ),
    "Adam": Case("Adam", ADAM, ref.adam, (0.01, 40), "Adam", slots=ADAM_SLOTS, draw=adam),
    "AMSGrad": Case(
        "Adam",
        {**ADAM, "amsgrad": True},
        ref.adam,
        (0.01, 40),
        twin="Adam",
        slots={**ADAM_SLOTS, "v_max": "max_exp_avg_sq"},
        draw=adam,
        changed={"amsgrad": True},
    ),
    "AdamW": Case(
        "AdamW",
        {**ADAM, "weight_decay": 0.3},
        ref.adam,
        (0.01, 40),
        twin="AdamW",
        slots=ADAM_SLOTS,
        draw=lambda rng: adam(rng) | {"amsgrad": bool(rng.integers(2))},
        decoupled=True,
    ),
    "RAdam": Case(
        "RAdam",
        ADAM,
        ref.radam,
        (0.01, 40),
        twin="RAdam",
        slots=ADAM_SLOTS,
        draw=adam,
        aims=(0.65, 0.6),
    ),
    "Adam with decay": Case(
        "Adam",
        {**ADAM, "weight_decay": 0.3},
        ref.adam,
        (0.01, 40),
        twin="Adam",
        slots=ADAM_SLOTS,
        draw=adam,
        changed={"weight_decay": 1e-3},
    ),
}
