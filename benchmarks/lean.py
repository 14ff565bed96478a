"""What layers and checks cost in a tiny network: against the same lines in one function."""

import math

import numpy as np
from timing import interleaved, ratio

from dlcourse import Adam, Linear, ReLU, Sequential, fit

SIZES, BATCH, N = (64, 100, 10), 50, 1300


def data():
    rng = np.random.default_rng(0)
    return rng.random((N, SIZES[0]), np.float32), rng.integers(0, SIZES[-1], N)


def ours():
    x, labels = data()
    model, optimizer = Sequential(Linear(64, 100), ReLU(), Linear(100, 10)), Adam()
    return lambda: fit(model, (x, labels), optimizer=optimizer, epochs=1, batch_size=BATCH)


def lean():
    """One epoch as a single function: no layers, and nothing is checked."""
    x, labels = data()
    start = Sequential(Linear(64, 100), ReLU(), Linear(100, 10))
    theta, grad = start.theta, start.grad
    (W1, dW1), (b1, db1), (W2, dW2), (b2, db2) = start.parameters().values()
    m, v, scratch = np.zeros_like(theta), np.zeros_like(theta), np.empty_like(theta)
    rng, steps, rows = np.random.default_rng(0), [0], np.arange(BATCH)

    def epoch():
        order = rng.permutation(N)
        for begin in range(0, N, BATCH):
            batch = order[begin : begin + BATCH]
            xb = x[batch]
            z1 = xb @ W1
            z1 += b1
            h = np.maximum(z1, 0)
            z = h @ W2
            z += b2
            z = z - z.max(axis=1, keepdims=True)
            p = np.exp(z)
            total = p.sum(axis=1, keepdims=True)
            loss = float((np.log(total[:, 0]) - z[rows, labels[batch]]).sum()) / BATCH
            p /= total
            p[rows, labels[batch]] -= 1
            p /= BATCH
            np.matmul(h.T, p, out=dW2)
            p.sum(axis=0, out=db2)
            dz1 = p @ W2.T * (z1 > 0)
            np.matmul(xb.T, dz1, out=dW1)
            dz1.sum(axis=0, out=db1)
            steps[0] += 1
            np.multiply(m, 0.9, m)
            np.add(m, np.multiply(grad, 0.1, scratch), m)
            np.multiply(v, 0.999, v)
            np.add(v, np.multiply(np.square(grad, scratch), 0.001, scratch), v)
            correction = math.sqrt(1 - 0.999 ** steps[0])
            root = np.sqrt(v, scratch)
            root += 1e-8 * correction
            step = np.divide(m, root, scratch)
            step *= 1e-3 * correction / (1 - 0.9 ** steps[0])
            np.subtract(theta, step, theta)
        return loss

    return epoch


def rows():
    """(what, peer, ratio, allowed): an epoch of 26 steps."""
    seconds = interleaved({"ours": ours(), "lean": lean()}, calls=1)
    what = "fit, 64-100-10, plain, batch 50"
    yield what, "the same lines without layers and checks", ratio(seconds, "ours", "lean"), None
