"""The optimizers' lines for one number, in plain Python: memory `s` holds up to 3 numbers."""

from math import sqrt


def sgd(t, w, g, s, lr=0.1, decay=0.0):
    return w - lr * (g + decay * w)


def momentum(t, w, g, s, lr=0.1, mu=0.7):
    s[0] = mu * s[0] + g
    return w - lr * s[0]


def nag(t, w, g, s, lr=0.1, mu=0.7):
    s[0] = mu * s[0] + g
    return w - lr * (g + mu * s[0])


def adagrad(t, w, g, s, lr=0.1, eps=0.01):
    s[0] += g * g
    return w - lr * g / (sqrt(s[0]) + eps)


def adadelta(t, w, g, s, lr=0.5, rho=0.8, eps=0.01):
    s[0] = rho * s[0] + (1 - rho) * g * g
    delta = sqrt(s[1] + eps) / sqrt(s[0] + eps) * g
    s[1] = rho * s[1] + (1 - rho) * delta * delta
    return w - lr * delta


def rmsprop(t, w, g, s, lr=0.1, alpha=0.8, eps=0.01):
    s[0] = alpha * s[0] + (1 - alpha) * g * g
    return w - lr * g / (sqrt(s[0]) + eps)


def adam(t, w, g, s, lr=0.1, b1=0.7, b2=0.9, eps=0.01, amsgrad=False, decay=0.0, decoupled=False):
    if decoupled:
        w = w - lr * decay * w
    else:
        g = g + decay * w
    s[0] = b1 * s[0] + (1 - b1) * g
    s[1] = b2 * s[1] + (1 - b2) * g * g
    s[2] = max(s[2], s[1]) if amsgrad else s[1]
    m_hat, v_hat = s[0] / (1 - b1**t), s[2] / (1 - b2**t)
    return w - lr * m_hat / (sqrt(v_hat) + eps)


def radam(t, w, g, s, lr=0.1, b1=0.7, b2=0.9, eps=0.01):
    s[0] = b1 * s[0] + (1 - b1) * g
    s[1] = b2 * s[1] + (1 - b2) * g * g
    m_hat = s[0] / (1 - b1**t)
    far = 2 / (1 - b2) - 1
    now = far - 2 * t * b2**t / (1 - b2**t)
    if now <= 5:
        return w - lr * m_hat
    r = sqrt((now - 4) * (now - 2) * far / ((far - 4) * (far - 2) * now))
    return w - lr * m_hat * r * sqrt(1 - b2**t) / (sqrt(s[1]) + eps)
