# ruff: noqa: E501
"""Right answers in odd styles, written from the assignments alone: rules for first weights, optimizers and narrow.

Whoever wrote them had not read the checks. The first word of a name is the topic.
"""

FRESH_RIGHT = {
"he_normal scaled from standard normal": """
def f(rng, shape):
    w = rng.standard_normal(size=shape)
    w *= (2 / shape[0]) ** 0.5
    return w
""",
"he_normal by rows": """
def f(rng, shape):
    return np.array([[rng.normal(scale=np.sqrt(2.0 / shape[0])) for _ in range(shape[1])] for _ in range(shape[0])])
""",
"he_normal by Box and Muller": """
class _He:
    def __call__(self, rng, shape):
        u, v = 1 - rng.random(shape), rng.random(shape)
        return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v) * np.sqrt(2 / shape[0])
f = _He()
""",
"xavier_uniform from zero to one": """
def f(rng, shape):
    n_in, n_out = shape
    a = (6 / (n_in + n_out)) ** 0.5
    return rng.random((n_in, n_out)) * 2 * a - a
""",
"xavier_uniform with a sign": """
def f(rng, shape):
    limit = np.sqrt(6.0 / np.sum(shape))
    size = rng.uniform(0, limit, size=shape)
    return np.where(rng.random(shape) < 0.5, -size, size)
""",
"xavier_uniform as a lambda": """
f = lambda rng, shape: np.sqrt(12 * 2 / (shape[0] + shape[1])) * (rng.uniform(size=shape) - 0.5)
""",
"Momentum with in place arithmetic": """
class M:
    def __init__(self, lr, momentum=0.9):
        self.lr, self.momentum = lr, momentum
    def step(self, w, g):
        if not hasattr(self, "v"):
            self.v = np.zeros(w.shape, w.dtype)
        np.multiply(self.v, self.momentum, out=self.v)
        np.add(self.v, g, out=self.v)
        np.subtract(w, np.multiply(self.v, self.lr), out=w)
""",
"Momentum with a dict of states": """
class M:
    def __init__(self, lr, momentum=0.9):
        self.settings = {"momentum": momentum}
        self.lr = lr
        self.states = {}
    def step(self, w, g):
        v = self.states.get("v", np.zeros_like(g))
        v = self.settings["momentum"] * v + g
        self.states["v"] = v
        w += -self.lr * v
""",
"Momentum by recursion": """
class M:
    def __init__(self, lr, momentum=0.9):
        self.lr = lr
        self.velocity = self.make(momentum)
        next(self.velocity)
    def make(self, mu):
        v = 0
        while True:
            g = yield v
            v = mu * v + np.array(g)
    def step(self, w, g):
        w[:] = w[:] - self.lr * self.velocity.send(g)
""",
"Adam with the step size of the paper's remark, eps scaled": """
class A:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, (self.b1, self.b2), self.eps = lr, betas, eps
        self.t, self.m, self.v = 0, None, None
    def step(self, w, g):
        self.t = self.t + 1
        if self.m is None:
            self.m, self.v = g * 0, g * 0
        self.m += (1 - self.b1) * (g - self.m)
        self.v += (1 - self.b2) * (g ** 2 - self.v)
        c2 = np.sqrt(1 - self.b2 ** self.t)
        alpha = self.lr * c2 / (1 - self.b1 ** self.t)
        w -= alpha * self.m / (np.sqrt(self.v) + self.eps * c2)
""",
"Adam with float64 inside": """
class A:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t = lr, list(betas), eps, 0
        self.m = self.v = 0.0
    def step(self, w, g):
        g = g.astype(np.float64)
        self.t += 1
        self.m = self.betas[0] * self.m + (1 - self.betas[0]) * g
        self.v = self.betas[1] * self.v + (1 - self.betas[1]) * np.square(g)
        mh = self.m / (1 - pow(self.betas[0], self.t))
        vh = self.v / (1 - pow(self.betas[1], self.t))
        w[...] = w - (self.lr * mh / (np.sqrt(vh) + self.eps)).astype(w.dtype)
""",
"Adam with sums of weights": """
class A:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.norm = np.zeros(2)
        self.m = self.v = None
    def step(self, w, g):
        b = np.array(self.betas)
        self.norm = b * self.norm + (1 - b)
        self.m = (1 - b[0]) * g if self.m is None else b[0] * self.m + (1 - b[0]) * g
        self.v = (1 - b[1]) * g * g if self.v is None else b[1] * self.v + (1 - b[1]) * g * g
        w -= (self.lr * (self.m / self.norm[0]) / (np.sqrt(self.v / self.norm[1]) + self.eps)).astype(w.dtype)
""",
"Adam element by element": """
class A:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t = lr, betas, eps, 0
        self.m, self.v = {}, {}
    def step(self, w, g):
        self.t += 1
        b1, b2 = self.betas
        for i in np.ndindex(w.shape):
            self.m[i] = b1 * self.m.get(i, 0) + (1 - b1) * float(g[i])
            self.v[i] = b2 * self.v.get(i, 0) + (1 - b2) * float(g[i]) ** 2
            w[i] -= self.lr * (self.m[i] / (1 - b1 ** self.t)) / ((self.v[i] / (1 - b2 ** self.t)) ** 0.5 + self.eps)
""",
"narrow with a heap": """
import heapq
def f(space, trials, keep=0.2):
    usable = [i for i in range(len(trials)) if np.isfinite(trials.scores[i]) and all(trials.configs[i][n] in r for n, r in space.items())]
    k = max(2, -int(-keep * len(usable) // 1))
    top = heapq.nlargest(k, usable, key=lambda i: trials.scores[i])
    return dict((n, r.within([trials.configs[i][n] for i in top])) for n, r in space.items())
""",
"narrow with arrays": """
def f(space, trials, keep=0.2):
    order = [int(i) for i in trials.order()]
    ok = np.array([all(trials.configs[i][name] in space[name] for name in space) for i in order], bool)
    inside = [trials.configs[i] for i in np.array(order)[ok]]
    number = int(np.maximum(2, np.ceil(len(inside) * keep)))
    out = {}
    for name in space:
        column = [c[name] for c in inside][0:number]
        out[name] = space[name].within(column)
    return out
""",
}  # fmt: skip
