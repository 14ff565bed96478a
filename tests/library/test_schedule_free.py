"""ScheduleFree: as the paper's code, and what fit, copies and files see of its average."""

import copy

import numpy as np
import pytest
from cases import close, same_bits, same_states, seed_of

import dlcourse as dl

DATA = dl.moons(200)


def network():
    layers = dl.Linear(2, 16), dl.ReLU(), dl.Dropout(0.1), dl.Linear(16, 2)
    return dl.Sequential(*layers)


def train(model, optimizer, epochs, **more):
    return dl.fit(model, DATA, DATA, optimizer=optimizer, epochs=epochs, batch_size=20, **more)


@pytest.mark.parametrize("seed", range(40))
def test_it_goes_as_the_code_of_the_paper(seed):
    """At the place of the gradient and at the average, with rates that change on the way."""
    torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
    peer = pytest.importorskip("schedulefree", reason="parity needs the extra 'peers'")
    rng = np.random.default_rng([seed, *seed_of("ScheduleFree")])
    settings = {
        "lr": float(10 ** rng.uniform(-4, 0)),
        "betas": (float(rng.uniform(0.1, 0.99)), float(rng.choice([0.0, 0.9, 0.999]))),
        "eps": float(10 ** rng.uniform(-10, -3)),
        "weight_decay": float(rng.choice([0.0, 0.01, 0.3])),
        "warmup_steps": int(rng.choice([0, 1, 13])),
        "r": float(rng.choice([0.0, 1.5])),
        "weight_lr_power": float(rng.choice([0.0, 2.0])),
    }
    w = rng.normal(size=tuple(rng.integers(1, 9, rng.integers(1, 4))))
    p = torch.nn.Parameter(torch.from_numpy(w.copy()))
    ours = dl.ScheduleFree(**settings)
    theirs = peer.AdamWScheduleFree([p], foreach=bool(seed % 2), **settings)
    theirs.train()
    for step in range(60):
        noise = rng.normal(size=w.shape) * 10 ** rng.uniform(-3, 2)
        p.grad = torch.from_numpy(noise) + 0.1 * p.detach()
        ours.step(w, noise + 0.1 * w)
        theirs.step()
        close(w, p, f"weights, step {step}")
        close(ours.z, theirs.state[p]["z"], f"z, step {step}")
        close(ours.v, theirs.state[p]["exp_avg_sq"], f"v, step {step}")
        if rng.random() < 0.2:
            ours.eval(w), theirs.eval()
            close(w, p, f"average, step {step}")
            ours.train(w), theirs.train()
            ours.lr = theirs.param_groups[0]["lr"] = settings["lr"] * float(rng.uniform(0, 2))


def test_defaults_are_those_of_the_paper():
    torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
    peer = pytest.importorskip("schedulefree", reason="parity needs the extra 'peers'")
    theirs = peer.AdamWScheduleFree([torch.nn.Parameter(torch.zeros(1))]).defaults
    ours = dl.ScheduleFree()
    for name in ("lr", "betas", "eps", "weight_decay", "warmup_steps", "r", "weight_lr_power"):
        assert getattr(ours, name) == theirs[name], name


def test_the_average_is_that_of_all_places():
    rng, w, optimizer, places = np.random.default_rng(0), np.ones(5), dl.ScheduleFree(0.1), []
    for _ in range(30):
        optimizer.step(w, rng.normal(size=5))
        places.append(optimizer.z.copy())
    at_gradient = w.copy()
    optimizer.eval(w)
    close(w, np.mean(places, axis=0), "x")
    optimizer.eval(w)  # once more changes nothing
    close(w, np.mean(places, axis=0), "x")
    with pytest.raises(RuntimeError, match=r"call optimizer\.train\(w\) before"):
        optimizer.step(w, np.ones(5))
    assert optimizer.t == 30
    optimizer.train(w)
    close(w, at_gradient, "y")
    with pytest.raises(ValueError, match="another array"):
        optimizer.eval(w.copy())


def test_before_the_first_step_there_is_nothing_to_average():
    w, optimizer = np.ones(3), dl.ScheduleFree(0.1)
    optimizer.train(w), optimizer.eval(w), optimizer.train(w)
    assert (w == 1).all()
    optimizer.step(w, np.ones(3))
    close(w, np.full(3, 0.9), "the first step goes all the way", rtol=1e-6)


