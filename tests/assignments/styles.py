# ruff: noqa: E501  a table reads best with a row on a line
"""Right answers that are classes, in many styles.

Each way to take settings is crossed with every class; the other styles are written out.
"""

from textwrap import indent

# class -> (base, settings with defaults, the rest of the class)
CLASSES = {
    "dropout": ("Layer", {"rate": "0.5"}, """
def forward(self, x, train=False):
    self.kept = None
    if not train:
        return x
    self.kept = (self.rng.random(x.shape) >= self.rate) / x.dtype.type(1 - self.rate)
    return (x * self.kept).astype(x.dtype)

def backward(self, dy):
    return dy if self.kept is None else (dy * self.kept).astype(dy.dtype)
"""),
    "batchnorm": ("Layer", {"n": None, "eps": "1e-5", "momentum": "0.1"}, """
state = ("running_mean", "running_var")

def ready(self):
    self.running_mean, self.running_var = np.zeros(self.n), np.ones(self.n)

def initial(self, rng):
    return dict(gamma=np.ones(self.n), beta=np.zeros(self.n))

def forward(self, x, train=False):
    m, v = (x.mean(0), x.var(0)) if train else (self.running_mean, self.running_var)
    if train:
        for name, new in (("running_mean", m), ("running_var", x.var(0, ddof=1))):
            old = getattr(self, name)
            setattr(self, name, old + self.momentum * (new - old))
        self.std = np.sqrt(v + self.eps)
        self.hat = (x - m) / self.std
    return (self.gamma * (x - m) / np.sqrt(v + self.eps) + self.beta).astype(x.dtype)

def backward(self, dy):
    self.dbeta[...], self.dgamma[...] = dy.sum(0), np.einsum("ij,ij->j", dy, self.hat)
    d = dy - self.dbeta / len(dy) - self.hat * self.dgamma / len(dy)
    return (self.gamma * d / self.std).astype(dy.dtype)
"""),
    "ELU": ("Layer", {"alpha": "1.0"}, """
def forward(self, x, train=False):
    self.y = np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0))).astype(x.dtype)
    self.on = x > 0
    return self.y

def backward(self, dy):
    return (dy * np.where(self.on, 1, self.y + self.alpha)).astype(dy.dtype)
"""),
    "PReLU": ("Layer", {"num_parameters": "1", "init": "0.25"}, """
def initial(self, rng):
    return {"a": np.array([self.init] * self.num_parameters)}

def forward(self, x, train=False):
    self.low, self.on = np.minimum(x, 0), x > 0
    return (x - self.low + self.a * self.low).astype(x.dtype)

def backward(self, dy):
    da = (self.low * dy).sum(axis=0)
    self.da[...] = da if self.num_parameters > 1 else da.sum()
    return (dy * np.where(self.on, 1, self.a)).astype(dy.dtype)
"""),
    "Momentum": ("object", {"lr": None, "momentum": "0.9"}, """
v = None

def step(self, w, g):
    self.v = g.copy() if self.v is None else self.momentum * self.v + g
    w -= self.lr * self.v
"""),
    "RMSprop": ("object", {"lr": "0.01", "alpha": "0.99", "eps": "1e-8"}, """
s = 0.0

def step(self, w, g):
    self.s += (1 - self.alpha) * (g * g - self.s)
    np.subtract(w, self.lr * g / (self.s**0.5 + self.eps), out=w, casting="same_kind")
"""),
    "Adam": ("object", {"lr": "1e-3", "betas": "(0.9, 0.999)", "eps": "1e-8"}, """
t, m, v = 0, 0.0, 0.0

def step(self, w, g):
    (b1, b2), self.t = self.betas, self.t + 1
    self.m, self.v = b1 * self.m + (1 - b1) * g, b2 * self.v + (1 - b2) * g**2
    root = np.sqrt(self.v / (1 - b2**self.t)) + self.eps
    w[...] = w - self.lr * self.m / (1 - b1**self.t) / root
"""),
    "Adagrad": ("object", {"lr": "1e-2", "eps": "1e-10"}, """
memory = ()

def step(self, w, g):
    self.memory = [*self.memory, g.copy()]
    w -= self.lr * g / (np.sqrt(sum(old**2 for old in self.memory)) + self.eps)
"""),
}  # fmt: skip


def listed(settings, names=None):
    names = names or list(settings)
    return ", ".join(
        n if d is None else f"{n}={d}" for n, d in zip(names, settings.values(), strict=True)
    )


