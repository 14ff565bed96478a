"""Every optimizer equals PyTorch's in float64: weights and slots, at many settings."""

import numpy as np
import pytest
from cases import arguments, close, seed_of
from registry import OPTIMIZERS

import dlcourse as dl

torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
torch.set_num_threads(1)

SEEDS = range(40)
STEPS = 40
CASES = {name: case for name, case in OPTIMIZERS.items() if case.twin is not None}
WITHOUT_RATE = ("SGD", "Momentum", "NAG")  # of which we want to be told the rate


def of_pytorch(case, parameters, **settings):
    """PyTorch's optimizer of a case: the same settings, and what only it is told."""
    cls = getattr(torch.optim, case.twin)
    return cls(parameters, **case.changed | settings, **case.told)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", CASES)
def test_optimizer(name, seed):
    case, rng = CASES[name], np.random.default_rng([seed, *seed_of(name)])
    settings = {"lr": float(10 ** rng.uniform(-4, 0)), **case.draw(rng)}
    settings["weight_decay"] = float(rng.choice([0.0, 1e-3, 0.3]))
    shape = tuple(rng.integers(1, 9, rng.integers(1, 4)))
    size = 10 ** rng.uniform(-3, 2)  # of the gradients

    w = rng.normal(size=shape)
    p = torch.nn.Parameter(torch.from_numpy(w.copy()))
    ours, theirs = case.make(**settings), of_pytorch(case, [p], **settings)
    for step in range(STEPS):
        noise = rng.normal(size=shape) * size
        ours.step(w, noise + 0.1 * w)
        p.grad = torch.from_numpy(noise) + 0.1 * p.detach()
        theirs.step()
        close(w, p, f"weights, step {step}")
        for mine, name_there in case.slots.items():
            close(getattr(ours, mine), theirs.state[p][name_there], f"{mine}, step {step}", atol=0)
    assert ours.t == STEPS
    extra_slots = set(ours.slots) - set(case.slots) - {"delta", "v_max"}
    assert not extra_slots, f"not compared: {extra_slots}"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", CASES)
def test_vectors_of_rates_and_decay_are_groups_of_parameters(name, seed):
    """One array with a rate and a decay for each entry, against a group for each of them."""
    case, rng = CASES[name], np.random.default_rng([seed, *seed_of(name, "vectors")])
    settings, sizes = case.draw(rng), rng.integers(1, 9, 4)
    rates, decays = 10 ** rng.uniform(-4, 0, 4), rng.choice([0.0, 1e-3, 0.3], 4)
    rates[rng.integers(4)] = 0.0  # this part stays as it is
    start = [rng.normal(size=size) for size in sizes]
    scalar = rng.integers(3)  # sometimes only one of the two is a vector
    lr = float(rates.max()) if scalar == 1 else np.repeat(rates, sizes)
    decay = 0.01 if scalar == 2 else np.repeat(decays, sizes)
    groups = [
        {
            "params": [torch.nn.Parameter(torch.from_numpy(w.copy()))],
            "lr": lr if scalar == 1 else float(rates[i]),
            "weight_decay": decay if scalar == 2 else float(decays[i]),
        }
        for i, w in enumerate(start)
    ]
    w, parameters = np.concatenate(start), [group["params"][0] for group in groups]
    ours = case.make(lr=lr, weight_decay=decay, **settings)
    theirs = of_pytorch(case, groups, **settings)
    for step in range(STEPS):
        noise = rng.normal(size=w.size)
        ours.step(w, noise + 0.1 * w)
        for p, part in zip(parameters, np.split(noise, np.cumsum(sizes)[:-1]), strict=True):
            p.grad = torch.from_numpy(part) + 0.1 * p.detach()
        theirs.step()
        close(w, torch.cat([p.detach() for p in parameters]), f"weights, step {step}")
        for mine, there in case.slots.items():
            state = torch.cat([theirs.state[p][there] for p in parameters])
            close(getattr(ours, mine), state, f"{mine}, step {step}", atol=0)


@pytest.mark.parametrize("beta2", [0.9, 0.99, 0.999, 0.9999])
def test_radam_crosses_from_momentum_to_rectified(beta2):
    """At these settings the steps of this test lie on both sides of the threshold."""
    optimizer = dl.RAdam(betas=(0.9, beta2))
    rectified, w = [], np.ones(1)
    for _ in range(STEPS):
        optimizer.step(w, np.ones(1))
        rectified.append(optimizer.rectification() is not None)
    first = rectified.index(True)
    assert 3 <= first <= 8
    assert rectified == [False] * first + [True] * (STEPS - first)


def test_radam_threshold_of_the_paper_comes_one_step_earlier():
    def first_rectified(threshold):
        optimizer = dl.RAdam(threshold=threshold)
        for t in range(1, 20):
            optimizer.t = t
            if optimizer.rectification() is not None:
                return t
        raise AssertionError("never rectified")

    assert (first_rectified(4), first_rectified(5)) == (5, 6)


@pytest.mark.parametrize("name", CASES)
def test_defaults_are_those_of_pytorch(name):
    case = CASES[name]
    ours, theirs = case.make(), getattr(torch.optim, case.twin)
    defaults = theirs([torch.nn.Parameter(torch.zeros(1))]).defaults
    free = {"lr", "momentum"} if case.what in WITHOUT_RATE else set()
    compared = [
        a for a in arguments(case.cls()) if a in defaults and a not in free | {*case.changed}
    ]
    for argument in compared:
        assert getattr(ours, argument) == defaults[argument], argument
    assert "weight_decay" in compared or "weight_decay" in case.changed
