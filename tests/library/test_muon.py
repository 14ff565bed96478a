"""Muon: as PyTorch's on matrices, AdamW on all else, and in a network by `model.shapes`."""

import copy

import numpy as np
import pytest
from cases import close, same_bits, same_states, seed_of

import dlcourse as dl
from dlcourse.optimizers.muon import newton_schulz

DATA = dl.moons(200)


def network(dtype=np.float32):
    block = dl.Residual(dl.LayerNorm(12), dl.Linear(12, 12), dl.ReLU())
    layers = dl.Linear(2, 12), dl.BatchNorm(12), dl.ReLU(), block, dl.Dropout(0.1), dl.Linear(12, 2)
    return dl.Sequential(*layers, dtype=dtype)


def drawn(rng):
    """Settings that ours and PyTorch's both take."""
    return {
        "momentum": float(rng.uniform(0, 0.99)),
        "nesterov": bool(rng.integers(2)),
        "ns_steps": int(rng.integers(1, 7)),
        "eps": float(10 ** rng.uniform(-9, 1)),
        "adjust_lr_fn": [None, "original", "match_rms_adamw"][rng.integers(3)],
        "lr": float(10 ** rng.uniform(-3, -1)),
        "weight_decay": float(rng.choice([0.0, 0.1, 0.5])),
    }


@pytest.fixture
def torch():
    torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
    torch.set_num_threads(1)
    return torch


@pytest.fixture
def unrounded(torch, monkeypatch):
    """PyTorch's Muon in the dtype of its weights; by itself it rounds to bfloat16."""
    monkeypatch.setattr(torch.Tensor, "bfloat16", lambda tensor: tensor.clone())


@pytest.mark.parametrize("seed", range(40))
def test_a_matrix_goes_as_in_pytorch(torch, unrounded, seed):
    rng = np.random.default_rng([seed, *seed_of("Muon")])
    shape, settings = tuple(rng.integers(1, 9, 2)), drawn(rng)
    w = rng.normal(size=shape)
    p = torch.nn.Parameter(torch.from_numpy(w.T.copy()))  # (n_out, n_in)
    ours, theirs = dl.Muon(shapes=None, **settings), torch.optim.Muon([p], **settings)
    for step in range(40):
        noise = rng.normal(size=shape) * 10 ** rng.uniform(-3, 2)
        ours.step(w, noise + 0.1 * w)
        p.grad = torch.from_numpy(noise.T.copy()) + 0.1 * p.detach()
        theirs.step()
        close(w, p.detach().T, f"weights, step {step}")
        close(ours.m, theirs.state[p]["momentum_buffer"].T, f"m, step {step}")


@pytest.mark.parametrize("seed", range(10))
def test_a_network_goes_as_with_two_optimizers_of_pytorch(torch, unrounded, seed):
    """Muon for its matrices, AdamW for the other parts, at other rates and decays."""
    rng = np.random.default_rng([seed, *seed_of("Muon and AdamW")])
    settings, model = drawn(rng), network(np.float64)
    eps = settings["eps"] = min(settings["eps"], 1e-3)
    rate, decay = settings.pop("lr"), settings.pop("weight_decay")
    flat = {"5.W": (24,)} if seed % 2 else {}  # the last layer, by AdamW
    shapes = model.shapes | flat
    matrices = {name for name, shape in shapes.items() if len(shape) == 2}
    tensors = {
        name: torch.nn.Parameter(torch.from_numpy(w.T.copy()))
        for name, (w, _) in model.parameters().items()
    }
    theirs = [
        torch.optim.Muon([tensors[n] for n in matrices], lr=rate, weight_decay=decay, **settings),
        torch.optim.AdamW(
            [tensors[n] for n in shapes if n not in matrices], 0.003, eps=eps, weight_decay=0.01
        ),
    ]
    names = [name for name, shape in shapes.items() for _ in range(int(np.prod(shape)))]
    of_matrix = np.array([name in matrices for name in names])
    ours = dl.Muon(
        np.where(of_matrix, rate, 0.003),
        shapes=shapes,
        weight_decay=np.where(of_matrix, decay, 0.01),
        **settings,
    )
    for step in range(25):
        g = rng.normal(size=model.theta.size)
        model.grad = g
        for name, (_, part) in model.parameters().items():
            tensors[name].grad = torch.from_numpy(part.T.copy())
        ours.step(model.theta, model.grad)
        [optimizer.step() for optimizer in theirs]
        for name, (w, _) in model.parameters().items():
            close(w, tensors[name].detach().numpy().T, f"{name}, step {step}")


def test_pytorch_rounds_each_step_to_three_digits(torch):
    """As it is, in bfloat16, its step differs from ours by some percent of its length."""
    rng = np.random.default_rng(0)
    for shape in ((6, 4), (4, 9), (40, 40)):
        w, g = np.zeros(shape), rng.normal(size=shape)
        p = torch.nn.Parameter(torch.zeros(*shape[::-1], dtype=torch.float64))
        p.grad = torch.from_numpy(g.T.copy())
        dl.Muon(0.02, shapes=None).step(w, g)
        torch.optim.Muon([p], lr=0.02).step()
        apart = np.linalg.norm(p.detach().numpy().T - w) / np.linalg.norm(w)
        assert 1e-4 < apart < 0.05


