"""Nothing exported goes untested: the registry is whole, and its tests can fail."""

import importlib
import re
import types

import numpy as np
import pytest
import registry
from cases import ACTIVATION, REPOSITORY, away_from_kinks, seed_of
from mutant_checks import optimizer as agrees_with_formula

import dlcourse as dl
from dlcourse.checks import asked_for
from dlcourse.checks.mistakes import MISTAKES

OPTIMIZERS = {**registry.OPTIMIZERS}
VALLEY = np.array([0.5, 2.0, 5.0])  # curvatures: the gradient at w is VALLEY * w


def goes_downhill(name, make):
    """The first step is against the gradient, and a valley is walked down."""
    for seed in range(5):
        w = np.random.default_rng([seed, *seed_of(name)]).normal(size=3)
        before, optimizer, g = w.copy(), make(), VALLEY * w
        optimizer.step(w, g)
        assert (w - before) @ g < 0, f"{name}: the first step goes up, along the gradient"
        for _ in range(200):
            optimizer.step(w, VALLEY * w)
        assert VALLEY @ w**2 < VALLEY @ before**2, f"{name}: 200 steps lead up the valley"


def has_right_gradients(name, make):
    """`check_gradients` of one layer alone, on a batch away from kinks."""
    rng = np.random.default_rng(seed_of(name))
    errors = dl.check_gradients(make(4), away_from_kinks(rng, (6, 4)))
    assert max(errors.values()) < 1e-7, name


def test_everything_public_is_in_the_registry():
    sentences = registry.missing(dl)
    assert not sentences, "\n".join(sentences)
    assert all(registry.public(dl).values())


@pytest.mark.parametrize("package", ["activations", "initializers", "optimizers", "search"])
def test_what_a_package_exports_is_public(package):
    """Else it would stand in no registry: that one looks at what `dlcourse` exports."""
    module = importlib.import_module(f"dlcourse.{package}")
    missing = set(getattr(module, "__all__", ())) - set(vars(dl))
    assert not missing, f"dlcourse/__init__.py does not export {sorted(missing)} of {package}"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer_goes_downhill(name):
    goes_downhill(name, OPTIMIZERS[name].make)


@pytest.mark.parametrize("decay", [0.0, 0.3])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer_agrees_with_its_formula(name, decay):
    agrees_with_formula(name, weight_decay=decay)(dl)


@pytest.mark.parametrize("name", registry.LAYERS)
def test_layer_has_right_gradients(name):
    has_right_gradients(name, registry.LAYERS[name].make)


@pytest.mark.parametrize("name", registry.INITIALIZERS)
def test_initializer(name):
    init = registry.INITIALIZERS[name].make()
    for shape in ((6, 4), (1, 5), (5, 1)):
        one, other = (init(np.random.default_rng(3), shape) for _ in range(2))
        assert one.shape == shape
        assert one.dtype == np.float64
        assert np.isfinite(one).all()
        assert np.array_equal(one, other), "the same seed gives the same weights"
    layer = dl.Linear(6, 4, init=init)
    assert dl.Sequential(layer).theta.dtype == np.float32


@pytest.mark.parametrize("name", registry.SCHEDULES)
def test_schedule(name):
    case = registry.SCHEDULES[name]
    f = case.make()
    for t in range(100):
        assert type(f(t)) is float
        assert f(t) == pytest.approx(case.formula(t), abs=1e-15)


@pytest.mark.parametrize("name", [n for n, c in registry.SCHEDULES.items() if c.twin])
def test_schedule_is_that_of_pytorch(name):
    torch = pytest.importorskip("torch", reason="parity with PyTorch needs the extra 'peers'")
    case = registry.SCHEDULES[name]
    sgd = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    cls, arguments = case.twin
    theirs, f = getattr(torch.optim.lr_scheduler, cls)(sgd, **arguments), case.make()
    for t in range(case.until):
        assert f(t) == pytest.approx(theirs.get_last_lr()[0], abs=1e-12), t
        sgd.step()
        theirs.step()


