"""What makes training fast, tested without a stopwatch: no new memory, and float32 throughout."""

import sys

import numpy as np
import pytest
from cases import LAYERS, OPTIMIZERS, run_python

import dlcourse as dl
from dlcourse._nested import by_place

STEP = """
import resource
import numpy as np
import dlcourse as dl

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def count(step, warm_up, rounds):
    # Faults of a typical step: the median, for now and then the system moves pages itself.
    for _ in range(warm_up):
        step()
    seen = []
    for _ in range(rounds):
        before = faults()
        step()
        seen.append(faults() - before)
    return float(np.median(seen))

rng = np.random.default_rng(0)
"""

NETWORK = """
layers = []
for n_in, n_out in ((784, 256), (256, 256)):
    layers += [dl.Linear(n_in, n_out), dl.BatchNorm(n_out), dl.ReLU(), dl.Dropout(0.5)]
model = dl.Sequential(*layers, dl.Linear(256, 10))
optimizer = dl.Adam()
x = rng.random((128, 784), np.float32)
labels = rng.integers(0, 10, 128)

def step():
    _, dz = dl.softmax_cross_entropy(model.forward(x, train=True), labels)
    model.backward(dz)
    optimizer.step(model.theta, model.grad)

print(count(step, 20, 50))
"""

VECTOR = """
w = np.ones(1_000_000, np.float32)
g = rng.standard_normal(1_000_000, np.float32)
optimizer = OPTIMIZER
print(count(lambda: optimizer.step(w, g), 3, 10))
"""

SCHEDULED = """
from dlcourse.training import _set_rate
base = optimizer.lr.copy()
print(count(lambda: (_set_rate(optimizer, base, 0.5), optimizer.step(w, g)), 3, 10))
"""

NAIVE = """
w = np.ones(1_000_000, np.float32)
g = rng.standard_normal(1_000_000, np.float32)
m = np.zeros_like(w)
v = np.zeros_like(w)

def naive():
    global w, m, v
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    w = w - 0.001 * m / (np.sqrt(v) + 1e-8)

print(count(naive, 3, 10))
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="page faults are counted on Linux")
# How a fresh interpreter makes each of them: the text of an optimizer is its constructor.
MAKERS = {name: f"dl.{make()!r}" for name, make in OPTIMIZERS.items()}
BOTH = "optimizer.lr = optimizer.weight_decay = np.linspace(0.001, 0.01, w.size, dtype=w.dtype)"


@linux
def test_a_training_step_asks_for_no_new_memory():
    assert float(run_python(STEP + NETWORK)) < 1


@linux
def test_an_optimizer_step_asks_for_no_new_memory():
    code = STEP + "".join(VECTOR.replace("OPTIMIZER", make) for make in MAKERS.values())
    found = dict(zip(MAKERS, map(float, run_python(code).split()), strict=True))
    assert all(n < 1 for n in found.values()), found


@linux
def test_vectors_of_rates_ask_for_no_new_memory_either():
    makers = [f"{make}\n{BOTH}" for make in MAKERS.values()]
    code = STEP + "".join(VECTOR.replace("OPTIMIZER", make) for make in makers)
    found = dict(zip(MAKERS, map(float, run_python(code).split()), strict=True))
    assert all(n < 1 for n in found.values()), found


@linux
def test_a_schedule_of_a_vector_asks_for_no_new_memory():
    code = VECTOR.replace("OPTIMIZER", f"dl.AdamW()\n{BOTH}") + SCHEDULED
    assert [float(n) < 1 for n in run_python(STEP + code).split()] == [True, True]


@linux
def test_the_count_notices_a_naive_step():
    """Expressions that make temporary arrays of the size of the network cause hundreds."""
    assert float(run_python(STEP + NAIVE)) > 100


def record_outputs(model):
    """Let every layer write down the dtype of what goes through it."""
    seen = []

    def recording(method):
        def recorded(x, *args, **kwargs):
            y = method(x, *args, **kwargs)
            seen.extend(a.dtype for a in (x, y) if a is not None)
            return y

        return recorded

    for layer in model.layers:
        layer.forward, layer.backward = recording(layer.forward), recording(layer.backward)
    return seen


def test_the_gradient_of_the_input_is_computed_only_when_asked_for():
    linear, norm = dl.Linear(2, 2), dl.BatchNorm(2)
    for first in (linear, norm):
        model = dl.Sequential(dl.Dropout(0.1), first, dl.Linear(2, 2))
        returned = []
        original = first.backward
        first.backward = lambda dy, f=original, out=returned: out.append(f(dy)) or out[-1]
        dy = model.forward(np.ones((4, 2), np.float32), train=True)
        assert model.backward(dy) is None
        assert returned == [None]
        assert model.grad.any()
        assert model.backward(dy, input_gradient=True).shape == (4, 2)
        assert returned[1].shape == (4, 2)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_everything_stays_float32(optimizer):
    """Weights, gradients, slots, scratch, statistics and every activation, after 3 epochs."""
    layers = [make(6) for name, make in LAYERS.items() if name[:6] not in ("Linear", "SwiGLU")]
    layers.append(dl.SwiGLU(6, 6))
    model = dl.Sequential(dl.Linear(2, 6), *layers, dl.Linear(6, 2))
    seen = record_outputs(model)
    made = OPTIMIZERS[optimizer]()
    x, y = dl.moons(40)
    dl.fit(
        model,
        (x, y),
        valid=(x, y),
        optimizer=made,
        epochs=3,
        batch_size=10,
        schedule=lambda t: np.float64(0.5),
    )
    assert len(seen) > 100
    assert set(seen) == {np.dtype(np.float32)}
    arrays = {"theta": model.theta, "grad": model.grad}
    arrays |= {k: v for k, v in vars(made).items() if isinstance(v, np.ndarray)}
    for i, layer in by_place(model.layers).items():
        arrays |= {f"{i}.{k}": v for k, v in vars(layer).items() if isinstance(v, np.ndarray)}
        memory = layer._memory[-1] if layer._memory else ()
        arrays |= {f"{i}.memory {k}": v for k, v in enumerate(memory) if isinstance(v, np.ndarray)}
    wide = {k for k, v in arrays.items() if v.dtype.kind == "f" and v.dtype != np.float32}
    assert not wide
    assert set(made.slots) <= set(arrays)
    for name, value in vars(made).items():
        assert not isinstance(value, np.generic), f"{name} is a NumPy scalar"