def kept(settings, names=None):
    lines = [f"self.{own} = {n}" for own, n in zip(settings, names or settings, strict=True)]
    return "\n    ".join(lines)


def init(head, body):
    return f"def __init__(self, {head}):\n    {body}\n    getattr(self, 'ready', int)()\n"


def words(settings):
    return [f"the_{name}" for name in settings]


def from_kwargs(settings):
    return "\n    ".join(f"self.{n} = kwargs.pop('{n}', {d})" for n, d in settings.items())


# style -> how the settings are taken, from their names and defaults
INITS = {
    "plain": lambda s: init(listed(s), kept(s)),
    "keyword only": lambda s: init("*, " + listed(s), kept(s)),
    "positional only": lambda s: init(listed(s) + ", /", kept(s)),
    "other names": lambda s: init(listed(s, words(s)), kept(s, words(s))),
    "other names, positional only": lambda s: init(listed(s, words(s)) + ", /", kept(s, words(s))),
    "kwargs": lambda s: init("**kwargs", from_kwargs(s)),
    "kwargs that nobody reads": lambda s: init(listed(s) + ", **unused", kept(s)),
    "args and kwargs": lambda s: init(listed(s) + ", *rest, **unused", kept(s)),
    "no defaults": lambda s: init(", ".join(s), kept(s)),
    "annotated": lambda s: init(listed({f"{n}: float": d for n, d in s.items()}), kept(s)),
    "locals": lambda s: init(listed(s), "vars(self).update({k: v for k, v in locals().items() if k != 'self'})"),
    "a setting more": lambda s: init(listed(s) + ", verbose=False", kept(s)),
    "made in __new__": lambda s: f"def __new__(cls, {listed(s)}):\n    self = super().__new__(cls)\n    {kept(s)}\n    getattr(self, 'ready', int)()\n    return self\n\ndef __init__(self, *args, **kwargs):\n    pass\n",
    "numpy numbers": lambda s: init(listed(s), kept(s) + "\n    vars(self).update({k: v.item() for k, v in vars(self).items() if hasattr(v, 'item')})"),
}  # fmt: skip


def written(base, settings, body, style):
    return f"class Mine({base}):\n" + indent(INITS[style](settings) + body, "    ")


STYLES = {
    (which, style): written(*parts, style) for which, parts in CLASSES.items() for style in INITS
}

