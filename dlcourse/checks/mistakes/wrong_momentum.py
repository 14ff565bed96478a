"""Known mistakes in SGD, Momentum, NAG and Lion."""

import numpy as np

from ..engine.optimizer_factory import Mistakes

# the settings at which every line of the update matters
TABLE = Mistakes(
    SGD={"lr": 0.1},
    Momentum={"lr": 0.1, "momentum": 0.7},
    NAG={"lr": 0.1, "momentum": 0.7},
    Lion={"lr": 0.1, "betas": (0.7, 0.9), "weight_decay": 0.3},
)
known = TABLE.known


@known("SGD", "the step goes uphill: w -= lr * g.")
def sgd_uphill(o, w, g):
    return w + o.lr * g


@known("SGD", "the learning rate is missing.")
def sgd_without_lr(o, w, g):
    return w - g


@known("SGD", "only the sign of the gradient is used; its size belongs to the step.")
def sgd_sign(o, w, g):
    return w - o.lr * np.sign(g)


@known("SGD", "the gradient is divided by its length; SGD takes it as it is.")
def sgd_normalized(o, w, g):
    return w - o.lr * g / (np.sqrt(np.sum(g * g)) or 1.0)


@known("SGD", "weight decay has the wrong sign; it pulls towards 0.", decay="by hand")
def sgd_grows(o, w, g):
    return w - o.lr * (g - o.weight_decay * w)


@known("SGD", "weight decay is not multiplied by lr; add it to the gradient.", decay="by hand")
def sgd_decay_without_lr(o, w, g):
    return w - o.lr * g - o.weight_decay * w


@known("Momentum NAG", "the step goes uphill: w -= lr * ...")
def uphill(o, w, g):
    o.v = o.momentum * o.v + g
    return w + o.lr * o.v


@known("Momentum NAG", "the velocity remembers nothing: this is SGD; v = momentum * v + g.")
def forgets(o, w, g):
    return w - o.lr * g


@known(
    "Momentum",
    "the new gradient is weighted with 1 - momentum; here it enters whole: v = momentum * v + g.",
)
def averaged(o, w, g):
    o.v = o.momentum * o.v + (1 - o.momentum) * g
    return w - o.lr * o.v


@known(
    "Momentum",
    "the learning rate stands inside the velocity (Sutskever's form); when lr changes, old "
    "steps keep the old lr. Here: v = momentum * v + g, w -= lr * v.",
)
def lr_inside(o, w, g):
    o.v = o.momentum * o.v + o.lr * g
    return w - o.v


@known("Momentum", "the new gradient is multiplied by momentum, too: v = momentum * v + g.")
def momentum_of_both(o, w, g):
    o.v = o.momentum * (o.v + g)
    return w - o.lr * o.v


@known("Momentum", "the step uses the velocity of the step before: update v first, then w.")
def one_step_late(o, w, g):
    old, o.v = o.v, o.momentum * o.v + g
    return w - o.lr * old


@known("Momentum", "this is NAG: it adds momentum * v to the gradient once more.")
def looks_ahead(o, w, g):
    o.v = o.momentum * o.v + g
    return w - o.lr * (g + o.momentum * o.v)


@known("Momentum", "the velocity is never damped: momentum is missing in v = momentum * v + g.")
def never_damped(o, w, g):
    o.v = o.v + g
    return w - o.lr * o.v


@known("NAG", "this is Momentum; NAG steps by g + momentum * v, v updated first.")
def plain_momentum(o, w, g):
    o.v = o.momentum * o.v + g
    return w - o.lr * o.v


@known("NAG", "g is missing in the step: g + momentum * v.")
def without_g(o, w, g):
    o.v = o.momentum * o.v + g
    return w - o.lr * o.momentum * o.v


@known("NAG", "momentum is missing in front of v: the step is g + momentum * v.")
def without_momentum(o, w, g):
    o.v = o.momentum * o.v + g
    return w - o.lr * (g + o.v)


@known("NAG", "the new gradient is weighted with 1 - momentum; here it enters whole.")
def nag_averaged(o, w, g):
    o.v = o.momentum * o.v + (1 - o.momentum) * g
    return w - o.lr * (g + o.momentum * o.v)


@known("NAG", "the learning rate stands inside the velocity; when lr changes, it is the old one.")
def nag_lr_inside(o, w, g):
    o.v = o.momentum * o.v + o.lr * g
    return w - o.lr * g - o.momentum * o.v


def looked_at_once_more(o, g):
    """Lion's c, the momentum before its update that leans towards g."""
    return o.betas[0] * o.m + (1 - o.betas[0]) * g


def remember(o, g, beta=None):
    beta = o.betas[1] if beta is None else beta
    o.m = beta * o.m + (1 - beta) * g


@known("Lion", "the step goes uphill: w -= lr * sign(c).")
def lion_uphill(o, w, g):
    c = looked_at_once_more(o, g)
    remember(o, g)
    return w + o.lr * np.sign(c)


@known("Lion", "the sign is missing: every weight moves by lr, whatever the size of c.")
def without_sign(o, w, g):
    c = looked_at_once_more(o, g)
    remember(o, g)
    return w - o.lr * c


@known("Lion", "the sign is that of g alone; c looks at m, too.")
def sign_of_g(o, w, g):
    return w - o.lr * np.sign(g)


@known("Lion", "the sign is that of m; c = beta1 * m + (1 - beta1) * g looks at g once more.")
def sign_of_m(o, w, g):
    remember(o, g)
    return w - o.lr * np.sign(o.m)


@known("Lion", "c is made from m after its update; first c and the step, then m.")
def updated_first(o, w, g):
    remember(o, g)
    return w - o.lr * np.sign(looked_at_once_more(o, g))


@known("Lion", "beta1 and beta2 are swapped: beta1 is for c, beta2 for m.")
def lion_betas_swapped(o, w, g):
    b1, b2 = o.betas
    c = b2 * o.m + (1 - b2) * g
    remember(o, g, b1)
    return w - o.lr * np.sign(c)


@known("Lion", "m is averaged with beta1, like c; it has a longer memory, beta2.")
def one_beta(o, w, g):
    c = looked_at_once_more(o, g)
    remember(o, g, o.betas[0])
    return w - o.lr * np.sign(c)


@known("Lion", "weight decay is added to g, where the sign swallows it; it shrinks w.", "in g")
def lion_l2(o, w, g):
    c = looked_at_once_more(o, g)
    remember(o, g)
    return w - o.lr * np.sign(c)


@known("Lion", "the share that w loses is not multiplied by lr: lr * weight_decay.", "by hand")
def lion_decay_without_lr(o, w, g):
    c = looked_at_once_more(o, g)
    remember(o, g)
    return w - o.lr * np.sign(c) - o.weight_decay * w


@known("Lion", "there is no weight decay: w loses the share lr * weight_decay too.", "by hand")
def lion_without_decay(o, w, g):
    c = looked_at_once_more(o, g)
    remember(o, g)
    return w - o.lr * np.sign(c)
