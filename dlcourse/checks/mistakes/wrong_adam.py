"""Known mistakes in Adam, and in AdamW with its decay beside the step."""

import numpy as np

from ..engine.optimizer_factory import Mistakes
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    Adam={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01},
    AdamW={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01, "weight_decay": 0.3},
)
known = TABLE.known
sqrt = np.sqrt


def averages(o, g):
    """Both averages after this gradient; with amsgrad, v is the largest so far."""
    o.m, o.v = mean(o.m, o.betas[0], g), mean(o.v, o.betas[1], g * g)
    o.u = np.maximum(o.u, o.v) if getattr(o, "amsgrad", False) else o.v
    return o.m, o.u


def corrections(o):
    return 1 - o.betas[0] ** o.t, 1 - o.betas[1] ** o.t


@known("Adam AdamW", "the step goes uphill: w -= ...")
def uphill(o, w, g):
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return w + o.lr * m / c1 / (sqrt(v / c2) + o.eps)


@known(
    "Adam AdamW",
    "this is Adam without bias correction: divide m by 1 - beta1**t, v by 1 - beta2**t.",
)
def without_correction(o, w, g):
    m, v = averages(o, g)
    return w - o.lr * m / (sqrt(v) + o.eps)


@known("Adam AdamW", "only m is corrected for its start; v, too: divide it by 1 - beta2**t.")
def only_m_corrected(o, w, g):
    (m, v), (c1, _) = averages(o, g), corrections(o)
    return w - o.lr * m / c1 / (sqrt(v) + o.eps)


@known("Adam AdamW", "only v is corrected for its start; m, too: divide it by 1 - beta1**t.")
def only_v_corrected(o, w, g):
    (m, v), (_, c2) = averages(o, g), corrections(o)
    return w - o.lr * m / (sqrt(v / c2) + o.eps)


@known("Adam AdamW", "t never grows: the correction is 1 - beta**t, and t counts the steps.")
def t_stays_one(o, w, g):
    m, v = averages(o, g)
    c1, c2 = 1 - o.betas[0], 1 - o.betas[1]
    return w - o.lr * m / c1 / (sqrt(v / c2) + o.eps)


@known("Adam AdamW", "t is one ahead: the first step has t = 1; count once a step, starting at 0.")
def t_one_ahead(o, w, g):
    m, v = averages(o, g)
    c1, c2 = 1 - o.betas[0] ** (o.t + 1), 1 - o.betas[1] ** (o.t + 1)
    return w - o.lr * m / c1 / (sqrt(v / c2) + o.eps)


@known("Adam AdamW", "the two betas are swapped: the first is of m, the second of v.")
def betas_swapped(o, w, g):
    o.betas = o.betas[::-1] if o.t == 1 else o.betas
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return w - o.lr * m / c1 / (sqrt(v / c2) + o.eps)


@known("Adam AdamW", "eps is inside the root; in Adam it is outside: sqrt(v_hat) + eps.")
def eps_inside(o, w, g):
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return w - o.lr * m / c1 / sqrt(v / c2 + o.eps)


@known("Adam AdamW", "eps is added before the correction of v, as in Keras; here after it.")
def eps_hat(o, w, g):
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return w - o.lr * sqrt(c2) / c1 * m / (sqrt(v) + o.eps)


@known("Adam AdamW", "the root is missing: divide by sqrt(v_hat) + eps.")
def without_root(o, w, g):
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return w - o.lr * m / c1 / (v / c2 + o.eps)


@known("Adam AdamW", "m is not used in the step: this is RMSprop with a correction; step by m_hat.")
def without_m(o, w, g):
    (_, v), (_, c2) = averages(o, g), corrections(o)
    return w - o.lr * g / (sqrt(v / c2) + o.eps)


@known("Adam AdamW", "v averages m**2; it averages g**2.")
def v_of_m(o, w, g):
    o.m = mean(o.m, o.betas[0], g)
    o.v = mean(o.v, o.betas[1], o.m * o.m)
    o.u = np.maximum(o.u, o.v) if o.amsgrad else o.v
    c1, c2 = corrections(o)
    return w - o.lr * o.m / c1 / (sqrt(o.u / c2) + o.eps)


@known("Adam AdamW", "the square is missing: v averages |g|, not g**2.")
def without_square(o, w, g):
    o.m, o.v = mean(o.m, o.betas[0], g), mean(o.v, o.betas[1], np.abs(g))
    o.u = np.maximum(o.u, o.v) if o.amsgrad else o.v
    c1, c2 = corrections(o)
    return w - o.lr * o.m / c1 / (sqrt(o.u / c2) + o.eps)


@known("Adam AdamW", "1 - beta1 is missing in front of g: m = beta1 m + (1 - beta1) g.")
def m_not_averaged(o, w, g):
    o.m, o.v = o.betas[0] * o.m + g, mean(o.v, o.betas[1], g * g)
    o.u = np.maximum(o.u, o.v) if o.amsgrad else o.v
    c1, c2 = corrections(o)
    return w - o.lr * o.m / c1 / (sqrt(o.u / c2) + o.eps)


@known(
    "AdamW",
    "the decay is added to the gradient: this is Adam with L2; decay w itself.",
    decay="in g",
)
def l2(o, w, g):
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return w - o.lr * m / c1 / (sqrt(v / c2) + o.eps)


def adam(o, g):
    """Adam's step, right."""
    (m, v), (c1, c2) = averages(o, g), corrections(o)
    return o.lr * m / c1 / (sqrt(v / c2) + o.eps)


@known("AdamW", "the weight decay is missing: w *= 1 - lr * weight_decay.", decay="by hand")
def without_decay(o, w, g):
    return w - adam(o, g)


@known("AdamW", "the decay is not multiplied by lr: w *= 1 - lr * weight_decay.", decay="by hand")
def decay_without_lr(o, w, g):
    return w * (1 - o.weight_decay) - adam(o, g)


@known("AdamW", "the decay makes the weights grow; the sign is wrong.", decay="by hand")
def grows(o, w, g):
    return w * (1 + o.lr * o.weight_decay) - adam(o, g)


@known("AdamW", "the decay comes after the step; decay w first, as PyTorch does.", decay="by hand")
def decays_last(o, w, g):
    return (w - adam(o, g)) * (1 - o.lr * o.weight_decay)


@known("AdamW", "decayed twice: beside the step and in the gradient.", decay="by hand")
def decays_twice(o, w, g):
    step = adam(o, g + o.weight_decay * w)
    return w * (1 - o.lr * o.weight_decay) - step
