"""Known mistakes in RAdam."""

import numpy as np

from ..engine.optimizer_factory import Mistakes
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    RAdam={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01},
)
known = TABLE.known
sqrt = np.sqrt


def parts(o, g, rho_inf=None, twice=2):
    """m_hat, v, the correction of v, and r (None while the variance is intractable)."""
    b1, b2 = o.betas
    o.m, o.v = mean(o.m, b1, g), mean(o.v, b2, g * g)
    c2 = 1 - b2**o.t
    far = 2 / (1 - b2) - 1 if rho_inf is None else rho_inf
    rho = far - twice * o.t * b2**o.t / c2
    r = None
    if rho > o.threshold:
        r = sqrt((rho - 4) * (rho - 2) * far / ((far - 4) * (far - 2) * rho))
    return o.m / (1 - b1**o.t), o.v, c2, r


def stepped(o, w, m_hat, v, c2, r):
    """RAdam's last lines, right."""
    if r is None:
        return w - o.lr * m_hat
    return w - o.lr * r * m_hat * sqrt(c2) / (sqrt(v) + o.eps)


@known("RAdam", "the step goes uphill: w -= ...")
def uphill(o, w, g):
    return 2 * w - stepped(o, w, *parts(o, g))


@known("RAdam", "this is Adam: r_t is missing, and so are the first steps without a root.")
def adam(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return w - o.lr * m_hat / (sqrt(v / c2) + o.eps)


@known("RAdam", "r_t is missing in the adaptive step.")
def without_r(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return stepped(o, w, m_hat, v, c2, r if r is None else 1.0)


@known("RAdam", "the root of r_t is missing.")
def r_squared(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return stepped(o, w, m_hat, v, c2, r if r is None else r * r)


@known("RAdam", "the threshold is the paper's 4; use the setting threshold, 5 by default.")
def threshold_four(o, w, g):
    o.threshold = 4
    return stepped(o, w, *parts(o, g))


@known("RAdam", "below the threshold nothing happens; there it is a step along m_hat.")
def waits(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return w if r is None else stepped(o, w, m_hat, v, c2, r)


@known("RAdam", "below the threshold the step is along g; it is along m_hat.")
def starts_as_sgd(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return w - o.lr * g if r is None else stepped(o, w, m_hat, v, c2, r)


@known("RAdam", "below the threshold m is not corrected: divide it by 1 - beta1**t.")
def starts_uncorrected(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return w - o.lr * o.m if r is None else stepped(o, w, m_hat, v, c2, r)


@known("RAdam", "m is never corrected for its start: divide it by 1 - beta1**t.")
def m_uncorrected(o, w, g):
    m_hat, *rest = parts(o, g)
    return stepped(o, w, o.m, *rest)


@known(
    "RAdam", "v is not corrected for its start: multiply the adaptive step by sqrt(1 - beta2**t)."
)
def v_uncorrected(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    return stepped(o, w, m_hat, v, 1.0, r)


@known("RAdam", "the - 1 is missing in rho_inf = 2/(1 - beta2) - 1.")
def rho_inf(o, w, g):
    return stepped(o, w, *parts(o, g, rho_inf=2 / (1 - o.betas[1])))


@known("RAdam", "the 2 is missing in rho_t = rho_inf - 2 t beta2**t / (1 - beta2**t).")
def rho_t(o, w, g):
    return stepped(o, w, *parts(o, g, twice=1))


@known("RAdam", "eps is added after the correction of v; PyTorch and the library add it before.")
def eps_after(o, w, g):
    m_hat, v, c2, r = parts(o, g)
    if r is None:
        return w - o.lr * m_hat
    return w - o.lr * r * m_hat / (sqrt(v / c2) + o.eps)