def test_fit_looks_at_the_average_and_takes_gradients_elsewhere():
    model, optimizer, seen = network(), dl.ScheduleFree(0.02), []

    class Watched(dl.Linear):
        def forward(self, x, train=False):
            seen.append((train, optimizer.averaged))
            return super().forward(x, train=train)

    model = dl.Sequential(Watched(2, 16), dl.ReLU(), dl.Linear(16, 2))
    during = []
    history = train(
        model, optimizer, 3, on_epoch=lambda e, m, h: during.append(dl.evaluate(m, *DATA)[0])
    )
    assert {averaged for training, averaged in seen if training} == {False}
    assert {averaged for training, averaged in seen[1:] if not training} >= {True}
    assert during == history.valid_loss.tolist()
    assert optimizer.averaged
    assert dl.evaluate(model, *DATA)[0] == history.valid_loss[-1]
    x = model.theta.copy()
    optimizer.train(model.theta)
    assert not np.array_equal(x, model.theta)


def test_a_run_that_breaks_off_leaves_the_average():
    model, optimizer = network(), dl.ScheduleFree(0.02)

    def broken(z, y, calls=[]):  # noqa: B006  it counts
        calls.append(1)
        if len(calls) > 25:
            raise KeyboardInterrupt
        return dl.softmax_cross_entropy(z, y)

    with pytest.raises(KeyboardInterrupt):
        train(model, optimizer, 3, loss=broken)
    assert optimizer.averaged
    train(model, optimizer, 1)  # and goes on


@pytest.mark.parametrize("schedule", [None, dl.warmup_lr(20)])
def test_interrupted_copied_and_saved_it_goes_on_with_the_same_bits(tmp_path, schedule):
    def run(path, *ends):
        for end in ends:
            model, optimizer = network(), dl.ScheduleFree(0.02, warmup_steps=15)
            kwargs = {"checkpoint": path, "patience": 9, "schedule": schedule}
            history = train(model, optimizer, end, **kwargs)
        return model.state_dict(), history.loss, optimizer.state_dict()

    whole, parts = run(tmp_path / "a", 5), run(tmp_path / "b", 1, 3, 5)
    assert same_states(whole[0], parts[0])
    assert same_bits(whole[1], parts[1])
    assert same_states(whole[2], parts[2])
    model, optimizer = network(), dl.ScheduleFree(0.02)
    train(model, optimizer, 2)
    twin, its_own = copy.deepcopy((model, optimizer))
    assert same_bits(train(model, optimizer, 2).loss, train(twin, its_own, 2).loss)
    assert same_states(optimizer.state_dict(), its_own.state_dict())


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        ({"averaged": np.array(1)}, "saved averaged must be True or False"),
        ({"lr_max": np.array("a")}, "saved lr_max must be a number"),
        ({"weight_sum": np.array(np.nan)}, "saved weight_sum must be finite"),
        ({"z": np.ones(2)}, "the saved z"),
        ({"more": np.ones(2)}, "not known"),
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(change, fragment):
    optimizer, w = dl.ScheduleFree(0.1), np.ones(3)
    optimizer.step(w, np.ones(3))
    before = optimizer.state_dict()
    with pytest.raises((TypeError, ValueError), match=fragment):
        optimizer.load_state_dict(optimizer.state_dict() | change, like=w)
    assert same_states(before, optimizer.state_dict())


def test_a_state_of_the_average_is_no_place_for_a_step():
    optimizer, w = dl.ScheduleFree(0.1), np.ones(3)
    optimizer.step(w, np.ones(3))
    optimizer.eval(w)
    loaded, u = dl.ScheduleFree(0.1), w.copy()
    loaded.load_state_dict(optimizer.state_dict(), like=u)
    with pytest.raises(RuntimeError, match="w holds the average"):
        loaded.step(u, np.ones(3))
    loaded.train(u), optimizer.train(w)
    loaded.step(u, np.ones(3)), optimizer.step(w, np.ones(3))
    assert same_bits(u, w)
