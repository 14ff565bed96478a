"""Every layer and loss equals PyTorch's in float64: outputs, gradients, running statistics."""

import numpy as np
import pytest
from cases import close, seed_of
from registry import LAYERS, LOSSES

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


class TheirReLU2(nn.Module):
    def forward(self, x):
        return nn.functional.relu(x) ** 2


class TheirSwiGLU(nn.Module):
    """As it is written in PyTorch: the gate and what it lets pass are two linear maps."""

    def __init__(self, n_in, n_hidden):
        super().__init__()
        self.weight, self.V = (nn.Parameter(torch.zeros(n_hidden, n_in)) for _ in range(2))

    def forward(self, x):
        linear = nn.functional.linear
        return nn.functional.silu(linear(x, self.weight)) * linear(x, self.V)


class SameMask(nn.Module):
    """Not in PyTorch with given factors: dropout with those that our layer is about to draw."""

    def __init__(self, rate, inverted):
        super().__init__()
        self.kept = 1.0 if inverted else 1 - rate

    def forward(self, x):
        return x * (torch.from_numpy(self.factors) if self.training else self.kept)


STAND_INS = {
    "SERLU": TheirSERLU,
    "Dropout": SameMask,
    "ReLU2": TheirReLU2,
    "SwiGLU": TheirSwiGLU,
}
# Every layer has a peer; a second way to make one is drawn as the first.
CASES = {name: case for name, case in LAYERS.items() if case.twin or name in STAND_INS}


def pair(name, n, rng):
    """Our layer and PyTorch's, with the same arguments drawn from `rng`."""
    case = CASES[name]
    sizes, settings = case.draw(n, rng)
    theirs = STAND_INS[name] if case.twin is None else getattr(nn, case.twin)
    return getattr(dl, case.what)(*sizes, **settings), theirs(*sizes, **settings)


ELSEWHERE = {"Residual": "test_parity_residual.py"}


def test_every_layer_is_compared():
    compared = {case.what for case in CASES.values()} | {*ELSEWHERE}
    assert {case.what for case in LAYERS.values()} == compared


THEIR_NAMES = {
    "W": "weight",
    "V": "V",
    "b": "bias",
    "a": "weight",
    "gamma": "weight",
    "beta": "bias",
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", CASES)
def test_layer(name, seed):
    rng = np.random.default_rng([seed, *seed_of(name)])
    n = int(rng.integers(2 if name == "LayerNorm" else 1, 12))  # one unit is pure rounding there
    layer, theirs = pair(name, n, rng)
    theirs = theirs.double()
    model = dl.Sequential(layer, seed=seed, dtype=np.float64)
    model.theta += rng.normal(size=model.theta.shape)
    matched = []
    for key, (w, g) in model.parameters().items():
        p = getattr(theirs, THEIR_NAMES[key.split(".")[1]])
        turn = np.transpose if w.ndim == 2 else np.asarray
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
@pytest.mark.parametrize("name", [name for name, case in LOSSES.items() if case.twin])
def test_loss(name, seed):
    case, rng = LOSSES[name], np.random.default_rng([seed, *seed_of(name)])
    for _ in range(STEPS):
        z = rng.normal(size=rng.integers(1, 30, 2)) * 10 ** rng.uniform(-2, 3)
        y = case.draw(rng, z)
        loss, dz = case.make()(z, y)
        tz = torch.from_numpy(z).requires_grad_()
        ty = torch.from_numpy(y.astype(np.int64) if y.dtype.kind in "iu" else y)
        theirs = getattr(nn.functional, case.twin)(tz, ty)
        theirs.backward()
        close(loss, theirs, "loss")
        close(dz, tz.grad, "dz")


def test_defaults_are_those_of_pytorch():
    assert dl.BatchNorm(3).eps == nn.BatchNorm1d(3).eps
    assert dl.BatchNorm(3).momentum == nn.BatchNorm1d(3).momentum
    assert dl.LayerNorm(3).eps == nn.LayerNorm(3).eps
    assert dl.RMSNorm(3).eps == nn.RMSNorm(3).eps is None
    for dtype in (np.float32, np.float64):  # numbers so small that eps decides
        x = np.full((1, 3), 0.3 * np.finfo(dtype).eps ** 0.5, dtype)
        ours = dl.Sequential(dl.RMSNorm(3), dtype=dtype).forward(x)
        there = nn.RMSNorm(3, dtype=getattr(torch, np.dtype(dtype).name))(torch.from_numpy(x))
        np.testing.assert_allclose(ours, there.detach().numpy(), rtol=1e-6)
        assert abs(ours[0, 0] - 0.3 / 1.09**0.5) < 1e-4
    assert dl.LeakyReLU().negative_slope == nn.LeakyReLU().negative_slope
    assert dl.ELU().alpha == nn.ELU().alpha
    assert dl.Dropout().rate == nn.Dropout().p
    assert dl.Sequential(dl.PReLU()).theta.tolist() == nn.PReLU().weight.tolist()