# Other ways to write a class: (which, style) from the plain one by (old, new), all of them.
CHANGES = {
    ("dropout", "numbers drawn in blocks"): ("self.rng.random(x.shape)", "self.block(x.size).reshape(x.shape)", "def forward", "def block(self, n):\n    if len(getattr(self, 'more', ())) < n:\n        self.more = self.rng.random(10 * n)\n    now, self.more = self.more[:n], self.more[n:]\n    return now\n\ndef forward"),
    ("dropout", "a binomial draw"): ("self.rng.random(x.shape) >= self.rate", "self.rng.binomial(1, 1 - self.rate, x.shape)"),
    ("dropout", "a choice of two"): ("self.rng.random(x.shape) >= self.rate", "self.rng.choice([0, 1], x.shape, p=[self.rate, 1 - self.rate])"),
    ("dropout", "entry by entry"): ("self.rng.random(x.shape) >= self.rate", "np.array([u >= self.rate for u in self.rng.random(x.size)]).reshape(x.shape)"),
    ("dropout", "a list of masks"): ("self.kept = (", "self.__dict__['kept'] = ("),
    ("batchnorm", "rows of shape (1, n)"): ("np.zeros(self.n), np.ones(self.n)", "np.zeros((1, self.n)), np.ones((1, self.n))", "gamma=np.ones(self.n), beta=np.zeros(self.n)", "gamma=np.ones((1, self.n)), beta=np.zeros((1, self.n))"),
    ("batchnorm", "own buffers, changed in place"): ("setattr(self, name, old + self.momentum * (new - old))", "old[...] += self.momentum * (new - old)"),
    ("batchnorm", "float64 inside"): ("m, v = (x.mean(0), x.var(0))", "m, v = (x.astype(float).mean(0), x.astype(float).var(0))", "old + self.momentum * (new - old))", "(old + self.momentum * (new - old)).astype(x.dtype))"),
    ("batchnorm", "gradients assigned"): ("self.dbeta[...], self.dgamma[...] = dy", "self.dbeta, self.dgamma = dy"),
    ("batchnorm", "the long formula of dx"): ("    d = dy - self.dbeta / len(dy) - self.hat * self.dgamma / len(dy)\n    return", "    N = len(dy)\n    d = (N * dy - dy.sum(0) - self.hat * (dy * self.hat).sum(0)) / N\n    return"),
    ("ELU", "two loops"): ("np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))", "np.array([[v if v > 0 else self.alpha * (np.exp(v) - 1) for v in row] for row in x])"),
    ("ELU", "a mask filled in"): ("np.where(self.on, 1, self.y + self.alpha)", "(self.on + ~self.on * (self.y + self.alpha))"),
    ("PReLU", "no axis for one slope"): ("np.array([self.init] * self.num_parameters)", "np.full(self.num_parameters if self.num_parameters > 1 else (), self.init)"),
    ("PReLU", "a row of slopes"): ("np.array([self.init] * self.num_parameters)", "np.full((1, self.num_parameters), self.init)"),
    ("PReLU", "a list of slopes"): ("np.array([self.init] * self.num_parameters)", "[self.init] * self.num_parameters"),
    ("PReLU", "gradient assigned"): ("self.da[...] = da if self.num_parameters > 1 else da.sum()", "self.da = da if self.num_parameters > 1 else da.sum(keepdims=True)"),
    ("Momentum", "memory by the array's id"): ("v = None", "v = {}", "self.v = g.copy() if self.v is None else self.momentum * self.v + g", "v = self.v = self.momentum * (self.v if isinstance(self.v, np.ndarray) else 0) + g"),
    ("Momentum", "zeros at the first step"): ("g.copy() if self.v is None", "np.zeros_like(w) + g if self.v is None"),
    ("Momentum", "lr behind a property"): ("v = None", "v = None\nlr = property(lambda self: self._lr, lambda self, lr: setattr(self, '_lr', lr))"),
    ("Momentum", "w filled"): ("w -= self.lr * self.v", "np.copyto(w, w - self.lr * self.v, casting='same_kind')"),
    ("Momentum", "slots"): ("v = None", "__slots__ = ('lr', 'momentum', 'v')", "if self.v is None", "if not hasattr(self, 'v')"),
    ("RMSprop", "averages with np.average"): ("self.s += (1 - self.alpha) * (g * g - self.s)", "self.s = self.alpha * self.s + g**2 - self.alpha * g**2"),
    ("RMSprop", "in blocks of one number"): ("    np.subtract(w, self.lr * g / (self.s**0.5 + self.eps), out=w, casting=\"same_kind\")", "    for i in np.ndindex(w.shape):\n        w[i] -= self.lr * g[i] / (self.s[i] ** 0.5 + self.eps)"),
    ("Adam", "corrections inside the rate"): ("    root = np.sqrt(self.v / (1 - b2**self.t)) + self.eps\n    w[...] = w - self.lr * self.m / (1 - b1**self.t) / root", "    c2 = (1 - b2**self.t) ** 0.5\n    w -= self.lr * c2 / (1 - b1**self.t) * self.m / (np.sqrt(self.v) + self.eps * c2)"),
    ("Adam", "powers kept"): ("t, m, v = 0, 0.0, 0.0", "t, m, v, p1, p2 = 0, 0.0, 0.0, 1.0, 1.0", "    root = np.sqrt(self.v / (1 - b2**self.t))", "    self.p1, self.p2 = self.p1 * b1, self.p2 * b2\n    root = np.sqrt(self.v / (1 - self.p2))", "(1 - b1**self.t) / root", "(1 - self.p1) / root"),
    ("Adam", "both memories in one array"): ("t, m, v = 0, 0.0, 0.0", "t = 0\nboth = None\nm = property(lambda self: self.both[0])\nv = property(lambda self: self.both[1])", "    self.m, self.v = b1 * self.m + (1 - b1) * g, b2 * self.v + (1 - b2) * g**2", "    self.both = np.zeros((2, *w.shape)) if self.both is None else self.both\n    self.both[0], self.both[1] = b1 * self.m + (1 - b1) * g, b2 * self.v + (1 - b2) * g**2"),
    ("Adagrad", "a sum kept"): ("self.memory = [*self.memory, g.copy()]", "self.memory = self.memory + g**2 if len(self.memory) else g**2", "sum(old**2 for old in self.memory)", "self.memory"),
}  # fmt: skip
for (which, style), change in CHANGES.items():
    *head, body = CLASSES[which]
    for old, new in zip(change[::2], change[1::2], strict=True):
        assert body.count(old) == 1, (which, style, old)
        body = body.replace(old, new)
    STYLES[which, style] = written(*head, body, "plain")
