"""Chapter 3: with batch normalization a few epochs are enough."""

import torch
from torch import nn

from dlcourse import mnist


def epochs_needed(norm, lr, seed, most=40):
    """Epochs until 20 % of new digits are wrong; norm: BatchNorm1d, None."""
    digits, new_digits = mnist(1000, 1000, size=14, seed=seed)
    x, y, new, new_y = map(torch.from_numpy, digits + new_digits)
    torch.manual_seed(seed)
    layers = []
    for n in (196, 100, 100):
        linear = nn.Linear(n, 100)
        nn.init.normal_(linear.weight, std=0.1)
        layers += [linear, *([norm(100)] if norm else []), nn.Sigmoid()]
    model = nn.Sequential(*layers, nn.Linear(100, 10))
    sgd = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(1, most + 1):
        model.train()
        for rows in torch.randperm(1000).split(50):
            sgd.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            sgd.step()
        answers = model.eval()(new).argmax(1)
        if (answers != new_y).float().mean() <= 0.2:
            return epoch
    return most + 1
