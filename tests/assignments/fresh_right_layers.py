# ruff: noqa: E501
"""Right answers in odd styles, written from the assignments alone: dropout and activation functions.

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
}  # fmt: skip
