"""Right answers as students write them, each in another style than the library's."""

RIGHT = {}
RIGHT["dropout"] = """
class MyDropout(Layer):
    def __init__(self, rate=0.5):
        self.rate = rate

    def forward(self, x, train=False):
        if not train:
            return x
        self.mask = self.rng.binomial(1, 1 - self.rate, size=x.shape).astype(x.dtype)
        return x * self.mask / (1 - self.rate)

    def backward(self, dy):
        return dy * self.mask / (1 - self.rate)
"""
RIGHT["dropout by numbers above the rate"] = """
class MyDropout(Layer):
    def __init__(self, rate):
        self.keep = 1 - rate

    def forward(self, x, train=False):
        if train and self.keep < 1:
            drop = self.rng.uniform(size=x.shape) >= self.keep
            self.scale = np.where(drop, 0, 1 / self.keep).astype(x.dtype)
            return self.scale * x
        self.scale = np.ones_like(x)
        return x.copy()

    def backward(self, dy):
        return self.scale * dy
"""
RIGHT["batchnorm"] = """
class MyBatchNorm(Layer):
    state = ("running_mean", "running_var")

    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)

    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}

    def forward(self, x, train=False):
        if train:
            N = x.shape[0]
            mean, var = np.mean(x, axis=0), np.var(x, axis=0)
            self.centred = x - mean
            self.std = (var + self.eps) ** 0.5
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            new_var = var * N / (N - 1)
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * new_var
            return self.gamma * self.centred / self.std + self.beta
        std = (self.running_var + self.eps) ** 0.5
        return self.gamma * (x - self.running_mean) / std + self.beta

    def backward(self, dy):
        N = dy.shape[0]
        self.dbeta[:] = dy.sum(0)
        self.dgamma[:] = (dy * self.centred / self.std).sum(0)
        d_hat = dy * self.gamma
        d_var = np.sum(d_hat * self.centred * -0.5 / self.std**3, axis=0)
        d_mean = -np.sum(d_hat / self.std, axis=0)
        return d_hat / self.std + d_var * 2 * self.centred / N + d_mean / N
"""
RIGHT["Sigmoid"] = """
class MySigmoid(Layer):
    def forward(self, x, train=False):
        self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, dy):
        return self.y * (1 - self.y) * dy
"""
RIGHT["ELU"] = """
class MyELU(Layer):
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def forward(self, x, train=False):
        y = x.copy()
        low = x <= 0
        y[low] = self.alpha * (np.exp(x[low]) - 1)
        self.x = x
        return y

    def backward(self, dy):
        slope = np.ones_like(dy)
        low = self.x <= 0
        slope[low] = self.alpha * np.exp(self.x[low])
        return dy * slope
"""
RIGHT["SELU"] = """
class MySELU(Layer):
    alpha, scale = 1.6732632423543772, 1.0507009873554805

    def forward(self, x, train=False):
        self.x = x
        return self.scale * (np.maximum(x, 0) + np.minimum(0, self.alpha * (np.exp(x) - 1)))

    def backward(self, dy):
        e = self.alpha * np.exp(np.minimum(self.x, 0))
        return dy * np.where(self.x > 0, self.x.dtype.type(self.scale), self.scale * e)
"""
RIGHT["PReLU"] = """
class MyPReLU(Layer):
    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters, self.init = num_parameters, init

    def initial(self, rng):
        return {"a": self.init * np.ones(self.num_parameters)}

    def forward(self, x, train=False):
        self.x = x
        return np.maximum(x, 0) + self.a * np.minimum(x, 0)

    def backward(self, dy):
        each = (dy * np.minimum(self.x, 0)).sum(axis=0)
        self.da[:] = each if self.num_parameters > 1 else each.sum()
        return dy * ((self.x > 0) + self.a * (self.x <= 0))
"""
RIGHT["he_normal"] = """
def my_he_normal(rng, shape):
    n_in, n_out = shape
    return np.sqrt(2 / n_in) * rng.standard_normal(shape)
"""
RIGHT["xavier_uniform"] = """
def my_xavier_uniform(rng, shape):
    bound = np.sqrt(6 / sum(shape))
    return bound * (2 * rng.random(shape) - 1)
"""
RIGHT["Momentum"] = """
class MyMomentum:
    def __init__(self, lr, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None

    def step(self, w, g):
        if self.v is None:
            self.v = np.zeros_like(w)
        self.v = self.momentum * self.v + g
        w -= self.lr * self.v
"""
RIGHT["RMSprop"] = """
class MyRMSprop:
    def __init__(self, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr, self.alpha, self.eps, self.s = lr, alpha, eps, 0

    def step(self, w, g):
        self.s = self.alpha * self.s + (1 - self.alpha) * g**2
        w -= self.lr * g / (np.sqrt(self.s) + self.eps)
"""
RIGHT["Adam"] = """
class MyAdam(Optimizer):
    slots = ("m", "v")

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.betas, self.eps = betas, eps

    def update(self, w, g):
        b1, b2 = self.betas
        self.m[:] = b1 * self.m + (1 - b1) * g
        self.v[:] = b2 * self.v + (1 - b2) * g * g
        m_hat = self.m / (1 - b1**self.t)
        v_hat = self.v / (1 - b2**self.t)
        w -= self.lr * m_hat / (v_hat**0.5 + self.eps)
"""
RIGHT["AdamW"] = """
class MyAdamW:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay
        self.t, self.m, self.v = 0, 0, 0

    def step(self, w, g):
        self.t += 1
        b1, b2 = self.betas
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g**2
        m_hat, v_hat = self.m / (1 - b1**self.t), self.v / (1 - b2**self.t)
        w[...] = w - self.lr * (m_hat / (np.sqrt(v_hat) + self.eps) + self.wd * w)
"""
RIGHT["narrow"] = """
def my_narrow(space, trials, keep=0.2):
    good = []
    for config, score in zip(trials.configs, trials.scores):
        if not np.isnan(score) and all(config[name] in space[name] for name in space):
            good.append((score, config))
    good.sort(key=lambda pair: -pair[0])
    k = max(2, int(np.ceil(keep * len(good))))
    new = {}
    for name in space:
        values = [config[name] for score, config in good[:k]]
        if isinstance(space[name], Choice):
            new[name] = Choice([option for option in space[name].options if option in values])
        else:
            new[name] = type(space[name])(min(values), max(values))
    return new
"""
