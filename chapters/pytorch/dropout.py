"""Chapter 1: dropping a fifth of the pixels lowers the error."""

import torch
from torch import nn

from dlcourse import mnist


def wrong(rate, lr, seed):
    """Wrong answers on new digits (%), after learning from 500 digits."""
    digits, new_digits = mnist(2000, 3000, size=14, seed=seed)
    x, y, new, new_y = map(torch.from_numpy, digits + new_digits)
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Dropout(rate), nn.Linear(196, 256), nn.ReLU(), nn.Linear(256, 10)
    )
    sgd = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    falls = torch.optim.lr_scheduler.LinearLR(sgd, 1, 0, total_iters=500)
    for _ in range(50):
        for rows in torch.randperm(500).split(50):
            sgd.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            sgd.step()
            falls.step()
    answers = model.eval()(new).argmax(1)  # eval: nothing is dropped
    return 100 * (answers != new_y).float().mean().item()
