"""One training step against the same step compiled by JAX, with optax's Adam.

JAX runs as well as it can on one thread: float32, compiled once and warm, its state donated so
that nothing is copied. Needs `make peers-jax`.
"""

import os

# One core and one thread for JAX; both are read when it is imported.
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
import optax  # noqa: E402
from models import batch_of, ours, ours_model  # noqa: E402
from timing import interleaved, ratio  # noqa: E402

SIZES, BATCH = (784, 256, 256, 10), 128
# name -> (batch normalization and dropout?, allowed)
CASES = {
    "784-256-256-10, BatchNorm, Dropout, batch 128": (True, 1.1),
    "784-256-256-10, plain, batch 128": (False, 1.2),
}
RATE, EPS, MOMENTUM = 0.5, 1e-5, 0.1


def start(extras):
    """Parameters and running statistics of our network at its start, layer by layer."""
    layers = ours_model(SIZES, extras).layers
    linears = [layer for layer in layers if hasattr(layer, "W")]
    params = [{"W": jnp.array(layer.W), "b": jnp.array(layer.b)} for layer in linears]
    statistics = []
    for p in params[:-1] if extras else ():
        n = len(p["b"])
        p |= {"gamma": jnp.ones(n), "beta": jnp.zeros(n)}
        statistics.append((jnp.zeros(n), jnp.ones(n)))
    return params, statistics


def normalize(z, p, running):
    """Batch normalization in training, and the statistics for inference."""
    mean, var, n = z.mean(axis=0), z.var(axis=0), len(z)
    new = (mean, var * n / (n - 1))
    running = tuple(r + MOMENTUM * (v - r) for r, v in zip(running, new, strict=True))
    return p["gamma"] * (z - mean) / jnp.sqrt(var + EPS) + p["beta"], running


def loss_of(params, statistics, key, x, labels, extras):
    h, kept = x, []
    for i, p in enumerate(params[:-1]):
        z = h @ p["W"] + p["b"]
        if extras:
            z, running = normalize(z, p, statistics[i])
            kept.append(running)
        h = jax.nn.relu(z)
        if extras:
            mask = jax.random.bernoulli(jax.random.fold_in(key, i), 1 - RATE, h.shape)
            h = jnp.where(mask, h / (1 - RATE), 0)
    z = h @ params[-1]["W"] + params[-1]["b"]
    return optax.softmax_cross_entropy_with_integer_labels(z, labels).mean(), kept


def compiled(extras):
    """JAX's training step as a function without arguments that returns the loss."""
    optimizer = optax.adam(1e-3)

    def step(state, x, labels):
        params, adam, statistics, key = state
        key, drawn = jax.random.split(key)
        f = jax.value_and_grad(loss_of, has_aux=True)
        (loss, statistics), grads = f(params, statistics, drawn, x, labels, extras)
        updates, adam = optimizer.update(grads, adam)
        return (optax.apply_updates(params, updates), adam, statistics, key), loss

    step = jax.jit(step, donate_argnums=0)
    params, statistics = start(extras)
    state = params, optimizer.init(params), statistics, jax.random.key(0)
    x, labels = map(jnp.array, batch_of(SIZES, BATCH))

    def run():
        nonlocal state
        state, loss = step(state, x, labels)
        return float(loss)

    return run


def same_step():
    """Both compute the same thing: the first losses of the plain network agree."""
    mine, theirs = ours(SIZES, False, BATCH), compiled(False)
    assert np.allclose([mine() for _ in range(8)], [theirs() for _ in range(8)], rtol=2e-3)


def rows():
    """(what, peer, ratio, allowed) for both networks."""
    same_step()
    for name, (extras, allowed) in CASES.items():
        functions = {"ours": ours(SIZES, extras, BATCH), "JAX": compiled(extras)}
        peer = f"JAX {jax.__version__}, compiled, optax {optax.__version__}"
        yield name, peer, ratio(interleaved(functions), "ours", "JAX"), allowed
