# ruff: noqa: E501
"""Thirty wrong answers, written from the assignments alone, each with words of its cause.

Whoever wrote them had not read the checks. A row: (topic: what is wrong) -> (old, new) in the
plain answer of the topic, then words that the message must hold; "" when any refusal will do.
"""

PLAIN = {
"dropout": """
class D(Layer):
    def __init__(self, rate=0.5):
        self.rate = rate
    def forward(self, x, train=False):
        if not train:
            return x
        keep = self.rng.random(x.shape) < 1 - self.rate
        self.mask = keep.astype(x.dtype) / (1 - self.rate)
        return self.mask * x
    def backward(self, dy):
        return self.mask * dy
""",
"batchnorm": """
class B(Layer):
    state = ("running_mean", "running_var")
    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)
    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}
    def forward(self, x, train=False):
        if not train:
            return self.gamma * (x - self.running_mean) / np.sqrt(self.running_var + self.eps) + self.beta
        N = len(x)
        mean, var = x.mean(axis=0), x.var(axis=0)
        self.std = np.sqrt(var + self.eps)
        self.x_hat = (x - mean) / self.std
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * N / (N - 1)
        return self.gamma * self.x_hat + self.beta
    def backward(self, dy):
        N = len(dy)
        self.dbeta[...] = dy.sum(axis=0)
        self.dgamma[...] = (self.x_hat * dy).sum(axis=0)
        inner = dy - self.dbeta / N - self.x_hat * self.dgamma / N
        return self.gamma / self.std * inner
""",
"ELU": """
class E(Layer):
    def __init__(self, alpha=1.0):
        self.alpha = alpha
    def forward(self, x, train=False):
        self.x = x
        return np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))
    def backward(self, dy):
        left = self.alpha * np.exp(np.minimum(self.x, 0))
        return dy * np.where(self.x > 0, self.x.dtype.type(1), left)
""",
"PReLU": """
class P(Layer):
    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters, self.init = num_parameters, init
    def initial(self, rng):
        return {"a": np.full(self.num_parameters, self.init)}
    def forward(self, x, train=False):
        self.x = x
        return np.where(x > 0, x, self.a * x)
    def backward(self, dy):
        da = np.minimum(self.x, 0) * dy
        self.da[...] = da.sum() if self.num_parameters == 1 else da.sum(axis=0)
        return dy * np.where(self.x > 0, self.x.dtype.type(1), self.a)
""",
"he_normal": """
def f(rng, shape):
    n_in, n_out = shape
    return rng.normal(0, np.sqrt(2 / n_in), shape)
""",
"xavier_uniform": """
def f(rng, shape):
    n_in, n_out = shape
    bound = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-bound, bound, shape)
""",
"Momentum": """
class M:
    def __init__(self, lr, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None
    def step(self, w, g):
        if self.v is None:
            self.v = np.zeros_like(w)
        self.v = self.momentum * self.v + g
        w -= self.lr * self.v
""",
"Adam": """
class A:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t = lr, betas, eps, 0
        self.m = self.v = None
    def step(self, w, g):
        if self.m is None:
            self.m, self.v = np.zeros_like(w), np.zeros_like(w)
        b1, b2 = self.betas
        self.t += 1
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g**2
        m_hat = self.m / (1 - b1**self.t)
        v_hat = self.v / (1 - b2**self.t)
        w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
""",
"narrow": """
import math
def f(space, trials, keep=0.2):
    inside = []
    for i in trials.order():
        config = trials.configs[i]
        if all(config[name] in values for name, values in space.items()):
            inside.append(config)
    k = max(2, math.ceil(keep * len(inside)))
    return {name: values.within([c[name] for c in inside[:k]]) for name, values in space.items()}
""",
}  # fmt: skip

