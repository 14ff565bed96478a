"""A whole network trains exactly like PyTorch's in float64, dropout masks shared."""

import numpy as np
import pytest
from cases import close, seed_of

import dlcourse as dl

torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
torch.set_num_threads(1)

SEEDS = range(40)
STEPS = 25
OPTIMIZERS = {
    "SGD": (dl.SGD, torch.optim.SGD, {}),
    "Momentum": (dl.Momentum, torch.optim.SGD, {"momentum": 0.9}),
    "Adam": (dl.Adam, torch.optim.Adam, {"eps": 1e-4}),
}


class Shared(torch.nn.Module):
    """Dropout with the factors that our layer is about to draw."""

    def forward(self, x):
        return x * torch.from_numpy(self.factors) if self.training else x


def networks(rng, seed):
    """Ours and PyTorch's, of random depth, width and dropout rate, with the same weights."""
    widths = rng.integers(2, 12, rng.integers(3, 5)).tolist()
    ours, theirs = [], []
    for i, (n_in, n_out) in enumerate(zip(widths, widths[1:], strict=False)):
        if rng.random() < 0.7:
            ours.append(dl.Dropout(float(rng.uniform(0.1, 0.6))))
            theirs.append(Shared())
            theirs[-1].width = n_in
        ours.append(dl.Linear(n_in, n_out))
        theirs.append(torch.nn.Linear(n_in, n_out))
        if i < len(widths) - 2:
            ours += [dl.BatchNorm(n_out), dl.ReLU()]
            theirs += [torch.nn.BatchNorm1d(n_out), torch.nn.ReLU()]
    model = dl.Sequential(*ours, seed=seed, dtype=np.float64)
    other = torch.nn.Sequential(*theirs).double()
    for layer, module in zip(model.layers, other, strict=True):
        if isinstance(layer, dl.Linear):
            module.weight.data = torch.from_numpy(layer.W.T.copy())
            module.bias.data = torch.from_numpy(layer.b.copy())
    return model, other, widths


def their_theta(other, of=lambda p: p):
    """PyTorch's parameters (or their gradients) in the order of our one vector."""
    parts = [of(p).detach().numpy() for p in other.parameters()]
    return np.concatenate([p.T.ravel() for p in parts])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_network(name, seed):
    ours, theirs, settings = OPTIMIZERS[name]
    rng = np.random.default_rng([seed, *seed_of(name)])
    model, other, widths = networks(rng, seed)
    settings = settings | {"lr": 0.02, "weight_decay": float(rng.choice([0.0, 1e-2]))}
    optimizer, their_optimizer = ours(**settings), theirs(other.parameters(), **settings)
    start = model.theta.copy()
    for step in range(STEPS):
        N = int(rng.integers(8, 20))
        x, labels = rng.normal(size=(N, widths[0])), rng.integers(0, widths[-1], N)
        for layer, module in zip(model.layers, other, strict=True):
            if isinstance(layer, dl.Dropout):
                with dl.replay(layer.rng):
                    module.factors = layer.forward(np.ones((N, module.width)), train=True)
        loss, dz = dl.softmax_cross_entropy(model.forward(x, train=True), labels)
        model.backward(dz)
        other.train()
        their_loss = torch.nn.functional.cross_entropy(
            other(torch.from_numpy(x)), torch.from_numpy(labels)
        )
        their_optimizer.zero_grad()
        their_loss.backward()
        close(loss, their_loss, f"loss, step {step}")
        close(model.grad, their_theta(other, lambda p: p.grad), f"grad, step {step}")
        optimizer.step(model.theta, model.grad)
        their_optimizer.step()
        close(model.theta, their_theta(other), f"theta, step {step}")
        for layer, module in zip(model.layers, other, strict=True):
            for key in layer.state:
                close(getattr(layer, key), getattr(module, key), f"{key}, step {step}")
    assert np.abs(model.theta - start).max() > 1e-2, "the network did not train"
    x = rng.normal(size=(7, widths[0]))
    close(model.forward(x), other.eval()(torch.from_numpy(x)), "inference")
