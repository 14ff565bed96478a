r"""Learning-rate schedules: plain functions from the step t = 0, 1, ... to a factor.

``fit(..., schedule=f)`` steps with ``lr * f(t)``. The step is counted by the optimizer, so
a resumed run goes on where it stopped. A schedule can be pickled, and so sent to a worker.
"""

import math
from functools import partial

from ._errors import not_negative, whole_number


def constant_lr():
    """The factor 1 at every step.

    Examples
    --------
    >>> constant_lr()(1000)
    1.0
    """
    return _one


def step_lr(step_size, gamma=0.1):
    r"""Multiply by `gamma` after every `step_size` steps: :math:`\gamma^{\lfloor t/s \rfloor}`.

    PyTorch agrees (``StepLR``).

    Examples
    --------
    >>> f = step_lr(100, gamma=0.5)
    >>> f(0), f(99), f(100), f(250)
    (1.0, 1.0, 0.5, 0.25)
    """
    step_size = whole_number("step_size", step_size)
    gamma = not_negative("gamma", gamma)
    return partial(_step, step_size, gamma)


def linear_lr(steps):
    r"""A straight line from 1 down to 0 after `steps` steps: :math:`\max(0, 1 - t/T)`.

    PyTorch agrees (``LinearLR`` from 1 to 0).

    Examples
    --------
    >>> f = linear_lr(100)
    >>> f(0), f(50), f(100), f(200)
    (1.0, 0.5, 0.0, 0.0)
    """
    steps = whole_number("steps", steps)
    return partial(_linear, steps)


def cosine_lr(steps):
    r"""Half a cosine from 1 down to 0: :math:`\tfrac12 (1 + \cos(\pi t/T))`, then 0.

    Source: Loshchilov and Hutter (2016), eq. 5, without restarts. PyTorch agrees
    (``CosineAnnealingLR``) up to `steps`; beyond, its rate rises again.

    Examples
    --------
    >>> f = cosine_lr(100)
    >>> f(0), round(f(50), 6), f(100)
    (1.0, 0.5, 0.0)
    """
    steps = whole_number("steps", steps)
    return partial(_cosine, steps)


def warmup_lr(steps, then=None):
    r"""A straight line up to 1, then another schedule: :math:`\min(1, (t + 1)/T)`.

    Parameters
    ----------
    steps : int
        Length of the warm-up.
    then : callable, optional
        The schedule that follows; its step 0 is the first step after the warm-up.

    Returns
    -------
    callable

    Examples
    --------
    >>> f = warmup_lr(4, then=linear_lr(10))
    >>> f(0), f(3), f(4), f(9)
    (0.25, 1.0, 1.0, 0.5)
    """
    steps = whole_number("steps", steps)
    then = constant_lr() if then is None else then
    return partial(_warmup, steps, then)


# The formulas. A function that is made inside of another could not be pickled.


def _one(t):
    return 1.0


def _step(step_size, gamma, t):
    return gamma ** (t // step_size)


def _linear(steps, t):
    return max(0.0, 1 - t / steps)


def _cosine(steps, t):
    return 0.5 * (1 + math.cos(math.pi * min(t, steps) / steps))


def _warmup(steps, then, t):
    return (t + 1) / steps if t < steps else then(t - steps)
