# ruff: noqa: E501
"""Thirty right answers in odd styles, written from the assignments alone.

Whoever wrote them had not read the checks. The first word of a name is the topic.
"""

FRESH_RIGHT = {
"dropout with a dict for each call": """
class D(Layer):
    def __init__(self, rate=0.5):
        self.p = rate
        self.cache = {}
    def forward(self, x, train=False):
        self.cache["train"] = train
        if train:
            kept = np.nonzero(self.rng.uniform(0, 1, x.shape) > self.p)
            m = np.zeros(x.shape, x.dtype)
            m[kept] = 1.0 / (1.0 - self.p)
            self.cache["m"] = m
            return np.multiply(x, m)
        return x
    def backward(self, dy):
        if self.cache["train"]:
            return np.multiply(dy, self.cache["m"])
        return dy
""",
"dropout with geometric thinking": """
class D(Layer):
    def __init__(self, *, rate=0.5):
        object.__setattr__(self, "rate", float(rate))
    def forward(self, x, train=False):
        self.m = None
        if not train or self.rate == 0:
            return x
        u = self.rng.random(x.shape, dtype=np.float32)
        self.m = np.floor(u + np.float32(1 - self.rate)).astype(x.dtype)
        return x * self.m / x.dtype.type(1 - self.rate)
    def backward(self, dy):
        return dy if self.m is None else dy * self.m / dy.dtype.type(1 - self.rate)
""",
"dropout with masked arrays": """
class D(Layer):
    def __init__(self, rate=0.5):
        self.rate = rate
    def forward(self, x, train=False):
        if not train:
            return x
        self.dropped = self.rng.random(x.shape) < self.rate
        y = x / (1 - self.rate)
        y[self.dropped] = 0
        return y
    def backward(self, dy):
        dx = dy / (1 - self.rate)
        dx[self.dropped] = 0
        return dx
""",
"dropout with integers": """
class D(Layer):
    def __init__(self, rate=0.5):
        self.rate = rate
        self.keep_share = int(round((1 - rate) * 1_000_000))
    def forward(self, x, train=False):
        if train is True:
            tickets = self.rng.integers(0, 1_000_000, size=x.shape)
            self.factor = np.where(tickets < self.keep_share, 1 / (1 - self.rate), 0).astype(x.dtype)
            return self.factor * x
        return x
    def backward(self, dy):
        return (self.factor * dy).astype(dy.dtype)
""",
"batchnorm with einsum and a closure": """
class B(Layer):
    state = ("running_mean", "running_var")
    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)
    def initial(self, rng):
        return {"beta": np.zeros(self.n), "gamma": np.ones(self.n)}
    def forward(self, x, train=False):
        if not train:
            scale = self.gamma / np.sqrt(self.running_var + self.eps)
            return (x * scale + (self.beta - self.running_mean * scale)).astype(x.dtype)
        N = x.shape[0]
        mu = np.einsum("ij->j", x) / N
        c = x - mu
        var = np.einsum("ij,ij->j", c, c) / N
        inv = 1 / np.sqrt(var + self.eps)
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mu
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * N / (N - 1)
        def back(dy):
            h = c * inv
            self.dgamma[...] = np.einsum("ij,ij->j", dy, h)
            self.dbeta[...] = np.einsum("ij->j", dy)
            return (self.gamma * inv / N * (N * dy - self.dbeta - h * self.dgamma)).astype(dy.dtype)
        self.back = back
        return (self.gamma * c * inv + self.beta).astype(x.dtype)
    def backward(self, dy):
        return self.back(dy)
""",
"batchnorm step by step as in a graph": """
class B(Layer):
    state = ("running_mean", "running_var")
    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean = np.zeros(n)
        self.running_var = np.ones(n)
    def initial(self, rng):
        return dict(gamma=np.ones(self.n), beta=np.zeros(self.n))
    def forward(self, x, train=False):
        if train:
            N, D = x.shape
            mu = 1.0 / N * np.sum(x, axis=0)
            xmu = x - mu
            sq = xmu ** 2
            var = 1.0 / N * np.sum(sq, axis=0)
            sqrtvar = np.sqrt(var + self.eps)
            ivar = 1.0 / sqrtvar
            xhat = xmu * ivar
            self.cache = (xhat, xmu, ivar, sqrtvar, var)
            self.running_mean = self.momentum * mu + (1 - self.momentum) * self.running_mean
            self.running_var = self.momentum * np.var(x, axis=0, ddof=1) + (1 - self.momentum) * self.running_var
        else:
            xhat = (x - self.running_mean) / np.sqrt(self.running_var + self.eps)
        return np.asarray(xhat * self.gamma + self.beta, dtype=x.dtype)
    def backward(self, dout):
        xhat, xmu, ivar, sqrtvar, var = self.cache
        N, D = dout.shape
        self.dbeta[:] = np.sum(dout, axis=0)
        self.dgamma[:] = np.sum(dout * xhat, axis=0)
        dxhat = dout * self.gamma
        divar = np.sum(dxhat * xmu, axis=0)
        dxmu1 = dxhat * ivar
        dsqrtvar = -1.0 / (sqrtvar ** 2) * divar
        dvar = 0.5 * 1.0 / np.sqrt(var + self.eps) * dsqrtvar
        dsq = 1.0 / N * np.ones((N, D)) * dvar
        dxmu2 = 2 * xmu * dsq
        dx1 = dxmu1 + dxmu2
        dmu = -1 * np.sum(dx1, axis=0)
        return (dx1 + 1.0 / N * np.ones((N, D)) * dmu).astype(dout.dtype)
""",
"batchnorm column by column": """
class B(Layer):
    state = ("running_mean", "running_var")
    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)
    def initial(self, rng):
        return {"gamma": np.array([1.0] * self.n), "beta": np.array([0.0] * self.n)}
    def forward(self, x, train=False):
        y = np.empty_like(x)
        self.hats, self.stds = np.empty_like(x), []
        for j in range(self.n):
            col = x[:, j]
            if train:
                m, v = col.mean(), col.var()
                self.running_mean[j] += self.momentum * (m - self.running_mean[j])
                self.running_var[j] += self.momentum * (col.var(ddof=1) - self.running_var[j])
            else:
                m, v = self.running_mean[j], self.running_var[j]
            s = (v + self.eps) ** 0.5
            self.stds.append(s)
            self.hats[:, j] = (col - m) / s
            y[:, j] = self.gamma[j] * (col - m) / s + self.beta[j]
        return y
    def backward(self, dy):
        dx = np.empty_like(dy)
        for j in range(self.n):
            d, h = dy[:, j], self.hats[:, j]
            self.dbeta[j], self.dgamma[j] = d.sum(), (d * h).sum()
            dx[:, j] = self.gamma[j] / self.stds[j] * (d - d.mean() - h * (d * h).mean())
        return dx
""",
"batchnorm through the Jacobian": """
class B(Layer):
    state = ("running_mean", "running_var")
    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)
    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}
    def forward(self, x, train=False):
        if not train:
            return (self.gamma * (x - self.running_mean) / np.sqrt(self.running_var + self.eps) + self.beta).astype(x.dtype)
        N = len(x)
        mean, var = x.mean(0, keepdims=True), x.var(0, keepdims=True)
        self.s = np.sqrt(var + self.eps)
        self.h = (x - mean) / self.s
        k = self.momentum
        self.running_mean = (self.running_mean * (1 - k) + k * mean).reshape(self.n)
        self.running_var = (self.running_var * (1 - k) + k * var * (N / (N - 1))).reshape(self.n)
        return (self.h * self.gamma + self.beta).astype(x.dtype)
    def backward(self, dy):
        N = len(dy)
        self.dgamma[...] = (dy * self.h).sum(0)
        self.dbeta[...] = dy.sum(0)
        dx = np.zeros_like(dy)
        for j in range(self.n):
            h = self.h[:, j : j + 1]
            J = np.eye(N) - 1 / N - h @ h.T / N
            dx[:, j] = self.gamma[j] / self.s[0, j] * (J @ dy[:, j])
        return dx
""",
"batchnorm as a dataclass": """
from dataclasses import dataclass
@dataclass(eq=False)
class B(Layer):
    n: int
    eps: float = 1e-5
    momentum: float = 0.1
    state = ("running_mean", "running_var")
    def __post_init__(self):
        self.running_mean = np.zeros(self.n)
        self.running_var = np.ones(self.n)
    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}
    def forward(self, x, train=False):
        m, v = self.running_mean, self.running_var
        if train:
            m, v = np.mean(x, 0), np.var(x, 0)
            self.running_mean[...] = np.average([self.running_mean, m], axis=0, weights=[1 - self.momentum, self.momentum])
            self.running_var[...] = np.average([self.running_var, np.var(x, 0, ddof=1)], axis=0, weights=[1 - self.momentum, self.momentum])
        self.r = np.reciprocal(np.sqrt(v + self.eps))
        self.z = (x - m) * self.r
        return (self.z * self.gamma + self.beta).astype(x.dtype)
    def backward(self, dy):
        np.sum(dy, axis=0, out=self.dbeta)
        np.sum(dy * self.z, axis=0, out=self.dgamma)
        g = dy * self.gamma
        return ((g - g.mean(0) - self.z * (g * self.z).mean(0)) * self.r).astype(dy.dtype)
""",
"ELU by piecewise": """
class E(Layer):
    def __init__(self, alpha=1.0):
        self.alpha = alpha
    def forward(self, x, train=False):
        self.x = x
        return np.piecewise(x, [x > 0], [lambda t: t, lambda t: self.alpha * np.expm1(t)])
    def backward(self, dy):
        return dy * np.piecewise(self.x, [self.x > 0], [1.0, lambda t: self.alpha * np.exp(t)])
""",
"ELU by clipping": """
class E(Layer):
    def __init__(self, alpha=1.0):
        self.alpha = alpha
    def forward(self, x, train=False):
        self.neg = np.clip(x, -np.inf, 0)
        self.grad = np.where(x > 0, np.ones_like(x), x.dtype.type(self.alpha) * np.exp(self.neg))
        return np.clip(x, 0, np.inf) + x.dtype.type(self.alpha) * np.expm1(self.neg)
    def backward(self, dy):
        return self.grad * dy
""",
"ELU with errors of overflow ignored": """
class E(Layer):
    def __init__(self, alpha=1.0):
        self.alpha = alpha
    def forward(self, x, train=False):
        self.pos = x > 0
        with np.errstate(over="ignore"):
            self.e = np.exp(x)
        y = self.alpha * (self.e - 1)
        y[self.pos] = x[self.pos]
        return y.astype(x.dtype)
    def backward(self, dy):
        dx = dy.copy()
        dx[~self.pos] *= (self.alpha * self.e)[~self.pos]
        return dx
""",
"PReLU with select": """
class P(Layer):
    def __init__(self, num_parameters=1, init=0.25):
        self.k, self.start = num_parameters, init
    def initial(self, rng):
        return {"a": np.repeat(self.start, self.k)}
    def forward(self, x, train=False):
        self.x = x
        return np.select([x > 0, x <= 0], [x, x * self.a]).astype(x.dtype)
    def backward(self, dy):
        contributions = np.where(self.x > 0, 0, self.x) * dy
        if self.k == 1:
            self.da[0] = np.sum(contributions)
        else:
            for j in range(self.k):
                self.da[j] = np.sum(contributions[:, j])
        return np.where(self.x > 0, dy, dy * self.a)
""",
"PReLU with a matrix product": """
class P(Layer):
    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters, self.init = num_parameters, init
    def initial(self, rng):
        return {"a": np.zeros(self.num_parameters) + self.init}
    def forward(self, x, train=False):
        self.sign = (x <= 0).astype(x.dtype)
        self.x = x
        return x * (1 - self.sign) + x * self.sign * self.a
    def backward(self, dy):
        t = self.x * self.sign * dy
        v = np.ones(len(t), t.dtype) @ t
        self.da[:] = v.sum(keepdims=True) if self.num_parameters == 1 else v
        return dy * (1 - self.sign + self.sign * self.a)
""",
"PReLU by absolute values": """
class P(Layer):
    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters = num_parameters
        self.init = init
    def initial(self, rng):
        a = np.empty(self.num_parameters)
        a.fill(self.init)
        return {"a": a}
    def forward(self, x, train=False):
        self.up, self.down = (x + abs(x)) / 2, (x - abs(x)) / 2
        return self.up + self.a * self.down
    def backward(self, dy):
        da = (self.down * dy).sum(0)
        self.da[...] = da.sum() if len(self.da) == 1 else da
        return dy * ((self.up > 0) + (self.up == 0) * self.a)
""",
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
