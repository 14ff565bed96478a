"""The optimizers' lines for one number, in plain Python.

Each is ``f(t, w, g, s, **settings) -> new w``; the memory `s` holds up to 3 numbers. The names
of settings are the library's. Weight decay is the same for all: see `decayed`.
"""

from math import sqrt


def decayed(formula, decoupled):
    """The formula with weight decay: beside the step where it is decoupled, else in g."""

    def step(t, w, g, s, weight_decay=0.0, **settings):
        if decoupled:
            return formula(t, w - settings["lr"] * weight_decay * w, g, s, **settings)
        return formula(t, w, g + weight_decay * w, s, **settings)

    return step


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
