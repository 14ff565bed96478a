"""Chapter 2: sigmoid layers lose the gradient, ReLU layers keep it."""

import torch
from torch import nn

from dlcourse import mnist


def kept(activation, start, seed):
    """Gradient in the first of eight layers, as a share of the last's."""
    (x, y), _ = mnist(2000, 3000, size=14, seed=seed)
    torch.manual_seed(seed)
    sizes, h = [], torch.from_numpy(x)
    for n in [196] + 7 * [64]:
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
