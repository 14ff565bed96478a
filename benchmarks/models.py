"""Our side of the training steps that are compared: networks, batches, one step."""

import numpy as np

from dlcourse import Adam, BatchNorm, Dropout, Linear, ReLU, Sequential, softmax_cross_entropy


def batch_of(sizes, n):
    rng = np.random.default_rng(0)
    return rng.random((n, sizes[0]), np.float32), rng.integers(0, sizes[-1], n)


def ours_model(sizes, extras):
    """Linear layers with ReLU; `extras` are batch normalization and dropout."""
    layers = []
    for n_in, n_out in zip(sizes[:-2], sizes[1:-1], strict=True):
        layers.append(Linear(n_in, n_out))
        layers += [BatchNorm(n_out), ReLU(), Dropout(0.5)] if extras else [ReLU()]
    return Sequential(*layers, Linear(*sizes[-2:]))


def ours(sizes, extras, n):
    return step_of(ours_model(sizes, extras), *batch_of(sizes, n))


def step_of(model, x, labels):
    """A training step, to be called again and again."""
    optimizer = Adam()

    def step():
        loss, dz = softmax_cross_entropy(model.forward(x, train=True), labels)
        model.backward(dz)
        optimizer.step(model.theta, model.grad)
        return loss

    return step
