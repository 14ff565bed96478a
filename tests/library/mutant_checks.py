"""Quick checks of right behaviour, without PyTorch: formulas written again, in other words.

Each takes the package, so that it can be asked about a mutant as well as the original.
"""

import numpy as np
from registry import INITIALIZERS, OPTIMIZERS

SHAPE = (6, 4)


def data(seed=0, shape=SHAPE):
    x = np.random.default_rng(seed).normal(size=shape)
    return x + 0.05 * np.sign(x)


def equal(found, expected, tolerance=1e-9):
    assert found is not None
    assert np.shape(found) == np.shape(expected)
    assert np.allclose(found, expected, rtol=tolerance, atol=1e-12)


def alone(dl, layer, x=None):
    """A network of one layer in float64 whose parameters are not at their start."""
    model = dl.Sequential(layer, dtype=np.float64)
    model.theta += 0.3 * np.random.default_rng(7).normal(size=model.theta.shape)
    return model


def gradients(make):
    """The backward pass agrees with central differences."""
    return lambda dl: dl.check_gradients(alone(dl, make(dl)), data())


def function(make, f):
    """The forward pass agrees with a formula, in training and inference."""

    def check(dl):
        for x in (data(), 300 * data(1), np.zeros(SHAPE)):
            with np.errstate(over="raise"):
                y = alone(dl, make(dl)).forward(x, train=True)
            with np.errstate(over="ignore", invalid="ignore"):
                equal(y, f(x))
            equal(alone(dl, make(dl)).forward(x), y)

    return check


def linear(dl):
    layer = dl.Linear(4, 3)
    model = alone(dl, layer)
    x = data()
    expected = np.array([[sum(r * layer.W[:, j]) + layer.b[j] for j in range(3)] for r in x])
    equal(model.forward(x), expected)
    assert not dl.Linear(4, 3).initial(np.random.default_rng(0))["b"].any()


def gated(dl):
    layer = dl.SwiGLU(4, 3)
    model, x = alone(dl, layer), data()
    h, v = x @ layer.W, x @ layer.V
    equal(model.forward(x, train=True), h / (1 + np.exp(-h)) * v)


def batch_norm(dl):
    """Both modes and the running statistics, from the definition."""
    layer = dl.BatchNorm(4, eps=0.03, momentum=0.2)
    model = alone(dl, layer)
    mean, var = np.zeros(4), np.ones(4)
    for seed in range(3):
        x = data(seed) * 3 + 1
        m, v = x.sum(axis=0) / 6, ((x - x.sum(axis=0) / 6) ** 2).sum(axis=0) / 6
        equal(model.forward(x, train=True), layer.gamma * (x - m) / (v + 0.03) ** 0.5 + layer.beta)
        mean, var = 0.8 * mean + 0.2 * m, 0.8 * var + 0.2 * v * 6 / 5
        equal(layer.running_mean, mean)
        equal(layer.running_var, var)
        expected = layer.gamma * (x - mean) / (var + 0.03) ** 0.5 + layer.beta
        equal(model.forward(x), expected)
    started = dl.BatchNorm(4)
    dl.Sequential(started)
    assert started.gamma.tolist() == [1] * 4
    assert started.beta.tolist() == [0] * 4
    assert started.state == ("running_mean", "running_var")


def layer_norm(dl):
    layer = dl.LayerNorm(4, eps=0.03)
    model, x = alone(dl, layer), data()
    rows = [(r - r.mean()) / (r.var() + 0.03) ** 0.5 * layer.gamma + layer.beta for r in x]
    equal(model.forward(x, train=True), np.array(rows))


def rms_norm(dl):
    x = data()
    for eps, exact in ((0.03, 0.03), (None, 2.0**-52)):
        layer = dl.RMSNorm(4, eps=eps)
        rows = [r / ((r * r).sum() / 4 + exact) ** 0.5 for r in x]
        model = alone(dl, layer)
        equal(model.forward(x, train=True), np.array(rows) * layer.gamma)
    tiny = np.full((2, 4), 1e-12)
    equal(model.forward(tiny), layer.gamma * tiny / 2.0**-26, 1e-3)


def large_numbers(dl):
    """Numbers whose squares overflow are standardized like all others."""
    x = data(1)
    x[:, 0] = 1e-160  # so small beside the others that the scaled eps decides
    layer = dl.BatchNorm(4, momentum=1.0)
    y = alone(dl, layer).forward(x * 1e160, train=True)
    equal(y[:, 1:], (layer.gamma * (x - x.mean(axis=0)) / x.std(axis=0) + layer.beta)[:, 1:])
    equal(y[:, 0], np.full(len(x), layer.beta[0]))
    equal(layer.running_mean / 1e160, x.mean(axis=0))


