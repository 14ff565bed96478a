"""The optimizers before Adam, and Lion: what each test and table needs to know of them."""

from math import sqrt

from .optimizer_case import Case


def sgd(t, w, g, s, lr):
    return w - lr * g


def momentum(t, w, g, s, lr, momentum):
    s[0] = momentum * s[0] + g
    return w - lr * s[0]


def nag(t, w, g, s, lr, momentum):
    s[0] = momentum * s[0] + g
    return w - lr * (g + momentum * s[0])


def adagrad(t, w, g, s, lr, eps):
    s[0] += g * g
    return w - lr * g / (sqrt(s[0]) + eps)


def adadelta(t, w, g, s, lr, rho, eps):
    s[0] = rho * s[0] + (1 - rho) * g * g
    delta = sqrt(s[1] + eps) / sqrt(s[0] + eps) * g
    s[1] = rho * s[1] + (1 - rho) * delta * delta
    return w - lr * delta


def rmsprop(t, w, g, s, lr, alpha, eps):
    s[0] = alpha * s[0] + (1 - alpha) * g * g
    return w - lr * g / (sqrt(s[0]) + eps)


def lion(t, w, g, s, lr, betas):
    b1, b2 = betas
    c = b1 * s[0] + (1 - b1) * g
    s[0] = b2 * s[0] + (1 - b2) * g
    return w - lr * ((c > 0) - (c < 0))


def drawn_momentum(rng):
    return {"momentum": float(rng.uniform(0.01, 0.99))}


OPTIMIZERS = {
    "SGD": Case(
        "SGD",
        sgd,
        (0.5, 60),
        "SGD",
        aims=(0.8, 1.6),
        mutants=(("w -=", "w +="),),
    ),
    "Momentum": Case(
        "Momentum",
        momentum,
        (0.05, 40),
        twin="SGD",
        slots={"v": "momentum_buffer"},
        draw=drawn_momentum,
        aims=(0.65, 1.6),
        mutants=(
            ("self.v += g", "self.v += (1 - self.momentum) * g"),
            ("self.v *= self.momentum", "self.v *= 0"),
        ),
    ),
    "NAG": Case(
        "NAG",
        nag,
        (0.05, 40),
        twin="SGD",
        told={"nesterov": True},
        slots={"v": "momentum_buffer"},
        draw=drawn_momentum,
        mutants=(("ahead += g", "pass"),),
    ),
    "Adagrad": Case(
        "Adagrad",
        adagrad,
        (0.1, 40),
        twin="Adagrad",
        slots={"s": "sum"},
        draw=lambda rng: {"eps": float(10 ** rng.uniform(-12, -3))},
        mutants=(
            ("self.s += np.square", "self.s[...] = np.square"),
            ("root += self.eps", "pass"),
        ),
    ),
    "Adadelta": Case(
        "Adadelta",
        adadelta,
        (1.0, 60),
        twin="Adadelta",
        slots={"s": "square_avg", "u": "acc_delta"},
        draw=lambda rng: {
            "rho": float(rng.uniform(0, 0.99)),
            "eps": float(10 ** rng.uniform(-8, -3)),
        },
        mutants=(
            ("np.square(delta, self.scratch)", "np.square(g, self.scratch)"),
            ("np.add(self.u, self.eps", "np.add(self.u, 0.5"),
        ),
    ),
    "RMSprop": Case(
        "RMSprop",
        rmsprop,
        (0.005, 40),
        twin="RMSprop",
        slots={"s": "square_avg"},
        draw=lambda rng: {
            "alpha": float(rng.uniform(0, 0.99)),
            "eps": float(10 ** rng.uniform(-10, -3)),
        },
        mutants=(("np.sqrt(self.s, self.scratch)", "np.add(self.s, 0, self.scratch)"),),
    ),
    "Lion": Case(
        "Lion",
        lion,
        (0.003, 40),
        decoupled=True,
        mutants=(
            ("w -= self", "w += self"),
            ("np.sign(c, c)", "c"),
            ("beta1 / (1 - beta1)", "beta1"),
            ("c += g", "pass"),
            ("average(self.m, beta2", "average(self.m, beta1"),
            ("decoupled = True", "decoupled = False"),
        ),
    ),
}
