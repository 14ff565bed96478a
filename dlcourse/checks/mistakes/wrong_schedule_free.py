"""Known mistakes in ScheduleFree."""

import numpy as np

from ..engine.optimizer_factory import Mistakes
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    ScheduleFree={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01, "weight_decay": 0.3},
)


def known(sentence):
    return TABLE.known("ScheduleFree", sentence, decay="by hand")


def started(o, w):
    """z and x start at the first w. (z is kept as m, x as u.)"""
    if o.t == 1:
        o.m = o.u = w


def direction(o, w, g, corrected=True, decay=True):
    """The step of z, without lr."""
    beta2 = o.betas[1]
    o.v = mean(o.v, beta2, g * g)
    v = o.v / (1 - beta2**o.t) if corrected else o.v
    return g / (np.sqrt(v) + o.eps) + decay * o.weight_decay * w


def between(o, c=None, beta1=None):
    """x after the new z, and the new w."""
    c = 1 / o.t if c is None else c
    beta1 = o.betas[0] if beta1 is None else beta1
    o.u = (1 - c) * o.u + c * o.m
    return (1 - beta1) * o.m + beta1 * o.u


@known("the step goes uphill: z -= lr * ...")
def averaged_uphill(o, w, g):
    started(o, w)
    o.m = o.m + o.lr * direction(o, w, g)
    return between(o)


@known("the average is not taken: w follows z alone.")
def z_alone(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g)
    return o.m


@known("w is the average x; it lies between z and x: (1 - beta1) z + beta1 x.")
def x_alone(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g)
    between(o)
    return o.u


@known("z and x are swapped: w = (1 - beta1) z + beta1 x.")
def swapped(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g)
    return between(o, beta1=1 - o.betas[0])


@known("x is a moving average with beta1; every place counts alike, c = 1 / t.")
def moving(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g)
    return between(o, c=1 - o.betas[0])


@known("x takes c = 1 / (t + 1): the start is counted as a place; c = 1 / t.")
def start_counted(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g)
    return between(o, c=1 / (o.t + 1))


@known("z steps from w; it steps from the z before.")
def from_w(o, w, g):
    started(o, w)
    o.m = w - o.lr * direction(o, w, g)
    return between(o)


@known("z starts at 0; it starts at the first w, as x does.")
def z_from_zero(o, w, g):
    if o.t == 1:
        o.m, o.u = 0 * w, w
    o.m = o.m - o.lr * direction(o, w, g)
    return between(o)


@known("v is not corrected for its start at 0: divide it by 1 - beta2^t.")
def not_corrected(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g, corrected=False)
    return between(o)


@known("there is no weight decay: weight_decay * w is a part of the step of z.")
def without_decay(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, w, g, decay=False)
    return between(o)


@known("weight decay is taken at z; it is taken at w, where the gradient is.")
def decay_at_z(o, w, g):
    started(o, w)
    o.m = o.m - o.lr * direction(o, o.m, g)
    return between(o)
