"""The optimizers: what each test and table about them needs to know, formula and entry."""

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


def adam(t, w, g, s, lr, betas, eps, amsgrad=False):
    b1, b2 = betas
    s[0] = b1 * s[0] + (1 - b1) * g
    s[1] = b2 * s[1] + (1 - b2) * g * g
    s[2] = max(s[2], s[1]) if amsgrad else s[1]
    m_hat, v_hat = s[0] / (1 - b1**t), s[2] / (1 - b2**t)
    return w - lr * m_hat / (sqrt(v_hat) + eps)


def radam(t, w, g, s, lr, betas, eps):
    b1, b2 = betas
    s[0] = b1 * s[0] + (1 - b1) * g
    s[1] = b2 * s[1] + (1 - b2) * g * g
    m_hat = s[0] / (1 - b1**t)
    far = 2 / (1 - b2) - 1
    now = far - 2 * t * b2**t / (1 - b2**t)
    if now <= 5:
        return w - lr * m_hat
    r = sqrt((now - 4) * (now - 2) * far / ((far - 4) * (far - 2) * now))
    return w - lr * m_hat * r * sqrt(1 - b2**t) / (sqrt(s[1]) + eps)


def lion(t, w, g, s, lr, betas):
    b1, b2 = betas
    c = b1 * s[0] + (1 - b1) * g
    s[0] = b2 * s[0] + (1 - b2) * g
    return w - lr * ((c > 0) - (c < 0))


def drawn_momentum(rng):
    return {"momentum": float(rng.uniform(0.01, 0.99))}


def drawn_adam(rng):
    return {
        "betas": (float(rng.choice([0.0, 0.5, 0.9])), float(rng.choice([0.5, 0.9, 0.99, 0.999]))),
        "eps": float(10 ** rng.uniform(-10, -3)),
    }


ADAM_SLOTS = {"m": "exp_avg", "v": "exp_avg_sq"}

OPTIMIZERS = {
    "SGD": Case("SGD", sgd, (0.5, 60), "SGD", aims=(0.8, 1.6)),
    "Momentum": Case(
        "Momentum",
        momentum,
        (0.05, 40),
        twin="SGD",
        slots={"v": "momentum_buffer"},
        draw=drawn_momentum,
        aims=(0.65, 1.6),
    ),
    "NAG": Case(
        "NAG",
        nag,
        (0.05, 40),
        twin="SGD",
        told={"nesterov": True},
        slots={"v": "momentum_buffer"},
        draw=drawn_momentum,
    ),
    "Adagrad": Case(
        "Adagrad",
        adagrad,
        (0.1, 40),
        twin="Adagrad",
        slots={"s": "sum"},
        draw=lambda rng: {"eps": float(10 ** rng.uniform(-12, -3))},
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
    ),
    "Adam": Case("Adam", adam, (0.01, 40), "Adam", slots=ADAM_SLOTS, draw=drawn_adam),
    "AMSGrad": Case(
        "Adam",
        adam,
        (0.01, 40),
        twin="Adam",
        slots={**ADAM_SLOTS, "v_max": "max_exp_avg_sq"},
        draw=drawn_adam,
        changed={"amsgrad": True},
    ),
    "AdamW": Case(
        "AdamW",
        adam,
        (0.01, 40),
        twin="AdamW",
        slots=ADAM_SLOTS,
        draw=lambda rng: drawn_adam(rng) | {"amsgrad": bool(rng.integers(2))},
        decoupled=True,
    ),
    "RAdam": Case(
        "RAdam",
        radam,
        (0.01, 40),
        twin="RAdam",
        slots=ADAM_SLOTS,
        draw=drawn_adam,
        aims=(0.65, 0.6),
    ),
    "Lion": Case("Lion", lion, (0.003, 40), decoupled=True),
    "Adam with decay": Case(
        "Adam",
        adam,
        (0.01, 40),
        twin="Adam",
        slots=ADAM_SLOTS,
        draw=drawn_adam,
        changed={"weight_decay": 1e-3},
    ),
}