@pytest.mark.parametrize("name", registry.RANGES)
def test_range(name):
    case = registry.RANGES[name]
    values = [case.make().sample(np.random.default_rng(seed)) for seed in range(50)]
    assert values == [case.make().sample(np.random.default_rng(seed)) for seed in range(50)]
    assert all(type(value) is case.kind and value in case.make() for value in values)
    assert len(set(values)) > 1
    assert case.make().within(values[:10]).sample(np.random.default_rng(0)) in case.make()


def test_whatever_assignments_may_ask_for_stands_in_the_checks():
    layers = {c.what for c in registry.LAYERS.values()}
    wanted = {
        "optimizer": {case.what for case in OPTIMIZERS.values()},
        "activation": {name for name in layers if issubclass(getattr(dl, name), ACTIVATION)},
        "initializer": {name for name, c in registry.INITIALIZERS.items() if c.asked},
    }
    for kind, names in wanted.items():
        lacking = ", ".join(names - {*asked_for.SETTINGS[kind]})
        assert not lacking, f"the checks of assignments lack {lacking}: see CONTRIBUTING.md"
        assert names == {*asked_for.SETTINGS[kind]}
        lacking = ", ".join(name for name in names if not MISTAKES.get(name))
        assert not lacking, f"there are no known mistakes of {lacking}: dlcourse/checks/mistakes"
    assert all(case.cls().decoupled is case.decoupled for case in OPTIMIZERS.values())


def test_the_page_of_conventions_names_every_optimizer():
    text = (REPOSITORY / "chapters" / "conventions.md").read_text()
    rows = {case.what for case in OPTIMIZERS.values()}
    lacking = {name for name in rows if not re.search(rf"\b{name}\b", text)}
    assert not lacking, f"chapters/conventions.md has no row for {lacking}"


class Uphill(dl.Optimizer):
    """A sign forgotten, exported, and tested by nobody: once this passed all tests."""

    def update(self, w, g):
        w += np.multiply(g, self.lr, self.scratch)


class HalfBackward(dl.Layer):
    """Its scale is learned, but what flows on does not know of it."""

    def initial(self, rng):
        return {"scale": np.full(4, 2.0)}

    def forward(self, x, train=False):
        self.x = x
        return x * self.scale

    def backward(self, dy):
        np.sum(dy * self.x, axis=0, out=self.dscale)
        return dy


def newly_missing(*things):
    """What `missing` says only when these are exported, too."""
    namespace = {**vars(dl), **{thing.__name__: thing for thing in things}}
    return [s for s in registry.missing(dl, namespace) if s not in registry.missing(dl)]


def test_a_wrong_optimizer_is_missed_and_then_found():
    (sentence,) = newly_missing(Uphill)
    assert "the optimizer Uphill is exported but not tested" in sentence
    assert "registry/optimizers.py" in sentence
    library = types.SimpleNamespace(Uphill=Uphill)
    case = registry.optimizers.Case("Uphill", registry.optimizers.sgd, (0.1, 1))
    with pytest.raises(AssertionError, match="Uphill: the first step goes up"):
        goes_downhill("Uphill", lambda: case.make(library))


def test_a_wrong_layer_is_missed_and_then_found():
    (sentence,) = newly_missing(HalfBackward)
    assert "the layer HalfBackward is exported but not tested" in sentence
    with pytest.raises(AssertionError):
        has_right_gradients("HalfBackward", lambda n: HalfBackward())


@pytest.mark.parametrize("kind", ["initializer", "loss", "schedule"])
def test_a_new_function_is_missed(kind):
    def newcomer():
        return None

    newcomer.__module__ = f"dlcourse.{kind}{'es' if kind == 'loss' else 's'}"
    (sentence,) = newly_missing(newcomer)
    assert f"the {kind} newcomer is exported but not tested" in sentence


def test_what_is_exported_no_more_is_missed():
    namespace = {name: value for name, value in vars(dl).items() if name != "Adagrad"}
    new = [s for s in registry.missing(dl, namespace) if s not in registry.missing(dl)]
    assert "the optimizer Adagrad is described in the registry but" in new[0]
