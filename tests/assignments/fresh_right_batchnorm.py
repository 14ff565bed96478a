# ruff: noqa: E501
"""Right answers in odd styles, written from the assignments alone: batch normalization.

Whoever wrote them had not read the checks. The first word of a name is the topic.
"""

FRESH_RIGHT = {
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
}  # fmt: skip
