# ruff: noqa: E501
"""Thirty right answers of a second pair of eyes: (topic, how it is written) -> its text.

Whoever wrote them had not read the checks' tables. A text is whole, or pairs (old, new) that
change the plain answer of the topic in fresh_wrong.py. Topics: Adam, the backward pass of batch
normalization, dropout, He's rule, and what random search needs.
"""

ADAM = """
class A:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.begin()
"""
BACK = """        N = len(dy)
        self.dbeta[...] = dy.sum(axis=0)
        self.dgamma[...] = (self.x_hat * dy).sum(axis=0)
        inner = dy - self.dbeta / N - self.x_hat * self.dgamma / N
        return self.gamma / self.std * inner
"""
DROP = """        keep = self.rng.random(x.shape) < 1 - self.rate
        self.mask = keep.astype(x.dtype) / (1 - self.rate)
        return self.mask * x
"""
MASK = "keep = self.rng.random(x.shape) < 1 - self.rate"

SECOND_RIGHT = {
("Adam", "the correction in the step size"): ADAM + """
    def begin(self):
        self.t, self.m, self.v = 0, 0.0, 0.0
    def step(self, w, g):
        self.t += 1
        (b1, b2), t = self.betas, self.t
        self.m = self.m * b1 + g * (1 - b1)
        self.v = self.v * b2 + np.square(g) * (1 - b2)
        root = (1 - b2**t) ** 0.5
        w -= self.lr * root / (1 - b1**t) * self.m / (np.sqrt(self.v) + self.eps * root)
""",
("Adam", "a generator"): ADAM + """
    def begin(self):
        self.walk = self.steps()
        next(self.walk)
    def steps(self):
        w, g = yield
        m, v, t, (b1, b2) = np.zeros_like(w), np.zeros_like(w), 0, self.betas
        while True:
            t += 1
            m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
            w -= self.lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + self.eps)
            w, g = yield
    def step(self, w, g):
        self.walk.send((w, g))
""",
("Adam", "both memories in one array"): ADAM + """
    def begin(self):
        self.both, self.powers = None, np.ones(2)
    def step(self, w, g):
        if self.both is None:
            self.both = np.zeros((2, *w.shape), w.dtype)
        self.powers *= self.betas
        for memory, beta, new in zip(self.both, self.betas, (g, g**2)):
            memory += (1 - beta) * (new - memory)
        m, v = (memory / (1 - p) for memory, p in zip(self.both, self.powers))
        w[:] = w - self.lr * m / (np.sqrt(v) + self.eps)
""",
("Adam", "number by number"): ADAM + """
    def begin(self):
        self.m, self.v, self.t = {}, {}, 0
    def step(self, w, g):
        self.t += 1
        b1, b2 = self.betas
        for i in np.ndindex(w.shape):
            self.m[i] = b1 * self.m.get(i, 0.0) + (1 - b1) * float(g[i])
            self.v[i] = b2 * self.v.get(i, 0.0) + (1 - b2) * float(g[i]) ** 2
            m, v = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w[i] -= self.lr * m / (v**0.5 + self.eps)
""",
("Adam", "buffers and out="): ADAM + """
    def begin(self):
        self.t = 0
    def step(self, w, g):
        if self.t == 0:
            self.m, self.v, self.a, self.b = (np.zeros_like(w) for _ in range(4))
        self.t = self.t + 1
        b1, b2 = self.betas
        self.m *= b1
        self.m += np.multiply(g, 1 - b1, out=self.a)
        self.v *= b2
        self.v += np.multiply(np.multiply(g, g, out=self.a), 1 - b2, out=self.b)
        np.sqrt(np.divide(self.v, 1 - b2**self.t, out=self.a), out=self.a)
        self.a += self.eps
        np.divide(self.m, self.a, out=self.b)
        self.b *= self.lr / (1 - b1**self.t)
        w -= self.b
""",
("Adam", "all gradients remembered"): ADAM + """
    def begin(self):
        self.past = []
    def step(self, w, g):
        self.past.append(np.array(g))
        n = len(self.past)
        def mean(beta, power):
            weights = [(1 - beta) * beta ** (n - 1 - i) for i in range(n)]
            return sum(a * old**power for a, old in zip(weights, self.past)) / (1 - beta**n)
        w -= self.lr * mean(self.betas[0], 1) / (mean(self.betas[1], 2) ** 0.5 + self.eps)
""",
("batchnorm", "a matrix for each column"): ((BACK, """        N = len(dy)
        self.dbeta[...], self.dgamma[...] = np.ones(N) @ dy, np.diag(self.x_hat.T @ dy)
        dx = np.empty_like(dy)
        for j in range(dy.shape[1]):
            h = self.x_hat[:, j]
            J = (np.eye(N) - 1 / N - np.outer(h, h) / N) / self.std[j]
            dx[:, j] = J @ (self.gamma[j] * dy[:, j])
        return dx
"""),),
("batchnorm", "three ways from x to y"): ((BACK, """        h, s, N = self.x_hat, self.std, dy.shape[0]
        self.dgamma[:], self.dbeta[:] = np.sum(dy * h, axis=0), np.sum(dy, axis=0)
        dh = dy * self.gamma
        dvar = (dh * h * s).sum(0) * (-0.5) * s**-3
        dmu = (-dh / s).sum(0) + dvar * (-2 * h * s).mean(0)
        return dh / s + dvar * 2 * (h * s) / N + dmu / N
"""),),
("batchnorm", "centred twice in place"): ((BACK, """        np.sum(dy, axis=0, out=self.dbeta)
        np.sum(dy * self.x_hat, axis=0, out=self.dgamma)
        d = dy * self.gamma
        d -= d.mean(axis=0)
        d -= self.x_hat * np.mean(d * self.x_hat, axis=0)
        d /= self.std
        return d
"""),),
("batchnorm", "all computed again from x"): (("        N = len(x)\n", "        N = len(x)\n        self.x = x.copy()\n"), (BACK, """        x, N = self.x.astype(np.float64), len(self.x)
        mean, std = x.mean(axis=0), np.sqrt(x.var(axis=0) + self.eps)
        hat = (x - mean) / std
        self.dbeta[...] = dy.sum(axis=0)
        self.dgamma[...] = (dy * hat).sum(axis=0)
        total = N * dy - dy.sum(axis=0) - hat * (dy * hat).sum(axis=0)
        return (self.gamma * total / (N * std)).astype(dy.dtype)
""")),
("batchnorm", "a small function for centring"): ((BACK, """        def off(a):
            return a - a.mean(axis=0, keepdims=True)
        along = np.mean(self.x_hat * dy, axis=0)
        self.dgamma[...] = along * len(dy)
        self.dbeta[...] = dy.mean(axis=0) * len(dy)
        return off(dy - self.x_hat * along) * (self.gamma / self.std)
"""),),
("batchnorm", "rows in a loop"): ((BACK, """        self.dbeta[...] = 0
        self.dgamma[...] = 0
        for row, hat in zip(dy, self.x_hat):
            self.dbeta += row
            self.dgamma += row * hat
        rows = [row - (self.dbeta + hat * self.dgamma) / len(dy) for row, hat in zip(dy, self.x_hat)]
        return np.stack(rows) * self.gamma / self.std
"""),),
("dropout", "float32 draws"): ((MASK, "keep = self.rng.random(x.shape, dtype=np.float32) >= self.rate"),),
("dropout", "whole numbers"): ((MASK, "keep = self.rng.integers(0, 2**40, x.shape) >= self.rate * 2**40"),),
("dropout", "exponential draws"): ((MASK, "keep = self.rng.standard_exponential(x.shape) < (-np.log(self.rate) if self.rate else np.inf)"),),
("dropout", "zeros put in by index"): ((DROP, """        self.dropped = np.flatnonzero(self.rng.random(x.size) < self.rate)
        y = x / (1 - self.rate)
        y.reshape(-1)[self.dropped] = 0
        return y
"""), ("return self.mask * dy", "dx = dy / (1 - self.rate)\n        dx.flat[self.dropped] = 0\n        return dx")),
("dropout", "a function kept for backward"): ((DROP, """        on = self.rng.random(x.shape) >= self.rate
        self.back = lambda a: np.where(on, a / (1 - self.rate), a.dtype.type(0))
        return self.back(x)
"""), ("return self.mask * dy", "return self.back(dy)")),
("dropout", "the mode kept for backward"): (("        if not train:\n            return x\n", "        self.training = train and self.rate > 0\n        if not self.training:\n            return x\n"), ("return self.mask * dy", "return self.mask * dy if self.training else dy")),
("he_normal", "flat, then shaped"): "def f(rng, shape):\n    return (rng.standard_normal(shape[0] * shape[1]) * (2 / shape[0]) ** 0.5).reshape(shape)",
("he_normal", "Box and Muller"): "def f(rng, shape):\n    a, b = rng.random(shape), rng.random(shape)\n    return np.sqrt(2 / shape[0]) * np.sqrt(-2 * np.log(1 - a)) * np.cos(2 * np.pi * b)",
("he_normal", "number by number"): "def f(rng, shape):\n    s = np.sqrt(2 / shape[0])\n    return np.array([[rng.normal(0, s) for _ in range(shape[1])] for _ in range(shape[0])])",
("he_normal", "drawn the other way round"): "def f(rng, shape):\n    return rng.normal(scale=np.sqrt(2 / shape[0]), size=shape[::-1]).T",
("he_normal", "a lambda"): "f = lambda rng, size: rng.normal(0.0, 1.0, size) / np.sqrt(size[0] / 2)",
("he_normal", "float32"): "def f(rng, shape):\n    return rng.standard_normal(shape, dtype=np.float32) * np.float32((2 / shape[0]) ** 0.5)",
("narrow", "argsort"): """
def f(space, trials, keep=0.2):
    scores = np.array(trials.scores, dtype=float)
    good = [i for i in np.argsort(-scores, kind="stable") if np.isfinite(scores[i])]
    good = [i for i in good if all(trials.configs[i][n] in space[n] for n in space)]
    best = good[: max(2, int(np.ceil(len(good) * keep)))]
    return {n: r.within([trials.configs[i][n] for i in best]) for n, r in space.items()}
""",
("narrow", "a heap"): """
import heapq, math
def f(space, trials, keep=0.2):
    fits = lambda c: all(c[name] in space[name] for name in space)
    n = [i for i in trials.order() if fits(trials.configs[i])]
    k = max(2, math.ceil(len(n) * keep))
    top = heapq.nlargest(k, n, key=lambda i: (trials.scores[i], -i))
    new = dict(space)
    for name in space:
        new[name] = space[name].within([trials.configs[i][name] for i in top])
    return new
""",
("narrow", "filter and map"): """
def f(space, trials, keep=0.2):
    all_of_them = map(trials.configs.__getitem__, trials.order())
    inside = list(filter(lambda c: not any(c[k] not in v for k, v in space.items()), all_of_them))
    share = keep * len(inside)
    k = int(share) + (share > int(share))
    if k < 2:
        k = 2
    return dict((name, r.within([c[name] for c in inside[:k]])) for name, r in space.items())
""",
("narrow", "sets of numbers"): """
def f(space, trials, keep=0.2):
    outside = {i for i, c in enumerate(trials.configs) for n, v in space.items() if c[n] not in v}
    ranked = [i for i in trials.order() if i not in outside]
    del ranked[max(2, -int(-keep * len(ranked) // 1)):]
    columns = {n: [trials.configs[i][n] for i in ranked] for n in space}
    return {n: space[n].within(column) for n, column in columns.items()}
""",
("log_uniform", "a power of the ratio"): "def f(u, low, high):\n    return low * (high / low) ** u",
("log_uniform", "between two powers of ten"): "def f(u, low, high):\n    return float(10 ** np.interp(u, [0, 1], np.log10([low, high])))",
}  # fmt: skip
