"""A right argument for every name that the fuzz meets in a signature."""

import inspect

import numpy as np

import dlcourse as dl

# Where a large number is only slow, or fills the memory.
SLOW = {"epochs", "trials", "samples", "limit", "rounds", "max_epochs", "n", "n_in", "n_out"}
SLOW |= {"num_parameters", "shape", "seeds", "patience", "low", "high", "steps", "n_train"}
SLOW |= {"n_hidden"}


class NoRightValue(Exception):
    """The fuzz does not know an argument: add a value to `good`."""


def good(rng):
    """A right value for every argument by its name; ``Name.argument`` is for one of them."""
    x = rng.normal(size=(6, 3)).astype(np.float32)
    y = rng.integers(0, 2, 6)
    model = dl.Sequential(dl.Linear(3, 4), dl.Dropout(0.5), dl.Linear(4, 2))
    space = {"lr": dl.LogUniform(1e-3, 1)}
    return {
        **{
            "model": model,
            "layer_or_model": model,
            "x": x,
            "y": y,
            "labels": y,
            "z": x,
            "dy": x[:, :2],
        },
        **{"mean_squared_error.y": x, "rng": np.random.default_rng(0), "shape": (3, 2), "seed": 0},
        **{"train": (x, y), "valid": (x, y), "optimizer": dl.Adam(), "epochs": 1, "batch_size": 4},
        **{"loss": dl.softmax_cross_entropy, "before": model.theta.copy(), "value": 0.5, "W": x},
        **{
            "mask": [1, 0, 1],
            "samples": 2,
            "std": 0.1,
            "steps": 5,
            "step_size": 5,
            "f": lambda *a: 1.0,
        },
        **{"numerical_gradient.x": x.astype(float), "check_gradients.x": x.astype(float), "n": 3},
        **{
            "n_hidden": 3,
            "n_in": 3,
            "n_out": 2,
            "lr": 0.1,
            "w": np.ones(5),
            "g": np.ones(5),
            "like": np.ones(5),
        },
        **{
            "state": {},
            "path": "file.npz",
            "layers": dl.Linear(3, 2),
            "low": 0,
            "high": 1,
            "u": 0.5,
        },
        **{
            "LogUniform.low": 0.1,
            "options": ["a", "b"],
            "objective": lambda c, s: 0.5,
            "trials": 3,
        },
        **{"space": space, "build": lambda c, s: model, "data": ((x, y), (x, y)), "number": 0},
        **{
            "score": lambda rate, seed: abs(rate - 0.1),
            "rates": [0.06, 0.1, 0.16],
            "seeds": range(5),
        },
        **{"id": "C1.1", "statement": "It holds.", "holds": [True] * 5, "why_no_control": "a test"},
        **{
            "full": 3,
            "in_browser": 1,
            "name": "dropout-arms",
            "text": "a",
            "configs": [{"lr": 0.1}],
        },
        **{"Trials.seeds": [0], "scores": [0.5], "errors": [None], "num_parameters": 3},
        **{"shapes": {"a": (2, 2), "b": (1,)}},
        **{"size": 14, "n_train": 20, "n_test": 10, "kind": "scatter"},
    }


def right(name, function, rng):
    """Right arguments by name: all without a default, and half of the others."""
    values, cls = good(rng), name.partition(".")[0]
    chosen = {}
    for p in inspect.signature(function).parameters.values():
        if p.name == "self" or p.kind == p.VAR_KEYWORD:
            continue
        value = values.get(f"{cls}.{p.name}", values.get(p.name, p.default))
        if value is p.empty:
            raise NoRightValue(f"good() has no right value for {p.name} of {name}; add one")
        if p.default is p.empty or rng.random() < 0.5:
            chosen[p.name] = value
    return chosen
