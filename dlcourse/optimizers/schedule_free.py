"""Averaging in place of a schedule: the gradient is taken near the average of all steps."""

import math

import numpy as np

from .._arguments import saved_state
from .._errors import not_negative, positive, real_number, whole_number
from .base import Optimizer
from .settings import check_betas


class ScheduleFree(Optimizer):
    r"""Adam's steps without momentum or schedule; what counts is the average of all places.

    It walks with *z*, keeps the average *x* of the places, and takes the gradient between
    the two, at *w*:

    .. math::

        v &\leftarrow \beta_2 v + (1 - \beta_2) g^2, \qquad
        \hat v = \frac{v}{1 - \beta_2^t} \\
        u &= \frac{g}{\sqrt{\hat v} + \epsilon} + \text{weight\_decay} \cdot w \\
        z &\leftarrow z - \text{lr}\; u \\
        c &= \frac{1}{t}, \qquad x \leftarrow (1 - c) x + c z \\
        w &\leftarrow (1 - \beta_1) z + \beta_1 x

    All three start at the first *w*. **The result is x.** `eval` puts it into *w* to be looked
    at, and `train` puts back the place of the next gradient. `fit` does both: validation,
    ``on_epoch``, checkpoints, and the network that it leaves have *x*.

    Parameters
    ----------
    lr : float or ndarray
        Above 0; its authors advise one to ten times that of `AdamW` with a schedule.
    betas : (float, float)
        :math:`\beta_1` in (0, 1): how near to the average. :math:`\beta_2` in [0, 1).
    eps : float
        Above 0.
    weight_decay : float or ndarray
        At least 0.
    warmup_steps : int
        In the first steps lr grows in a line from 0; 0 is no warm-up.
    r : float
        At least 0. Later places count more, by :math:`t^r`.
    weight_lr_power : float
        At least 0. While lr grows, places count by this power of it (of the largest so far,
        and the largest entry of a vector): *c* is the weight of the last over the sum of all.

    Raises
    ------
    RuntimeError
        From `step` after `eval`: the gradient belongs to another place.

    Notes
    -----
    Source: Defazio et al. (2024), algorithm 1; its code, ``AdamWScheduleFree``, agrees in the
    defaults and in every step. PyTorch has none. Running statistics of `BatchNorm` come from
    passes at *w*, not at *x*.

    Examples
    --------
    >>> w, optimizer = np.array([1.0]), ScheduleFree(lr=0.1)
    >>> for _ in range(2):
    ...     optimizer.step(w, g=np.array([2.0]))
    >>> w.round(4).tolist()
    [0.845]
    >>> optimizer.eval(w)
    >>> w.round(4).tolist()
    [0.85]
    """

    slots = ("z", "v")
    decoupled = True
    averages = True  # fit trains at one place and looks at another
    averaged = False  # whether w is x now
    lr_max, weight_sum = 0.0, 0.0

    def __init__(
        self,
        lr=0.0025,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0.0,
        warmup_steps=0,
        r=0.0,
        weight_lr_power=2.0,
    ):
        super().__init__(lr, weight_decay)
        self.betas = check_betas(betas)
        if self.betas[0] == 0:
            raise ValueError("betas: beta1 must be above 0 but got 0; then x would be lost")
        self.eps = positive("eps", eps)
        self.warmup_steps = whole_number("warmup_steps", warmup_steps, low=0)
        self.r = not_negative("r", r)
        self.weight_lr_power = not_negative("weight_lr_power", weight_lr_power)

    def eval(self, w):
        """Put the average, x, into `w`."""
        self._move(w, True, 1 - 1 / self.betas[0])  # x from w = (1 - beta1) z + beta1 x

    def train(self, w):
        """Put the place of the next gradient into `w`, which holds x."""
        self._move(w, False, 1 - self.betas[0])

    def _move(self, w, averaged, share):
        self.bind(w)
        if self.averaged is not averaged:
            if self.t > 0:
                w += np.multiply(np.subtract(self.z, w, self.scratch), share, self.scratch)
            self.averaged = averaged

    def step(self, w, g):
        if self.averaged:
            raise RuntimeError(
                "ScheduleFree: w holds the average, where no gradient is taken; "
                "call optimizer.train(w) before the passes of training, as fit does"
            )
        super().step(w, g)

    def decay(self, w, g):
        """Weight decay is a part of the step: see `update`."""
        return g

    def update(self, w, g):
        beta1, beta2 = self.betas
        if self.t == 1:
            self.z[...] = w
        warm = min(1.0, self.t / self.warmup_steps) if self.warmup_steps else 1.0
        c = self._share(warm)
        self.average(self.v, beta2, np.square(g, self.scratch))
        correction = math.sqrt(1 - beta2**self.t)
        root = np.sqrt(self.v, self.scratch)
        root += self.eps * correction
        step = np.divide(g, root, self.scratch)
        step *= correction
        if self._decay is None:
            self._decay = np.empty_like(w)
        space = self._decay
        step += np.multiply(w, self.weight_decay, space)
        np.subtract(self.z, w, space)
        space *= c
        w += space  # the old z counts a little less in x, and so in w
        step = self.scaled(step, warm)
        self.z -= step
        step *= 1 - beta1 * (1 - c)
        w -= step

    def _share(self, warm):
        """c: how much the place that comes next counts in the average."""
        self.lr_max = max(self.lr_max, float(np.max(self.lr)) * warm)
        weight = self.t**self.r * self.lr_max**self.weight_lr_power
        self.weight_sum += weight
        return weight / self.weight_sum if self.weight_sum else 0.0

    def state_dict(self):
        """Copies of all that the next step needs, for saving."""
        own = {name: np.array(getattr(self, name)) for name in ("averaged", "lr_max", "weight_sum")}
        return super().state_dict() | own

    def load_state_dict(self, state, like):
        """Take over a `state_dict`; all of it, or nothing."""
        state = dict(saved_state(state))
        averaged = np.asarray(state.pop("averaged", None))
        if averaged.shape != () or averaged.dtype != bool:
            raise ValueError(f"the saved averaged must be True or False but got {averaged!r:.60}")
        own = [
            real_number(f"the saved {name}", np.asarray(state.pop(name, None))[()])
            for name in ("lr_max", "weight_sum")
        ]
        super().load_state_dict(state, like)
        self.averaged, (self.lr_max, self.weight_sum) = bool(averaged), own
