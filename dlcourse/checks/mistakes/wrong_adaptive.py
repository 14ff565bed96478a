"""Known mistakes in Adagrad, RMSprop and Adadelta."""

import numpy as np

from ..engine.optimizer_factory import Mistakes

# the settings at which every line of the update matters
TABLE = Mistakes(
    Adagrad={"lr": 0.1, "eps": 0.01},
    RMSprop={"lr": 0.1, "alpha": 0.8, "eps": 0.01},
    Adadelta={"lr": 0.5, "rho": 0.8, "eps": 0.01},
)
known = TABLE.known
sqrt = np.sqrt


def mean(old, share, new):
    return share * old + (1 - share) * new


@known("Adagrad RMSprop", "the step goes uphill: w -= ...")
def uphill(o, w, g):
    o.v = o.v + g * g if not hasattr(o, "alpha") else mean(o.v, o.alpha, g * g)
    return w + o.lr * g / (sqrt(o.v) + o.eps)


@known("Adagrad", "s is only the last squared gradient; it is the sum of all: s += g**2.")
def last_only(o, w, g):
    o.v = g * g
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("Adagrad", "the root is missing: divide by sqrt(s) + eps.")
def adagrad_without_root(o, w, g):
    o.v = o.v + g * g
    return w - o.lr * g / (o.v + o.eps)


@known("Adagrad", "eps is inside the root, as in Keras; here it is outside: sqrt(s) + eps.")
def adagrad_eps_inside(o, w, g):
    o.v = o.v + g * g
    return w - o.lr * g / sqrt(o.v + o.eps)


@known("Adagrad", "the squares are averaged over the steps; Adagrad adds them up.")
def averages(o, w, g):
    o.v = o.v + g * g
    return w - o.lr * g / (sqrt(o.v / o.t) + o.eps)


@known("Adagrad", "the square is missing: this adds up |g|, not g**2, under the root.")
def adagrad_without_square(o, w, g):
    o.v = o.v + np.abs(g)
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("Adagrad", "s starts at 0.1, as in Keras; here at 0.")
def starts_high(o, w, g):
    o.v = (o.v if o.t > 1 else 0.1) + g * g
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("Adagrad", "g is missing in the numerator: only its sign is left.")
def only_the_sign(o, w, g):
    o.v = o.v + g * g
    return w - o.lr * np.sign(g) / (sqrt(o.v) + o.eps)


@known("Adagrad", "the step uses s from before this gradient; add g**2 first.")
def adagrad_late(o, w, g):
    old, o.v = o.v, o.v + g * g
    return w - o.lr * g / (sqrt(old) + o.eps)


@known("RMSprop", "alpha is taken for the share of the new square; it is that of the old average.")
def alpha_swapped(o, w, g):
    o.v = mean(o.v, 1 - o.alpha, g * g)
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("RMSprop", "this is Adagrad: the squares are added up; average them with alpha.")
def never_forgets(o, w, g):
    o.v = o.v + g * g
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("RMSprop", "1 - alpha is missing in front of the square.")
def without_share(o, w, g):
    o.v = o.alpha * o.v + g * g
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("RMSprop", "the root is missing: divide by sqrt(s) + eps.")
def without_root(o, w, g):
    o.v = mean(o.v, o.alpha, g * g)
    return w - o.lr * g / (o.v + o.eps)


@known("RMSprop", "eps is inside the root, as in Keras; here it is outside: sqrt(s) + eps.")
def eps_inside(o, w, g):
    o.v = mean(o.v, o.alpha, g * g)
    return w - o.lr * g / sqrt(o.v + o.eps)


@known("RMSprop", "s is corrected for its start, as in Adam; RMSprop does not do that.")
def corrected(o, w, g):
    o.v = mean(o.v, o.alpha, g * g)
    return w - o.lr * g / (sqrt(o.v / (1 - o.alpha**o.t)) + o.eps)


@known("RMSprop", "the square is missing: this averages |g|, not g**2, under the root.")
def without_square(o, w, g):
    o.v = mean(o.v, o.alpha, np.abs(g))
    return w - o.lr * g / (sqrt(o.v) + o.eps)


@known("RMSprop", "the step uses s from before this gradient; average first.")
def late(o, w, g):
    old, o.v = o.v, mean(o.v, o.alpha, g * g)
    return w - o.lr * g / (sqrt(old) + o.eps)


def adadelta(o, g, upper, lower):
    """The step of Adadelta from its two averages."""
    return sqrt(upper + o.eps) / sqrt(lower + o.eps) * g


@known("Adadelta", "the step goes uphill: w -= lr * delta.")
def adadelta_uphill(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    delta = adadelta(o, g, o.u, o.v)
    o.u = mean(o.u, o.rho, delta * delta)
    return w + o.lr * delta


@known("Adadelta", "lr has no effect: w -= lr * delta.")
def adadelta_without_lr(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    delta = adadelta(o, g, o.u, o.v)
    o.u = mean(o.u, o.rho, delta * delta)
    return w - delta


@known("Adadelta", "lr enters the average of the steps; u averages delta**2 before lr.")
def lr_in_average(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    delta = o.lr * adadelta(o, g, o.u, o.v)
    o.u = mean(o.u, o.rho, delta * delta)
    return w - delta


@known("Adadelta", "u averages squared gradients; it averages squared steps, delta**2.")
def u_of_gradients(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    delta = adadelta(o, g, o.u, o.v)
    o.u = mean(o.u, o.rho, g * g)
    return w - o.lr * delta


@known("Adadelta", "u is never updated, so the steps stay tiny: u = rho u + (1 - rho) delta**2.")
def u_never(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    return w - o.lr * adadelta(o, g, o.u, o.v)


@known("Adadelta", "the root in the numerator is missing: this is RMSprop's step.")
def without_numerator(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    return w - o.lr * g / sqrt(o.v + o.eps)


@known("Adadelta", "eps is outside of the roots; in Adadelta it is inside both.")
def adadelta_eps_outside(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    delta = (sqrt(o.u) + o.eps) / (sqrt(o.v) + o.eps) * g
    o.u = mean(o.u, o.rho, delta * delta)
    return w - o.lr * delta


@known("Adadelta", "rho is taken for the share of the new; it is that of the old average.")
def rho_swapped(o, w, g):
    o.v = mean(o.v, 1 - o.rho, g * g)
    delta = adadelta(o, g, o.u, o.v)
    o.u = mean(o.u, 1 - o.rho, delta * delta)
    return w - o.lr * delta


@known("Adadelta", "the two averages are swapped: u, of the steps, belongs on top.")
def upside_down(o, w, g):
    o.v = mean(o.v, o.rho, g * g)
    delta = adadelta(o, g, o.v, o.u)
    o.u = mean(o.u, o.rho, delta * delta)
    return w - o.lr * delta
