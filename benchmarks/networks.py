"""One training step (forward, loss, backward, Adam) against PyTorch and the bare products."""

import numpy as np
import torch
from models import batch_of, ours, ours_model
from timing import interleaved, ratio
from torch import nn

from dlcourse import Adam

torch.set_num_threads(1)

# name -> (sizes, batch normalization and dropout?, batch, allowed of PyTorch, of bare products)
CASES = {
    "784-256-256-10, BatchNorm, Dropout, batch 128": ((784, 256, 256, 10), True, 128, 0.65, 2.0),
    "784-256-256-10, BatchNorm, Dropout, batch 32": ((784, 256, 256, 10), True, 32, 0.55, None),
    "784-256-256-10, plain, batch 128": ((784, 256, 256, 10), False, 128, 0.65, 1.6),
    "50 layers of 100 units, batch 128": ((100,) * 50 + (10,), False, 128, 0.6, None),
}


def pytorch(sizes, extras, n):
    layers = []
    for n_in, n_out in zip(sizes[:-2], sizes[1:-1], strict=True):
        layers.append(nn.Linear(n_in, n_out))
        layers += [nn.BatchNorm1d(n_out), nn.ReLU(), nn.Dropout(0.5)] if extras else [nn.ReLU()]
    model = nn.Sequential(*layers, nn.Linear(*sizes[-2:]))
    optimizer = torch.optim.Adam(model.parameters())
    x, labels = map(torch.from_numpy, batch_of(sizes, n))

    def step():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def bare_products(sizes, extras, n):
    """Forward, dW, and dX of all layers but the first, into arrays that are there already."""
    rng = np.random.default_rng(0)
    h = [rng.random((n, size), np.float32) for size in sizes]
    d = [rng.random((n, size), np.float32) for size in sizes]
    W = [rng.random(s, np.float32) / s[0] for s in zip(sizes[:-1], sizes[1:], strict=True)]
    dW = [np.empty_like(w) for w in W]

    def step():
        for i, w in enumerate(W):
            np.matmul(h[i], w, out=h[i + 1])
        for i in reversed(range(len(W))):
            np.matmul(h[i].T, d[i + 1], out=dW[i])
            if i:
                np.matmul(d[i + 1], W[i].T, out=d[i])

    return step


def floor(sizes, extras, n):
    """The bare products and Adam's step: what no way of writing the layers can save."""
    products, optimizer = bare_products(sizes, extras, n), Adam()
    theta = ours_model(sizes, extras).theta
    grad = np.ones_like(theta)

    def step():
        products()
        optimizer.step(theta, grad)

    return step


def rows():
    """(what, peer, ratio, allowed) for every comparison."""
    for name, (sizes, extras, n, of_torch, of_bare) in CASES.items():
        makers = {"ours": ours, "PyTorch": pytorch, "bare products": bare_products, "floor": floor}
        seconds = interleaved({peer: make(sizes, extras, n) for peer, make in makers.items()})
        yield name, "PyTorch, eager", ratio(seconds, "ours", "PyTorch"), of_torch
        yield name, "bare matrix products", ratio(seconds, "ours", "bare products"), of_bare
        for what, who in (("bare products", "bare products"), ("products and Adam", "floor")):
            alone = f"*the {what} alone*, {name}"
            yield alone, "PyTorch, eager", ratio(seconds, who, "PyTorch"), None
