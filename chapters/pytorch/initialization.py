"""Chapter 4: He's weights keep a signal's size, Xavier's halve it."""

import math

import torch
from torch import nn


def factor(start, seed, depth=20, width=256):
    """By how many powers of two a ReLU layer changes the signal's size."""
    torch.manual_seed(seed)
    h = first = torch.randn(500, width)
    for _ in range(depth):
        layer = nn.Linear(width, width, bias=False)
        start(layer.weight)  # nn.init.xavier_normal_, or he
        h = torch.relu(layer(h))
    sizes = [v.square().mean().sqrt().item() for v in (first, h)]
    return math.log2(sizes[1] / sizes[0]) / depth


def he(weight):
    nn.init.kaiming_normal_(weight, nonlinearity="relu")