def test_defaults_are_those_of_pytorch(torch):
    defaults = torch.optim.Muon([torch.nn.Parameter(torch.zeros(1, 1))]).defaults
    ours = dl.Muon(shapes=None)
    assert {name: getattr(ours, name) for name in defaults} == defaults
    assert ours.betas == torch.optim.AdamW([torch.nn.Parameter(torch.zeros(1))]).defaults["betas"]


def test_newton_schulz_leaves_directions_and_moves_singular_values_near_one():
    rng = np.random.default_rng(0)
    for shape in ((5, 3), (3, 5), (4, 4)):
        u = rng.normal(size=shape)
        left, s, right = np.linalg.svd(u, full_matrices=False)
        X = newton_schulz(u, (3.4445, -4.7750, 2.0315), 5, 1e-7)
        inside = left.T @ X @ right.T
        close(inside, np.diag(np.diag(inside)), "directions", atol=1e-12)
        assert (np.diag(inside) > 0.68).all()
        assert (np.diag(inside) < 1.21).all()
        u = newton_schulz(u, (1.5, -0.5, 0.0), 40, 1e-7)  # the classical numbers reach 1
        close(u.T @ u if shape[0] >= shape[1] else u @ u.T, np.eye(min(shape)), "orthogonal")


@pytest.mark.parametrize("shape", [(5, 3), (3, 5)])
def test_the_length_of_the_gradient_does_not_matter(shape):
    g = np.random.default_rng(0).normal(size=shape)
    ways = []
    for size in (1e-5, 1.0, 1e12):
        w, muon = np.zeros(shape), dl.Muon(0.1, shapes=None)
        for t in range(5):
            muon.step(w, size * np.roll(g, t, axis=0))
        ways.append(w)
    close(ways[0], ways[1], "small", rtol=1e-9)
    close(ways[2], ways[1], "large", rtol=1e-9)


def test_a_gradient_of_zeros_moves_nothing_but_by_decay():
    for shapes in (None, {"a": (2, 3), "b": (4,)}):
        w = np.ones((2, 5) if shapes is None else 10)
        dl.Muon(0.1, shapes=shapes, weight_decay=0.0).step(w, np.zeros_like(w))
        assert (w == 1).all()


def rates(model):
    return model.vector(lambda layer, name, array: 0.02 if array.ndim == 2 else 0.003)


def made(model):
    decay = model.vector(lambda layer, name, array: 0.01 * (array.ndim == 2))
    return dl.Muon(rates(model), shapes=model.shapes, weight_decay=decay)


def train(model, optimizer, epochs, **more):
    more = {"schedule": dl.cosine_lr(60), "batch_size": 20} | more
    return dl.fit(model, DATA, DATA, optimizer=optimizer, epochs=epochs, **more)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_in_a_network_matrices_stay_apart_from_the_rest(dtype):
    model = network(dtype)
    x, y = DATA[0].astype(dtype), DATA[1]
    _, dz = dl.softmax_cross_entropy(model.forward(x, train=True), y)
    model.backward(dz)
    before = {name: w.copy() for name, (w, _) in model.parameters().items()}
    dl.Muon(0.1, shapes=model.shapes, weight_decay=0.0).step(model.theta, model.grad)
    assert model.theta.dtype == dtype
    for name, (w, g) in model.parameters().items():
        if w.ndim == 2:
            s = np.linalg.svd((w - before[name]) / 0.1, compute_uv=False)
            assert 0.68 < s.max() < 1.21 * max(1, w.shape[1] / w.shape[0]) ** 0.5, name
        elif np.abs(g).max() > 1e-6:  # a bias in front of a norm has no gradient
            close(np.abs(w - before[name]).max(), 0.1, name, rtol=0.1)


def test_interrupted_copied_and_saved_it_goes_on_with_the_same_bits(tmp_path):
    def run(path, *ends):
        for end in ends:
            model = network()
            history = train(model, made(model), end, checkpoint=path, patience=9)
        return model.state_dict(), history.loss

    (one, losses), (other, again) = run(tmp_path / "a", 5), run(tmp_path / "b", 1, 3, 5)
    assert same_states(one, other)
    assert same_bits(losses, again)
    assert losses[-1] < losses[0]
    model = network()
    optimizer = made(model)
    train(model, optimizer, 2)
    twin, its_own = copy.deepcopy((model, optimizer))
    assert same_bits(train(model, optimizer, 2).loss, train(twin, its_own, 2).loss)
    assert same_states(optimizer.state_dict(), its_own.state_dict())
    fresh = made(model)
    before = repr(fresh)
    with pytest.raises(ValueError, match="shapes must be those of the parts of w"):
        fresh.load_state_dict(optimizer.state_dict(), like=np.ones(7, np.float32))
    assert (fresh.t, repr(fresh)) == (0, before)


def test_shapes_of_another_network_are_refused_before_the_first_step():
    model, other = network(), dl.Sequential(dl.Linear(2, 3))
    before = model.theta.copy()
    with pytest.raises(ValueError, match="shapes=model.shapes"):
        train(model, dl.Muon(shapes=other.shapes), 1)
    assert same_bits(model.theta, before)
