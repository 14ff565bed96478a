"""One optimizer step: our one vector against PyTorch's list of tensors, and one long vector."""

import inspect
import math
import sys
from pathlib import Path

import numpy as np
import schedulefree
import torch
from timing import interleaved, ratio

from dlcourse import Muon, ScheduleFree

sys.path.append(str(Path(__file__).parents[1] / "tests" / "library"))
from registry import OPTIMIZERS  # noqa: E402  the optimizers, their peers and the aims

torch.set_num_threads(1)
# The tensors of 784-256-256-10 with batch normalization: 270 thousand numbers.
NETWORK = [(784, 256), 256, 256, 256, (256, 256), 256, 256, 256, (256, 10), 10]
LONG = [1_000_000]
CASES = {name: case for name, case in OPTIMIZERS.items() if case.twin and name == case.what}


def ours(case, shapes):
    rng = np.random.default_rng(0)
    n = sum(int(np.prod(shape)) for shape in shapes)
    w, g = rng.standard_normal((2, n), np.float32)
    optimizer = case.make()
    return lambda: optimizer.step(w, g)


def pytorch(case, shapes):
    """PyTorch's optimizer with the settings of ours."""
    tensors = [torch.nn.Parameter(torch.randn(shape)) for shape in shapes]
    for tensor in tensors:
        tensor.grad = torch.randn_like(tensor)
    cls, same = getattr(torch.optim, case.twin), case.make()
    settings = {a: getattr(same, a) for a in inspect.signature(cls).parameters if hasattr(same, a)}
    return cls(tensors, **settings, **case.told).step


def muon():
    """Muon in the network, where PyTorch needs a second optimizer for what is no matrix."""
    shapes = {f"{i}": s if isinstance(s, tuple) else (s,) for i, s in enumerate(NETWORK)}
    rng = np.random.default_rng(0)
    w, g = rng.standard_normal((2, sum(map(math.prod, shapes.values()))), np.float32)
    mine = Muon(shapes=shapes)
    tensors = [torch.nn.Parameter(torch.randn(shape)) for shape in NETWORK]
    for tensor in tensors:
        tensor.grad = torch.randn_like(tensor)
    theirs = (
        torch.optim.Muon([t for t in tensors if t.ndim == 2]),
        torch.optim.AdamW([t for t in tensors if t.ndim != 2]),
    )
    return {
        "ours": lambda: mine.step(w, g),
        "PyTorch": lambda: [optimizer.step() for optimizer in theirs],
    }


def schedule_free():
    """One million numbers, beside the code of its authors."""
    w, g = np.random.default_rng(0).standard_normal((2, *LONG), np.float32)
    mine, tensor = ScheduleFree(), torch.nn.Parameter(torch.randn(LONG))
    tensor.grad = torch.randn_like(tensor)
    theirs = schedulefree.AdamWScheduleFree([tensor])
    theirs.train()
    return {"ours": lambda: mine.step(w, g), "the paper's code": theirs.step}


def rows():
    """(what, peer, ratio, allowed) for every comparison."""
    for i, (what, shapes) in enumerate((("270 thousand", NETWORK), ("one million", LONG))):
        for name, case in CASES.items():
            functions = {"ours": ours(case, shapes), "PyTorch": pytorch(case, shapes)}
            seconds = interleaved(functions)
            yield f"{name}, {what}", "PyTorch", ratio(seconds, "ours", "PyTorch"), case.aims[i]
    seconds = interleaved(muon())
    yield (
        "Muon, 270 thousand",
        "PyTorch",
        ratio(seconds, "ours", "PyTorch"),
        OPTIMIZERS["Muon"].aims[0],
    )
    seconds = interleaved(schedule_free())
    value, aim = ratio(seconds, "ours", "the paper's code"), OPTIMIZERS["ScheduleFree"].aims[1]
    yield "ScheduleFree, one million", "the paper's code", value, aim
