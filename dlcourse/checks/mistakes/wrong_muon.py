"""Known mistakes in Muon, seen on a matrix."""

import numpy as np

from ...optimizers.muon import newton_schulz
from ..engine.optimizer_factory import Mistakes
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    Muon={
        "lr": 0.1,
        "shapes": None,
        "momentum": 0.7,
        "ns_coefficients": (3.4445, -4.775, 2.0315),
        "eps": 1e-7,
        "ns_steps": 3,
        "adjust_lr_fn": "match_rms_adamw",
        "weight_decay": 0.3,
    },
)
known = TABLE.known


def ahead(o, g):
    """u, the momentum that looks at g once more."""
    o.m = mean(o.m, o.momentum, g)
    return mean(g, 1 - o.momentum, o.m)


def ratio(o, w):
    n_in, n_out = w.shape
    if o.adjust_lr_fn == "match_rms_adamw":
        return 0.2 * np.sqrt(max(n_in, n_out))
    return np.sqrt(max(1, n_out / n_in))


def orthogonal(o, u, coefficients=None, steps=0):
    """X, with the right number of steps or `steps` more."""
    coefficients = o.ns_coefficients if coefficients is None else coefficients
    return newton_schulz(u, coefficients, o.ns_steps + steps, o.eps)


@known("Muon", "the step goes uphill: w -= lr * ratio * X.")
def muon_uphill(o, w, g):
    return w + o.lr * ratio(o, w) * orthogonal(o, ahead(o, g))


@known("Muon", "momentum itself is the step; its matrix must be made orthogonal first.")
def not_orthogonal(o, w, g):
    return w - o.lr * ratio(o, w) * ahead(o, g)


@known("Muon", "only the length of the matrix is made 1; Newton and Schulz's steps are missing.")
def only_normalized(o, w, g):
    u = ahead(o, g)
    return w - o.lr * ratio(o, w) * u / max(np.linalg.norm(u), o.eps)


@known("Muon", "each number is replaced by its sign; the matrix is to be orthogonal as a whole.")
def signs(o, w, g):
    return w - o.lr * ratio(o, w) * np.sign(ahead(o, g))


@known("Muon", "g is made orthogonal and remembers nothing: this is Muon without momentum.")
def no_momentum(o, w, g):
    return w - o.lr * ratio(o, w) * orthogonal(o, g)


@known("Muon", "m is made orthogonal; u = (1 - momentum) g + momentum m looks at g once more.")
def not_ahead(o, w, g):
    ahead(o, g)
    return w - o.lr * ratio(o, w) * orthogonal(o, o.m)


@known("Muon", "m averages matrices that are orthogonal already; first average, then orthogonal.")
def average_of_orthogonal(o, w, g):
    o.m = mean(o.m, o.momentum, orthogonal(o, g))
    return w - o.lr * ratio(o, w) * o.m


@known("Muon", "b and c are swapped: X = a X + (b A + c A A) X with A = X X^T.")
def swapped_coefficients(o, w, g):
    a, b, c = o.ns_coefficients
    return w - o.lr * ratio(o, w) * orthogonal(o, ahead(o, g), (a, c, b))


@known("Muon", "one step of Newton and Schulz is missing; there are ns_steps of them.")
def one_step_less(o, w, g):
    return w - o.lr * ratio(o, w) * orthogonal(o, ahead(o, g), steps=-1)


@known("Muon", "the ratio of the matrix's shape is missing: lr * ratio * X.")
def without_ratio(o, w, g):
    return w - o.lr * orthogonal(o, ahead(o, g))


@known("Muon", "weight decay is added to g, where its length is lost; it shrinks w.", "in g")
def muon_l2(o, w, g):
    return w - o.lr * ratio(o, w) * orthogonal(o, ahead(o, g))


@known("Muon", "the share that w loses is not multiplied by lr: lr * weight_decay.", "by hand")
def muon_decay_without_lr(o, w, g):
    return w - o.lr * ratio(o, w) * orthogonal(o, ahead(o, g)) - o.weight_decay * w


@known("Muon", "there is no weight decay: w loses the share lr * weight_decay too.", "by hand")
def muon_without_decay(o, w, g):
    return w - o.lr * ratio(o, w) * orthogonal(o, ahead(o, g))
