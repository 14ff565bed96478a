"""The check of an optimizer: the path that it takes through gradients of every size."""

import numpy as np

from .. import optimizers as library
from .asked_for import OPTIMIZERS, name_in
from .engine.calling import Call, frozen
from .engine.judging import Seen, judge
from .engine.protocol import built
from .engine.reporting import Finding, check, shown
from .engine.signatures import accepts, defaults, lacking
from .mistakes import MISTAKES

STEPS = 30
START = (
    "in __init__ keep the settings and self.t = 0; in step make the memory on the first call "
    "(np.zeros_like(w)), count self.t += 1, and change w in place: w -= ..."
)
# Their weight decay changes w itself, beside the step; that of the others is in the gradient.
DECOUPLED = [name for name in OPTIMIZERS if getattr(library, name).decoupled]
BESIDE = f"{' and '.join(DECOUPLED)} {'decay' if DECOUPLED[1:] else 'decays'}"
PROPERTIES = {
    "path": "w follows the formula of the chapter, step by step, at these settings",
    "defaults": "w follows the formula of the chapter at the library's default settings",
    "schedule": "a schedule may change optimizer.lr between two steps; the next step uses it",
    "decay": f"weight_decay adds weight_decay * w to the gradient; {BESIDE} w directly",
    "amsgrad": "amsgrad=True divides by the largest v so far",
    "apart": "two optimizers do not share their memory",
    "matrix": "w may have any shape, and float32",
}


@check
def optimizer(cls, like):
    """Check an optimizer.

    Parameters
    ----------
    cls : type
        Any class with ``step(w, g)``, which changes `w` in place, an attribute ``lr``, and
        the arguments of `like`. It need not extend the library's `Optimizer`.
        ``weight_decay`` and ``amsgrad`` are looked at only if it has them.
    like : type
        Which optimizer it should be: one of the library's.

    Raises
    ------
    AssertionError
        If `w` goes another way: with the step and the entry, the property that is broken,
        and the known mistake that it equals, if there is one.

    Notes
    -----
    The gradients go from 1e-8 to 1e2, with zeros and changing signs, for 30 steps: long
    enough for RAdam to begin its adaptive steps.

    Examples
    --------
    >>> from dlcourse import Momentum, checks
    >>> checks.optimizer(Momentum, like=Momentum)
    >>> class Mine(Momentum):
    ...     def update(self, w, g):
    ...         self.v *= self.momentum
    ...         self.v += (1 - self.momentum) * g
    ...         w -= self.lr * self.v
    >>> checks.optimizer(Mine, like=Momentum)
    Traceback (most recent call last):
    AssertionError: Mine(lr=0.1, momentum=0.7): w[0] after step 1 should be ... but is ...
      broken property: w follows the formula of the chapter, ...
      likely cause: the new gradient is weighted with 1 - momentum; here it enters whole: ...
    """
    name = name_in("optimizer", like, library)
    if not isinstance(cls, type):
        raise Finding(
            f"checks.optimizer was given {shown(cls)} instead of a class",
            "the check makes the optimizers itself, with settings of its own",
            f"give the class without brackets: checks.optimizer(MyOptimizer, like={name})",
            "no class",
        )

    def observe(answer):
        return _observe(answer, name, [k for k in ("weight_decay", "amsgrad") if accepts(cls, k)])

    judge(cls, like, observe, PROPERTIES, MISTAKES[name])


def probes(settings):
    """Where each weight starts, and its gradients: array (step, weight), or (step, 3, 2)."""
    rng = np.random.default_rng(11)
    g = rng.normal(size=(STEPS, 7)) * [1, 1e-8, 1e-4, 100, 1, 1, 1e-2]
    g[:5, 4] = 0  # nothing at first
    g[rng.random(STEPS) < 0.7, 5] = 0  # rarely something
    g[:, 6] = np.abs(g[:, 6])  # always the same sign
    w = np.array([1.0, 0, 0, -2, 0.5, 0.3, -0.1])
    if "shapes" in settings:  # it is made for matrices
        return w[:6].reshape(3, 2), g[:, :6].reshape(-1, 3, 2)
    return w, g


def _observe(cls, name, extras):
    yield from _path("path", cls, OPTIMIZERS[name])
    w, g = probes(OPTIMIZERS[name])
    yield from _two(cls, OPTIMIZERS[name], w, g)
    yield from _path("schedule", cls, OPTIMIZERS[name], halve=True)
    like = getattr(library, name)
    required = {p: OPTIMIZERS[name][p] for p, default in defaults(like).items() if default is None}
    yield from _path("defaults", cls, required | lacking(cls, like))
    if "weight_decay" in extras:
        yield from _path("decay", cls, OPTIMIZERS[name] | {"weight_decay": 0.2})
    if "amsgrad" in extras:
        yield from _path("amsgrad", cls, OPTIMIZERS[name] | {"amsgrad": True})
    w, g = np.ones((2, 3), np.float32), np.sign(g).reshape(STEPS, -1)[:, :6].reshape(-1, 2, 3)
    g = g.astype(np.float32)
    optimizer, title = built(cls, **OPTIMIZERS[name])
    for row in g[:3]:
        _step(optimizer, title, w, frozen(row))
    yield Seen("matrix", f"{title}: w", w.astype(float), rtol=1e-4)


def _path(stage, cls, settings, halve=False):
    """The way of each weight, as one observation."""
    w, gradients = probes(settings)
    optimizer, title = built(cls, **settings)
    path = np.empty_like(gradients)
    array = np.empty_like(w)  # as in training, one array brings all gradients, read-only
    g = array.view()
    g.flags.writeable = False
    for t, row in enumerate(gradients):
        array[...] = row
        if halve and t in (10, 20):
            _set_lr(optimizer, title)
        _step(optimizer, title, w, g)
        path[t] = w
    for i in np.ndindex(w.shape):
        entry = f"w[{', '.join(map(str, i))}]"
        names = [f"{entry} after step {t + 1}" for t in range(STEPS)]
        way = path[:, *i]
        yield Seen(stage, title + (", lr halved on the way" if halve else ""), way, names)


def _set_lr(optimizer, title):
    if not hasattr(optimizer, "lr"):
        raise Finding(
            f"{title} has no attribute lr",
            PROPERTIES["schedule"],
            "keep the setting under its own name: self.lr = lr",
            "no lr",
        )
    optimizer.lr = 0.5 * optimizer.lr


def _step(optimizer, title, w, g):
    step = getattr(optimizer, "step", None)
    if step is None:
        raise Finding(
            f"{title} has no method step",
            "an optimizer changes w in place: step(w, g)",
            "write: def step(self, w, g):",
            "no step",
        )
    Call(f"{title}.step(w, g)", step, w, g, start=START, changes=(w, g))


def _two(cls, settings, w, g):
    """A second optimizer, after the first has gone some steps."""
    first, title = built(cls, **settings)
    other = w.copy()
    for row in g[:3]:
        _step(first, title, other, frozen(row))
    second, title = built(cls, **settings)
    _step(second, title, w, frozen(g[0]))
    yield Seen("apart", f"{title}, made after another had stepped: w", w)
