"""One optimizer step: our one vector against PyTorch's list of tensors, and one long vector."""

import numpy as np
import torch
from timing import interleaved, ratio

import dlcourse

# The tensors of 784-256-256-10 with batch normalization: 270 thousand numbers.
NETWORK = [(784, 256), 256, 256, 256, (256, 256), 256, 256, 256, (256, 10), 10]
LONG = [1_000_000]
# name -> (ours, PyTorch's, allowed on the network, allowed on the long vector)
CASES = {
    "SGD": (dlcourse.SGD(0.1), ("SGD", {"lr": 0.1}), 0.8, 1.6),
    "Momentum": (dlcourse.Momentum(0.1), ("SGD", {"lr": 0.1, "momentum": 0.9}), 0.65, 1.6),
    "NAG": (
        dlcourse.NAG(0.1),
        ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
        0.65,
        1.2,
    ),
    "Adagrad": (dlcourse.Adagrad(), ("Adagrad", {}), 0.65, 1.2),
    "RMSprop": (dlcourse.RMSprop(), ("RMSprop", {}), 0.65, 1.2),
    "Adadelta": (dlcourse.Adadelta(), ("Adadelta", {}), 0.65, 1.2),
    "Adam": (dlcourse.Adam(), ("Adam", {}), 0.65, 1.2),
    "AdamW": (dlcourse.AdamW(), ("AdamW", {}), 0.65, 1.2),
    "RAdam": (dlcourse.RAdam(), ("RAdam", {}), 0.65, 0.6),
}


def ours(optimizer, shapes):
    rng = np.random.default_rng(0)
    n = sum(int(np.prod(shape)) for shape in shapes)
    w, g = rng.standard_normal((2, n), np.float32)
    optimizer.load_state_dict({"t": 0, "lr": optimizer.lr}, like=w)
    return lambda: optimizer.step(w, g)


def pytorch(name, settings, shapes):
    tensors = [torch.nn.Parameter(torch.randn(shape)) for shape in shapes]
    for tensor in tensors:
        tensor.grad = torch.randn_like(tensor)
    return getattr(torch.optim, name)(tensors, **settings).step


def rows():
    """(what, peer, ratio, allowed) for every comparison."""
    for what, shapes, column in (("270 thousand", NETWORK, 2), ("one million", LONG, 3)):
        for name, case in CASES.items():
            functions = {"ours": ours(case[0], shapes), "PyTorch": pytorch(*case[1], shapes)}
            seconds = interleaved(functions)
            yield f"{name}, {what}", "PyTorch", ratio(seconds, "ours", "PyTorch"), case[column]