FRESH_WRONG = {
    "dropout: always training": (("if not train:", "if train is None:"), "inference drops units"),
    "dropout: the mask is drawn once": (("keep = self.rng.random(x.shape) < 1 - self.rate", "if not hasattr(self, 'mask') or self.mask.shape != x.shape:\n            self.first = self.rng.random(x.shape)\n        keep = self.first < 1 - self.rate"), "kept for ever"),
    "dropout: a mask for each unit": (("self.rng.random(x.shape)", "self.rng.random(x.shape[1])"), "shared by all rows"),
    "dropout: a mask for each row": (("self.rng.random(x.shape)", "self.rng.random((len(x), 1))"), "whole rows are dropped"),
    "dropout: exactly the share": (("keep = self.rng.random(x.shape) < 1 - self.rate", "keep = self.rng.permuted(np.arange(x.size) < round((1 - self.rate) * x.size)).reshape(x.shape)"), "exactly the share"),
    "dropout: no scaling backward": (("return self.mask * dy", "return (self.mask > 0) * dy"), "lacks the factor"),
    "dropout: the first draw of a new stream": (("self.rng.random", "np.random.default_rng(0).random"), "fixed seed"),
    "batchnorm: statistics of all entries": (("x.mean(axis=0), x.var(axis=0)", "x.mean(), x.var()"), "axis=0"),
    "batchnorm: rows normalized": (("x.mean(axis=0), x.var(axis=0)", "x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)"), ""),
    "batchnorm: the standard deviation runs": (("self.momentum * var * N / (N - 1)", "self.momentum * np.sqrt(var)"), ""),
    "batchnorm: eps runs along": (("self.momentum * var * N / (N - 1)", "self.momentum * (var + self.eps) * N / (N - 1)"), ""),
    "batchnorm: N of the class": (("inner = dy - self.dbeta / N - self.x_hat * self.dgamma / N", "inner = dy - self.dbeta / self.n - self.x_hat * self.dgamma / self.n"), ""),
    "batchnorm: gamma twice backward": (("return self.gamma / self.std * inner", "return self.gamma**2 / self.std * inner"), ""),
    "batchnorm: beta is never added at inference": (("np.sqrt(self.running_var + self.eps) + self.beta", "np.sqrt(self.running_var + self.eps)"), ""),
    "ELU: the slope from y without alpha": (("left = self.alpha * np.exp(np.minimum(self.x, 0))", "left = np.exp(np.minimum(self.x, 0)) - 1 + self.alpha"), "alpha is missing in y"),
    "ELU: slope 1 at 0": (("np.where(self.x > 0, self", "np.where(self.x >= 0, self"), "slope at 0"),
    "ELU: alpha inside the exponent": (("self.alpha * np.expm1(np.minimum(x, 0))", "np.expm1(self.alpha * np.minimum(x, 0))"), "alpha is in the exponent"),
    "PReLU: mean over the batch": (("da.sum(axis=0)", "da.mean(axis=0)"), "mean over the rows"),
    "PReLU: positive side, too": (("np.minimum(self.x, 0) * dy", "self.x * dy"), "positive side"),
    "PReLU: shared slope not summed over units": (("da.sum() if self", "da.sum(axis=0).mean() if self"), ""),
    "he_normal: n_out": (("2 / n_in", "2 / n_out"), "n_out"),
    "he_normal: truncated at two": (("return rng.normal(0, np.sqrt(2 / n_in), shape)", "return np.clip(rng.normal(0, np.sqrt(2 / n_in), shape), -2 * np.sqrt(2 / n_in), 2 * np.sqrt(2 / n_in))"), ""),
    "xavier_uniform: one side": (("-bound, bound", "0, 2 * bound"), "centre them"),
    "xavier_uniform: a column repeated": (("return rng.uniform(-bound, bound, shape)", "return np.repeat(rng.uniform(-bound, bound, (n_in, 1)), n_out, axis=1)"), ""),
    "Momentum: lr inside the velocity": (("self.momentum * self.v + g\n        w -= self.lr * self.v", "self.momentum * self.v + self.lr * g\n        w -= self.v"), "inside the velocity"),
    "Adam: t starts at 1": (("eps, 0\n", "eps, 1\n"), "one ahead"),
    "Adam: v of the mean": (("(1 - b2) * g**2", "(1 - b2) * self.m**2"), "it averages g**2"),
    "Adam: t counts calls of the class": (("self.t += 1", "A.t = getattr(A, 'count', 0) + 1; A.count = A.t; self.t = A.t"), ""),
    "narrow: the share of all trials": (("keep * len(inside)", "keep * len(trials)"), "failed trials count"),
    "narrow: the worst are kept when few": (("inside[:k]", "(inside[:k] if k > 2 else inside[-2:])"), ""),
}  # fmt: skip


def wrong_answer(name):
    """(topic, text) of a row."""
    topic = name.split(":")[0]
    (old, new), _ = FRESH_WRONG[name]
    assert old in PLAIN[topic], name
    return topic, PLAIN[topic].replace(old, new)
