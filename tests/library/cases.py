"""What several test files share: every layer, every optimizer, batches away from kinks."""

import functools
import inspect
import os
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import registry

import dlcourse as dl

REPOSITORY = Path(__file__).parents[2]
ACTIVATION = dl.ReLU.__mro__[1]

# name -> how to make it; the registry says the rest
LAYERS = {name: case.make for name, case in registry.LAYERS.items()}
OPTIMIZERS = {name: case.make for name, case in registry.OPTIMIZERS.items()}
ACTIVATIONS = [
    name for name, case in registry.LAYERS.items() if issubclass(getattr(dl, case.what), ACTIVATION)
]


def seed_of(*words):
    """A seed from names, so that a new name changes the numbers of no other."""
    return [zlib.crc32(str(word).encode()) for word in words]


def network(dtype=np.float32, width=8, rate=0.3, seed=0):
    """A network with everything that has to be saved: masks, statistics, learned slopes."""
    return dl.Sequential(
        dl.Dropout(0.1),
        dl.Linear(2, width),
        dl.BatchNorm(width),
        dl.PReLU(),
        dl.Dropout(rate),
        dl.Linear(width, 2),
        seed=seed,
        dtype=dtype,
    )


def away_from_kinks(rng, shape, gap=0.05):
    """Normal numbers, none closer to 0 than `gap`."""
    x = rng.normal(size=shape)
    return x + gap * np.sign(x)


def close(ours, theirs, what, rtol=1e-9, atol=1e-12):
    """Equal up to the rounding of float64. `theirs` may be a tensor."""
    if hasattr(theirs, "detach"):
        theirs = theirs.detach().numpy()
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=atol, err_msg=what)


def same_bits(a, b):
    """Whether two arrays agree in dtype, shape and every bit."""
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def same_states(a, b):
    """Whether two state_dicts agree in every bit."""
    return a.keys() == b.keys() and all(same_bits(a[k], b[k]) for k in a)


@functools.cache
def arguments(cls):
    """The names of the arguments of a constructor."""
    return tuple(inspect.signature(cls).parameters)


def run_python(code):
    """Run `code` in a fresh interpreter in which dlcourse can be imported; return its output."""
    path = os.pathsep.join([str(Path(dl.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    # Dask, once started in this process, leaves settings of the C library's memory behind.
    own = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**own, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def whole(model):
    """Whether every array of every layer is the part of theta or grad that it should be."""
    begin = 0
    for name, shape in model.shapes.items():
        *place, key = name.split(".")
        layer = model
        for i in place:
            layer = layer.layers[int(i)]
        part = slice(begin, begin + int(np.prod(shape)))
        begin = part.stop
        for array, vector in (
            (getattr(layer, key), model.theta),
            (getattr(layer, f"d{key}"), model.grad),
        ):
            if array.shape != shape or not np.shares_memory(array, vector):
                return False
            if not same_bits(array.ravel(), vector[part]):
                return False
    return begin == model.theta.size