def long_columns(dl):
    x = np.tile([[1.0, 2.0]], (3000, 1))
    layer = dl.BatchNorm(2, momentum=1.0)
    alone(dl, layer).forward(x, train=True)
    equal(layer.running_mean, [1, 2])


def dropout(dl):
    """The share that is dropped, both scalings in both modes, a new mask each time."""
    x = np.full((400, 100), 3.0)
    for inverted, kept, inference in ((True, 3.0 / 0.7, 3.0), (False, 3.0, 2.1)):
        model = alone(dl, dl.Dropout(0.3, inverted=inverted))
        y = model.forward(x, train=True)
        assert set(np.round(np.unique(y), 9)) == {0.0, round(kept, 9)}
        assert abs((y == 0).mean() - 0.3) < 0.02
        assert np.ptp((y == 0).mean(axis=0)) > 0, "columns share a mask"
        assert np.ptp((y == 0).mean(axis=1)) > 0, "rows share a mask"
        assert np.std(y, axis=0).min() > 0
        assert not np.array_equal(y, model.forward(x, train=True))
        equal(model.forward(x), np.full_like(x, inference))


def ensemble(dl):
    model = alone2(dl)
    outputs, p = dl.subnetworks(model, data())
    assert abs(p.sum() - 1) < 1e-12
    equal(np.einsum("k,kij->ij", p, outputs), model.predict(data()))
    W = data(3)
    equal(dl.drop_columns(W, [1, 0, 1, 0]), W * [1, 0, 1, 0])


def alone2(dl):
    model = dl.Sequential(dl.Dropout(0.3), dl.Linear(4, 2), dtype=np.float64)
    model.theta += 1
    return model


def cross_entropy(dl):
    z, labels = 30 * data(), np.array([0, 1, 2, 3, 0, 1])
    loss, dz = dl.softmax_cross_entropy(z, labels)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert abs(loss + np.log([p[i, k] for i, k in enumerate(labels)]).mean()) < 1e-9
    equal(dz, (p - np.eye(4)[labels]) / 6)
    assert np.isfinite(dl.softmax_cross_entropy(1e3 * z, labels)[0])


def squared_error(dl):
    z, y = data(0), data(1)
    loss, dz = dl.mean_squared_error(z, y)
    assert abs(loss - sum((a - b) ** 2 for a, b in zip(z.flat, y.flat, strict=True)) / 24) < 1e-12
    equal(dz, dl.numerical_gradient(lambda z: dl.mean_squared_error(z, y)[0], z), 1e-5)


def initializer(name):
    """Variance and shape of the distribution: its fourth moment tells normal from uniform."""
    case = INITIALIZERS[name]
    variance, fourth = case.variance(400, 200), {"normal": 3, "uniform": 1.8}[case.distribution]

    def check(dl):
        W = case.make(dl)(np.random.default_rng(0), (400, 200))
        assert W.shape == (400, 200)
        assert abs(W.var() / variance - 1) < 0.03
        assert abs(W.mean()) < 0.03 * variance**0.5
        assert abs((W**4).mean() / variance**2 - fourth) < 0.15

    return check


def orthogonal(dl):
    for shape in ((5, 3), (3, 5)):
        W = dl.orthogonal(np.random.default_rng(0), shape)
        equal(W.T @ W if shape == (5, 3) else W @ W.T, np.eye(3))
    signs = [dl.orthogonal(np.random.default_rng(s), (2, 2))[0, 0] > 0 for s in range(200)]
    assert 60 < sum(signs) < 140


def optimizer(name, **more):
    """25 steps agree with the formula of the registry, entry by entry, or matrix by matrix."""
    case = OPTIMIZERS[name]
    settings = case.settings | more

    def whole(dl):
        for shape in (SHAPE, SHAPE[::-1]):
            w, made, memory = data(shape=shape), case.cls(dl)(**settings), [0.0]
            expected = w.copy()
            for t in range(1, 26):
                g = data(t, shape)
                made.step(w, g)
                expected = case.step(t, expected, g, memory, **settings)
                equal(w, expected)

    def check(dl):
        w, made = data(), case.cls(dl)(**settings)
        expected, memories = w.copy(), {i: [0.0] * 3 for i in np.ndindex(SHAPE)}
        for t in range(1, 26):
            g = data(t)
            made.step(w, g)
            for i in np.ndindex(SHAPE):
                now = float(expected[i]), float(g[i]), memories[i]
                expected[i] = case.step(t, *now, **settings)
            equal(w, expected)

    return whole if case.whole else check
