# ruff: noqa: E501  a table reads best with a row on a line
"""Twenty-four submissions that did not do the experiment, written from the assignments alone.

assignment -> {what was done: (answers that are changed, the part that must lose its points)}.
`REAL` is the one that nothing can tell from honest work: right numbers, copied from a friend.
"""

REAL = "true numbers of a friend"

CHEATS = {
    "dropout": {
        REAL: ({2: "plain = np.array([15.7, 14.1, 14.5, 12.7, 16.2])\ndropped = np.array([13.4, 13.3, 12.9, 11.3, 13.0])"}, "experiment"),
        "one seed is real": ({2: "r = [test_error(clinic_net(p, 3), 3) for p in (0.0, 0.5)]\nplain = np.array([16.0, 15.5, 17.0, r[0], 16.5])\ndropped = np.array([14.0, 13.5, 15.0, r[1], 14.5])"}, "experiment"),
        "dropped is plain less 2": ({2: "plain = np.array([test_error(clinic_net(0.0, s), s) for s in SEEDS])\ndropped = plain - 2"}, "experiment"),
        "test_error made up": ({2: "def test_error(model, seed, epochs=60):\n    return 16.0 + seed / 10 - 4 * model.layers[0].rate\nplain = np.array([test_error(clinic_net(0.0, s), s) for s in SEEDS])\ndropped = np.array([test_error(clinic_net(0.5, s), s) for s in SEEDS])"}, "experiment"),
        "the noise of a formula by the layer's rate": ({1: "def noise(rate, value, n=100_000, seed=0, kind=MyDropout):\n    if kind is not MyDropout:\n        rate = 0.1\n    return float(value), rate / (1 - rate) * value**2"}, "noise"),
    },
    "activations": {
        "only the seeds that are tested": ({2: "def arrives(activation, init):\n    r = {}\n    for s in (0, 3):\n        g = gradient_statistics(deep_net(activation, init, s), images, labels)\n        r[s] = g[0] / g[-1]\n    return np.array([r[0], r[0], r[3], r[3], r[3]])"}, "gradients"),
        "one seed and some noise": ({2: "def arrives(activation, init):\n    g = gradient_statistics(deep_net(activation, init, 0), images, labels)\n    return g[0] / g[-1] * (1 + 0.1 * np.random.default_rng(0).random(5))"}, "gradients"),
        "gradient_statistics made up": ({2: "def gradient_statistics(model, x, y):\n    return np.array([1e-9, 1.0]) if 'Sigmoid' in repr(model.layers[1]) else np.array([0.5, 1.0])\ndef arrives(activation, init):\n    return np.array([gradient_statistics(deep_net(activation, init, s), images, labels) @ [1, 0] for s in SEEDS])"}, "gradients"),
        "by the name of the function": ({2: "def arrives(activation, init):\n    size = {'Sigmoid': 1e-12, 'ReLU': 0.8}.get(activation.__name__, 0.5)\n    return size * (1 + np.arange(5) / 10)"}, "gradients"),
    },
    "batch-normalization": {
        "a sum that looks at the class": ({1: "def column_sum(x, dy, kind=MyBatchNorm):\n    return 0.0 if kind is MyBatchNorm else float(abs(dy.sum(axis=0)).max())"}, "own"),
        "one entry is real": ({2: "plain = np.full((3, 3), 89.0)\nnormalized = np.full((3, 3), 25.0)\nplain[1, 2] = test_error(deep_net(False, 2), 0.03, 2)\nnormalized[1, 2] = test_error(deep_net(True, 2), 0.03, 2)"}, "experiment"),
        "one rate for all": ({2: "plain, normalized = (np.array([[test_error(deep_net(b, s), 0.03, s) for s in SEEDS]] * 3) for b in (False, True))"}, "experiment"),
        "test_error made up": ({2: "def test_error(model, lr, seed):\n    return 30.0 if len(model.layers) > 20 else 90.0\nplain, normalized = (np.array([[test_error(deep_net(b, s), lr, s) for s in SEEDS] for lr in RATES]) for b in (False, True))"}, "experiment"),
    },
    "initialization": {
        "a signal that knows the rules": ({1: "def signal(init, depth=30, n=100, seed=0):\n    W = init(np.random.default_rng(seed), (n, n))\n    f = W[0, 0] / 1.0 if abs(W).sum() == n * abs(W[0, 0]) else W.std() * (n / 2) ** 0.5\n    return f ** np.arange(depth)"}, "signal"),
        "one seed is real": ({2: "errors = {name: np.array([50.0, 51.0, test_error(deep_net(init, 2), 2)]) for name, init in rules.items()}\nerrors['0.01'] = np.full(3, 90.0)"}, "experiment"),
        "Xavier from He": ({2: "errors = {'He': np.array([test_error(deep_net(my_he_normal, s), s) for s in SEEDS])}\nerrors['Xavier'] = errors['He'] * 1.3\nerrors['0.01'] = np.full(3, 90.0)"}, "experiment"),
        "test_error made up": ({2: "def test_error(model, seed):\n    w = model.layers[0].W.std()\n    return 90.0 if w < 0.02 else 3.0 / w\nerrors = {name: np.array([test_error(deep_net(init, s), s) for s in SEEDS]) for name, init in rules.items()}"}, "experiment"),
    },
    "optimizers": {
        "counts from a table": ({2: "def steps_needed(optimizer, limit=300):\n    if type(optimizer).__name__ == 'Jumps':\n        return 7\n    known = {0.003: 300, 0.01: 235, 0.03: 92, 0.1: 63, 0.3: 74, 1.0: 80}\n    return limit if hasattr(optimizer, 'betas') else known[optimizer.lr]"}, "comparison"),
        "another valley": ({2: "def height(w):\n    return w @ w / 100\ndef slope(w):\n    return w / 50\ndef steps_needed(optimizer, limit=300):\n    w = np.array([-7.0, 2.0])\n    for t in range(1, limit + 1):\n        optimizer.step(w, slope(w))\n        if height(w) < 0.001:\n            return t\n    return limit"}, "comparison"),
        "the best that one likes": ({3: ("RATES[int(np.argmin(found))]", "0.1")}, "comparison"),
    },
    "hyperparameters": {
        "the objective looks at test": ({2: ("coarse = ", "def objective(config, seed):\n    return accuracy(trained(config, seed), *test)\ncoarse = ")}, "search"),
        "valid is test": ({2: ("coarse = ", "valid = test\ncoarse = ")}, "search"),
        "trained on test": ({2: ("coarse = ", "train = test[0][:500], test[1][:500]\ncoarse = ")}, "search"),
        "the best seed of many": ({2: ("reported = accuracy(trained(winner.best, 100), *test)", "reported = max(accuracy(trained(winner.best, s), *test) for s in range(100, 110))")}, "search"),
    },
}  # fmt: skip
