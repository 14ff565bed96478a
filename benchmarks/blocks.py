"""One training step of a network of residual blocks, as transformers have them, against PyTorch."""

import torch
from models import batch_of, step_of
from timing import interleaved, ratio
from torch import nn

from dlcourse import Linear, Residual, RMSNorm, Sequential, SwiGLU

torch.set_num_threads(1)
WIDTH, HIDDEN, BLOCKS = 128, 256, 6
SIZES, BATCH = (784, 10), 128


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.RMSNorm(WIDTH)
        self.gate, self.up = (nn.Linear(WIDTH, HIDDEN, bias=False) for _ in range(2))
        self.down = nn.Linear(HIDDEN, WIDTH, bias=False)

    def forward(self, x):
        h = self.norm(x)
        return x + self.down(nn.functional.silu(self.gate(h)) * self.up(h))


def ours():
    blocks = (
        Residual(RMSNorm(WIDTH), SwiGLU(WIDTH, HIDDEN), Linear(HIDDEN, WIDTH, bias=False))
        for _ in range(BLOCKS)
    )
    model = Sequential(Linear(SIZES[0], WIDTH), *blocks, Linear(WIDTH, SIZES[1]))
    return step_of(model, *batch_of(SIZES, BATCH))


def pytorch():
    blocks = (Block() for _ in range(BLOCKS))
    model = nn.Sequential(nn.Linear(SIZES[0], WIDTH), *blocks, nn.Linear(WIDTH, SIZES[1]))
    optimizer = torch.optim.Adam(model.parameters())
    x, labels = map(torch.from_numpy, batch_of(SIZES, BATCH))

    def step():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def rows():
    """(what, peer, ratio, allowed) for every comparison."""
    seconds = interleaved({"ours": ours(), "PyTorch": pytorch()})
    what = f"{BLOCKS} blocks of RMSNorm, SwiGLU and Linear, width {WIDTH}, batch {BATCH}"
    yield what, "PyTorch, eager", ratio(seconds, "ours", "PyTorch"), 1.0
