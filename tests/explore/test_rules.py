"""The rules that run in a reader's page make dlcourse's steps."""

import numpy as np
import pytest
from node import ask, with_mistake

import dlcourse

START = [-4.0, 1.2]
STEPS = 300
# What dlcourse calls the one memory that the page has.
NAMES = {
    "SGD": lambda m: {},
    "Momentum": lambda m: {"momentum": m},
    "NAG": lambda m: {"momentum": m},
    "Adagrad": lambda m: {},
    "RMSprop": lambda m: {"alpha": m},
    "Adadelta": lambda m: {"rho": m},
    "Adam": lambda m: {"betas": (m, 0.999)},
}


def walk(name, lr, memory, steep, turn, start=START):
    """The walk of rules.mjs, with dlcourse."""
    c, s = np.cos(turn * np.pi / 180), np.sin(turn * np.pi / 180)
    optimizer = getattr(dlcourse, name)(lr=lr, **NAMES[name](memory))
    w = np.array(start)
    path = [w.copy()]
    while len(path) <= STEPS:
        a, b = c * w[0] + s * w[1], c * w[1] - s * w[0]
        g = np.array([c * a - s * steep * b, s * a + c * steep * b])
        if not np.abs(g).max() < 1e8:
            break
        optimizer.step(w, g)
        path.append(w.copy())
    return np.array(path)


def steady(case):
    """Whether a last bit of the start makes no difference later: no chaos."""
    path, other = walk(*case), walk(*case, start=np.array(START) * (1 + 1e-15))
    return path.shape == other.shape and np.allclose(path, other, rtol=1e-11, atol=1e-13)


def settings(count=50):
    """Random settings of each rule: (name, rate, memory, steepness, angle)."""
    rng = np.random.default_rng(5)
    for name in NAMES:
        found = 0
        while found < count:
            rate, memory = 10 ** rng.uniform(-3, 0.5), rng.choice([0, 0.5, 0.9, 0.99, rng.random()])
            bowl = int(rng.integers(1, 101)), int(rng.integers(0, 50))
            case = (name, float(rate), float(memory), *bowl)
            if steady(case):
                found += 1
                yield case


CASES = list(settings())
PATHS = [walk(*case) for case in CASES]


def in_the_page(**where):
    """All walks, as the page makes them: the memory under its name in each rule."""
    data = [
        [n, dict.fromkeys(("momentum", "alpha", "rho", "beta1"), m) | {"lr": r}, *b]
        for n, r, m, *b in CASES
    ]
    bowls = "rules.bowl(steep, turn)"
    call = f"data.map(([n, s, steep, turn]) => rules.walk(n, s, {bowls}, [-4, 1.2], {STEPS}))"
    return ask(call, data, **where)


def differing(paths):
    """The cases whose paths are not dlcourse's; another libm may differ in a last bit."""
    return [
        case
        for case, path, own in zip(CASES, paths, PATHS, strict=True)
        if np.shape(path) != own.shape
        or not np.allclose(path, own, rtol=1e-9, atol=1e-12 * np.abs(own).max())
    ]


def test_the_page_makes_the_steps_of_dlcourse():
    assert len(CASES) >= 300
    assert set(NAMES) == set(ask("Object.keys(rules.RULES)"))
    assert differing(in_the_page()) == []


@pytest.mark.canary
@pytest.mark.parametrize(
    ("right", "wrong", "who"),
    [
        ("w[i] -= x * lr }", "w[i] -= x * lr * 1.001 }", {"SGD"}),
        ("w[i] -= v[i] * lr })", "w[i] -= v[i] * lr * (1 - momentum) })", {"Momentum"}),
        ("(v[i] * momentum + x) * lr", "v[i] * lr", {"NAG"}),
        ("s[i] += x * x", "s[i] = x * x", {"Adagrad"}),
        ("average(s, alpha, squares(g))", "average(s, alpha, g)", {"RMSprop"}),
        ("(u[i] + eps) / (s[i] + eps)", "u[i] / (s[i] + eps)", {"Adadelta"}),
        ("average(u, rho, squares(delta))", "average(u, rho, delta)", {"Adadelta"}),
        ("Math.sqrt(1 - beta2 ** t)", "1", {"Adam"}),
        ("(lr * correction) / (1 - beta1 ** t)", "lr * correction", {"Adam"}),
        (
            "slot[i] = s * beta + x[i] * (1 - beta)",
            "slot[i] = s * beta + x[i]",
            {"RMSprop", "Adadelta", "Adam"},
        ),
    ],
)
def test_a_wrong_rule_would_be_noticed(tmp_path, right, wrong, who):
    folder = with_mistake(tmp_path, "rules", right, wrong)
    assert {case[0] for case in differing(in_the_page(folder=folder))} == who


@pytest.mark.parametrize("name", ["SGD", "Momentum", "NAG"])
def test_what_a_step_leaves_is_an_eigenvalue(name):
    steps = {  # of one direction with curvature 1 on (w, learning rate x v)
        "SGD": lambda q, m: [[1 - q, 0], [0, 0]],
        "Momentum": lambda q, m: [[1 - q, -m], [q, m]],
        "NAG": lambda q, m: [[1 - q * (1 + m), -m * m], [q, m]],
    }
    q = np.geomspace(1e-3, 10, 60)
    for m in (0.0, 0.5, 0.9, 0.99):
        ours = [np.abs(np.linalg.eigvals(steps[name](x, m))).max() for x in q]
        page = ask(f"data.map((q) => rules.shrinks('{name}', q, {m}))", q.tolist())
        np.testing.assert_allclose(page, ours, rtol=1e-6)
