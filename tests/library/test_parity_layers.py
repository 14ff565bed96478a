"""Every layer and loss equals PyTorch's in float64: outputs, gradients, running statistics."""

import numpy as np
import pytest
from cases import close

import dlcourse as dl

torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
torch.set_num_threads(1)
nn = torch.nn

SEEDS = range(40)
STEPS = 25


class TheirSERLU(nn.Module):
    """Not in PyTorch: the formula, differentiated by autograd."""

    def forward(self, x):
        negative = 2.90427123333 * x * torch.exp(torch.clamp(x, max=0))
        return 1.07861828358 * torch.where(x >= 0, x, negative)


class SameMask(nn.Module):
    """Dropout with the factors that our layer is about to draw."""

    def forward(self, x):
        return x * torch.from_numpy(self.factors) if self.training else self.in_inference(x)


def pairs(name, n, rng):
    """Our layer and PyTorch's, with the same keyword arguments drawn from `rng`."""
    slope, alpha = float(rng.uniform(-0.5, 0.9)), float(rng.uniform(0.1, 3))
    norm = {"eps": float(10 ** rng.uniform(-8, -1))}
    if name == "Linear":
        bias, n_out = bool(rng.integers(2)), int(rng.integers(1, 9))
        return dl.Linear(n, n_out, bias=bias), nn.Linear(n, n_out, bias=bias)
    if name == "LeakyReLU":
        return dl.LeakyReLU(negative_slope=slope), nn.LeakyReLU(negative_slope=slope)
    if name == "PReLU shared":
        return dl.PReLU(init=slope), nn.PReLU(init=slope)
    if name == "PReLU per unit":
        keywords = {"num_parameters": n, "init": slope}
        return dl.PReLU(**keywords), nn.PReLU(**keywords)
    if name == "ELU":
        return dl.ELU(alpha=alpha), nn.ELU(alpha=alpha)
    if name == "SERLU":
        return dl.SERLU(), TheirSERLU()
    if name == "BatchNorm":
        norm["momentum"] = float(rng.uniform(0.01, 1))
        return dl.BatchNorm(n, **norm), nn.BatchNorm1d(n, **norm)
    if name == "LayerNorm":
        return dl.LayerNorm(n, **norm), nn.LayerNorm(n, **norm)
    if name == "Dropout":
        rate, inverted = float(rng.uniform(0, 0.95)), bool(rng.integers(2))
        theirs = SameMask()
        theirs.in_inference = lambda x: x if inverted else x * (1 - rate)
        return dl.Dropout(rate, inverted=inverted), theirs
    return getattr(dl, name)(), getattr(nn, name)()


NAMES = ["Linear", "Sigmoid", "Tanh", "ReLU", "LeakyReLU", "PReLU shared", "PReLU per unit"]
NAMES += ["ELU", "SELU", "SERLU", "GELU", "SiLU", "BatchNorm", "LayerNorm", "Dropout"]
THEIR_NAMES = {"W": "weight", "b": "bias", "a": "weight", "gamma": "weight", "beta": "bias"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", NAMES)
def test_layer(name, seed):
    rng = np.random.default_rng([seed, NAMES.index(name)])
    n = int(rng.integers(2 if name == "LayerNorm" else 1, 12))  # one unit is pure rounding there
    layer, theirs = pairs(name, n, rng)
    theirs = theirs.double()
    model = dl.Sequential(layer, seed=seed, dtype=np.float64)
    model.theta += rng.normal(size=model.theta.shape)
    matched = []
    for key, (w, g) in model.parameters().items():
        p = getattr(theirs, THEIR_NAMES[key.split(".")[1]])
        turn = np.transpose if key == "0.W" else np.asarray
        p.data = torch.from_numpy(turn(w).copy())
        matched.append((key, turn, w, g, p))
    assert len(matched) == len(list(theirs.parameters()))

    for step in range(STEPS):
        x = rng.normal(size=(int(rng.integers(2, 20)), n)) * 10 ** rng.uniform(-1, 1)
        if name == "Dropout":
            with dl.replay(layer.rng):
                theirs.factors = layer.forward(np.ones_like(x), train=True)
        y = model.forward(x, train=True)
        tx = torch.from_numpy(x.copy()).requires_grad_()
        ty = theirs.train()(tx)
        close(y, ty, f"output, step {step}")
        dy = rng.normal(size=y.shape)
        dx = model.backward(dy, input_gradient=True)
        theirs.zero_grad()
        ty.backward(torch.from_numpy(dy))
        close(dx, tx.grad, f"dx, step {step}")
        for key, turn, _, g, p in matched:
            close(turn(g), p.grad, f"gradient of {key}, step {step}")
            p.data -= 0.05 * p.grad
        model.theta -= 0.05 * model.grad
        for key, turn, w, _, p in matched:
            close(turn(w), p, f"{key}, step {step}")
        for key in layer.state:
            close(getattr(layer, key), getattr(theirs, key), f"{key}, step {step}")
        x = rng.normal(size=(int(rng.integers(1, 5)), n))
        close(model.forward(x), theirs.eval()(torch.from_numpy(x)), f"inference, step {step}")


@pytest.mark.parametrize("rate", [0.0, 0.25, 0.5, 0.9])
def test_dropout_uses_the_factors_of_pytorch(rate):
    ours = dl.Sequential(dl.Dropout(rate), dtype=np.float64).forward(np.ones((80, 80)), train=True)
    theirs = nn.functional.dropout(torch.ones(80, 80, dtype=torch.float64), rate)
    close(np.unique(ours), torch.unique(theirs), "factors", rtol=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_cross_entropy(seed):
    rng = np.random.default_rng(seed)
    for _ in range(STEPS):
        N, C = int(rng.integers(1, 30)), int(rng.integers(1, 12))
        z = rng.normal(size=(N, C)) * 10 ** rng.uniform(-2, 3)
        labels = rng.integers(0, C, N).astype(rng.choice([np.int64, np.int32, np.uint8]))
        loss, dz = dl.softmax_cross_entropy(z, labels)
        tz = torch.from_numpy(z).requires_grad_()
        theirs = nn.functional.cross_entropy(tz, torch.from_numpy(labels.astype(np.int64)))
        theirs.backward()
        close(loss, theirs, "loss")
        close(dz, tz.grad, "dz")


@pytest.mark.parametrize("seed", SEEDS)
def test_mean_squared_error(seed):
    rng = np.random.default_rng(seed)
    for _ in range(STEPS):
        shape = tuple(rng.integers(1, 20, 2))
        z, y = rng.normal(size=(2, *shape)) * 10 ** rng.uniform(-3, 3)
        loss, dz = dl.mean_squared_error(z, y)
        tz = torch.from_numpy(z).requires_grad_()
        theirs = nn.functional.mse_loss(tz, torch.from_numpy(y))
        theirs.backward()
        close(loss, theirs, "loss")
        close(dz, tz.grad, "dz")


def test_defaults_are_those_of_pytorch():
    assert dl.BatchNorm(3).eps == nn.BatchNorm1d(3).eps
    assert dl.BatchNorm(3).momentum == nn.BatchNorm1d(3).momentum
    assert dl.LayerNorm(3).eps == nn.LayerNorm(3).eps
    assert dl.LeakyReLU().negative_slope == nn.LeakyReLU().negative_slope
    assert dl.ELU().alpha == nn.ELU().alpha
    assert dl.Dropout().rate == nn.Dropout().p
    assert dl.Sequential(dl.PReLU()).theta.tolist() == nn.PReLU().weight.tolist()
