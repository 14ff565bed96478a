"""Residual blocks, one in another, train exactly as the same lines in PyTorch, in float64."""

import numpy as np
import pytest
from cases import close, seed_of

import dlcourse as dl

torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
torch.set_num_threads(1)
nn = torch.nn


class Theirs(nn.Module):
    def __init__(self, scale, *layers):
        super().__init__()
        self.inside, self.scale = nn.Sequential(*layers), scale

    def forward(self, x):
        return x + self.scale * self.inside(x)


@pytest.mark.parametrize("seed", range(20))
def test_blocks_train_as_in_pytorch(seed):
    rng = np.random.default_rng([seed, *seed_of("Residual")])
    n, h, steps = int(rng.integers(2, 8)), int(rng.integers(2, 8)), 25
    scales = [1.0, *rng.normal(size=2)]
    block = dl.Residual(dl.LayerNorm(h), dl.Linear(h, h), dl.SiLU(), scale=scales[0])
    theirs = Theirs(scales[0], nn.LayerNorm(h), nn.Linear(h, h), nn.SiLU())
    norm = dl.BatchNorm(n)
    block = dl.Residual(norm, dl.Linear(n, h), block, dl.Linear(h, n), scale=scales[1])
    their_norm = nn.BatchNorm1d(n)
    theirs = Theirs(scales[1], their_norm, nn.Linear(n, h), theirs, nn.Linear(h, n))
    model = dl.Sequential(block, dl.Linear(n, 3), seed=seed, dtype=np.float64)
    other = nn.Sequential(theirs, nn.Linear(n, 3)).double()
    assert len(model.shapes) == len([*other.parameters()])
    for (w, _), p in zip(model.parameters().values(), other.parameters(), strict=True):
        p.data = torch.from_numpy(w.T.copy())
    optimizer, peer = dl.Adam(0.01, eps=1e-4), torch.optim.Adam(other.parameters(), 0.01, eps=1e-4)
    start = model.theta.copy()
    for step in range(steps):
        x, y = rng.normal(size=(12, n)), rng.integers(0, 3, 12)
        loss, dz = dl.softmax_cross_entropy(model.forward(x, train=True), y)
        dx, tx = model.backward(dz, input_gradient=True), torch.from_numpy(x).requires_grad_()
        their_loss = nn.functional.cross_entropy(other(tx), torch.from_numpy(y))
        peer.zero_grad()
        their_loss.backward()
        close(loss, their_loss, f"loss, step {step}")
        close(dx, tx.grad, f"dx, step {step}")
        optimizer.step(model.theta, model.grad)
        peer.step()
        theta = np.concatenate([p.detach().numpy().T.ravel() for p in other.parameters()])
        close(model.theta, theta, f"theta, step {step}")
        close(norm.running_var, their_norm.running_var, f"running_var, step {step}")
    assert np.abs(model.theta - start).max() > 1e-2, "it did not train"
    close(model.forward(x), other.eval()(torch.from_numpy(x)), "inference")
