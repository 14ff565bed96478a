"""Chapter 2: sigmoid layers lose the gradient, tanh and ReLU layers do not."""

import torch
from torch import nn

from dlcourse import mnist


def kept(activation, start, seed):
    """Gradient in the first of ten layers, as a share of the last's."""
    (x, y), _ = mnist(1500, 3000, size=14, seed=seed)
    x, y = x[:1000], y[:1000]
    torch.manual_seed(seed)
    sizes, h = [], torch.from_numpy((x - x.mean()) / x.std())
    for n in [196] + 9 * [64]:
        layer = nn.Linear(n, 64)
        start(layer.weight)
        nn.init.zeros_(layer.bias)
        z = layer(h)
        z.retain_grad()
        sizes.append(z)
        h = activation(z)
    last = nn.Linear(64, 10)
    start(last.weight)
    nn.functional.cross_entropy(last(h), torch.from_numpy(y)).backward()
    return (sizes[0].grad.std() / sizes[-1].grad.std()).item()
