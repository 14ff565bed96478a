"""Momentum and RMSprop joined: Adam, and the three repairs AMSGrad, AdamW and RAdam."""

import math

import numpy as np

from .._arguments import flag
from .._errors import positive
from .base import Optimizer
from .settings import check_betas


class Adam(Optimizer):
    r"""Momentum divided by RMSprop's root, both corrected for starting at 0.

    .. math::

        m &\leftarrow \beta_1 m + (1 - \beta_1) g \\
        v &\leftarrow \beta_2 v + (1 - \beta_2) g^2 \\
        \hat m &= \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t} \\
        w &\leftarrow w - \text{lr}\; \frac{\hat m}{\sqrt{\hat v} + \epsilon}

    Parameters
    ----------
    lr : float or ndarray
        Above 0; roughly the largest change of a weight in one step.
    betas : (float, float)
        :math:`\beta_1` and :math:`\beta_2`, each in [0, 1).
    eps : float
        Above 0, added after the bias correction.
    weight_decay : float or ndarray
        At least 0.
    amsgrad : bool
        True divides by the largest *v* so far, which is corrected afterwards. So a rate can
        still grow in the early steps; in the paper, without the correction, it cannot.

    Notes
    -----
    Source: Kingma and Ba (2014), algorithm 1; Reddi et al. (2018), algorithm 2, for
    AMSGrad. PyTorch agrees (it too takes the maximum before the correction); Keras adds
    eps before the correction.

    Examples
    --------
    >>> w = np.array([1.0, 1.0])
    >>> Adam(lr=0.1).step(w, g=np.array([5.0, -0.001]))
    >>> w.round(4).tolist()
    [0.9, 1.1]
    """

    slots = ("m", "v")

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False):
        super().__init__(lr, weight_decay)
        self.betas = check_betas(betas)
        self.eps = positive("eps", eps)
        self.amsgrad = flag("amsgrad", amsgrad)
        if self.amsgrad:
            self.slots = ("m", "v", "v_max")

    def update(self, w, g):
        beta1, beta2 = self.betas
        self.average(self.m, beta1, g)
        self.average(self.v, beta2, np.square(g, self.scratch))
        v = np.maximum(self.v_max, self.v, out=self.v_max) if self.amsgrad else self.v
        # sqrt(v_hat) + eps = (sqrt(v) + eps * correction) / correction: two long divisions less
        correction = math.sqrt(1 - beta2**self.t)
        root = np.sqrt(v, self.scratch)
        root += self.eps * correction
        step = np.divide(self.m, root, self.scratch)
        w -= self.scaled(step, correction / (1 - beta1**self.t))


class AdamW(Adam):
    r"""Adam with weight decay beside the adaptive step instead of inside it.

    .. math:: w \leftarrow w - \text{lr} \cdot \text{weight\_decay} \cdot w
              \qquad\text{and then Adam's step}

    Parameters
    ----------
    lr, betas, eps, amsgrad
        As in `Adam`.
    weight_decay : float or ndarray
        At least 0. Every weight decays at the same rate, whatever its gradients.

    Notes
    -----
    Source: Loshchilov and Hutter (2017). PyTorch agrees. The paper differs: in its
    algorithm 2 a schedule multiplies step and decay alike, but the learning rate
    multiplies the step alone.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> AdamW(lr=0.1, weight_decay=0.5).step(w, g=np.array([0.0]))
    >>> w.tolist()
    [0.95]
    """

    decoupled = True

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2, amsgrad=False):
        super().__init__(lr, betas, eps, weight_decay, amsgrad)


class RAdam(Optimizer):
    r"""Adam that rectifies the variance of its rate, and is momentum until it can.

    .. math::

        m &\leftarrow \beta_1 m + (1 - \beta_1) g, \qquad
        v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \qquad
        \hat m = \frac{m}{1 - \beta_1^t} \\
        \rho_\infty &= \frac{2}{1 - \beta_2} - 1, \qquad
        \rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t} \\
        r_t &= \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\rho_\infty}
                          {(\rho_\infty - 4)(\rho_\infty - 2)\rho_t}} \\
        w &\leftarrow w - \text{lr}\; \hat m \cdot
          \begin{cases} r_t \frac{\sqrt{1 - \beta_2^t}}{\sqrt v + \epsilon}
                        & \rho_t > \text{threshold} \\
                        1 & \text{otherwise} \end{cases}

    Parameters
    ----------
    lr : float or ndarray
        Above 0.
    betas : (float, float)
        :math:`\beta_1` and :math:`\beta_2`, each in [0, 1).
    eps : float
        Above 0, added to the root of *v* before the bias correction.
    threshold : float
        At least 4. PyTorch's 5, or the paper's 4 (one step earlier at the default betas).
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    Source: Liu et al. (2019), algorithm 2. PyTorch agrees, eps included.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> RAdam(lr=0.1).step(w, g=np.array([2.0]))
    >>> w.round(6).tolist()
    [0.8]
    """

    slots = ("m", "v")

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, threshold=5, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.betas = check_betas(betas)
        self.eps = positive("eps", eps)
        self.threshold = positive("threshold", threshold)
        if self.threshold < 4:
            raise ValueError(f"threshold must be at least 4 (r_t needs it) but got {threshold}")

    def rectification(self):
        """:math:`r_t` at the present step, or None while the variance is intractable."""
        _, beta2 = self.betas
        rho_inf = 2 / (1 - beta2) - 1
        rho = rho_inf - 2 * self.t * beta2**self.t / (1 - beta2**self.t)
        if rho <= self.threshold:
            return None
        return math.sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho))

    def update(self, w, g):
        beta1, beta2 = self.betas
        self.average(self.m, beta1, g)
        self.average(self.v, beta2, np.square(g, self.scratch))
        unbias = 1 / (1 - beta1**self.t)  # turns m into m hat
        r = self.rectification()
        if r is None:
            w -= self.scaled(self.m, unbias)
            return
        root = np.sqrt(self.v, self.scratch)
        root += self.eps
        step = np.divide(self.m, root, self.scratch)
        w -= self.scaled(step, unbias * r * math.sqrt(1 - beta2**self.t))
