"""Units with an exponential on the left: ELU, and the self-normalizing SELU and SERLU."""

import numpy as np

from .._errors import positive
from .activation import Activation

FAR_LEFT = -800.0  # the exponential is 0 there, whatever it is multiplied by


class ELU(Activation):
    r"""The exponential linear unit: negative values pull the mean output towards 0.

    .. math:: f(x) = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases},
              \qquad f'(x) = \begin{cases} 1 & x > 0 \\ \alpha e^x & x \le 0 \end{cases}

    Parameters
    ----------
    alpha : float
        Above 0; the output never falls below :math:`-\alpha`.

    Notes
    -----
    Source: Clevert et al. (2015), eq. 15. PyTorch agrees, but takes the left slope from
    the rounded output, as :math:`f(x) + \alpha`: 0 from x = -17 on in float32.

    Examples
    --------
    >>> ELU().forward(np.array([[-1e4, 3.0]])).tolist()
    [[-1.0, 3.0]]
    """

    scale = 1.0

    def __init__(self, alpha=1.0):
        self.alpha = positive("alpha", alpha)

    def f(self, x):
        return self.scale * (np.maximum(x, 0) + self.alpha * np.expm1(np.minimum(x, 0)))

    def df(self, x, y):
        return self.scale * np.where(x > 0, 1, self.alpha * np.exp(np.minimum(x, 0)))

    def __repr__(self):
        return f"ELU({self.alpha})"


class SELU(ELU):
    r"""ELU, scaled so that mean 0 and variance 1 reproduce themselves from layer to layer.

    .. math:: f(x) = \lambda \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases},
              \qquad
              f'(x) = \lambda \begin{cases} 1 & x > 0 \\ \alpha e^x & x \le 0 \end{cases}

    With :math:`\alpha = 1.6732632423543772848` and :math:`\lambda = 1.0507009873554804934`,
    :math:`\mathbb E f(z) = 0` and :math:`\mathbb E f(z)^2 = 1` for a standard normal *z*.
    Wants `lecun_normal` weights. Source: Klambauer et al. (2017), eq. 2. PyTorch agrees.

    Examples
    --------
    >>> round(float(SELU().forward(np.array([[1.0]]))[0, 0]), 4)
    1.0507
    """

    scale = 1.0507009873554804934

    def __init__(self):
        super().__init__(1.6732632423543772848)

    def __repr__(self):
        return "SELU()"


class SERLU(Activation):
    r"""Self-normalizing like SELU, but not monotone: it returns to 0 on the far left.

    .. math:: f(x) = \lambda \begin{cases} x & x \ge 0 \\ \alpha\, x\, e^x & x < 0 \end{cases},
              \qquad
              f'(x) = \lambda \begin{cases} 1 & x \ge 0 \\ \alpha (1 + x) e^x & x < 0 \end{cases}

    :math:`\alpha = 2.90427123333` and :math:`\lambda = 1.07861828358` follow from the same
    two conditions as SELU's. The lowest value, :math:`-\lambda\alpha/e \approx -1.152`, is
    reached at :math:`x = -1`. Source: Zhang and Li (2018). PyTorch has no SERLU.

    Examples
    --------
    >>> round(float(SERLU().forward(np.array([[-1.0]]))[0, 0]), 4)
    -1.1524
    """

    alpha = 2.90427123333
    scale = 1.07861828358

    def f(self, x):
        left = np.clip(x, FAR_LEFT, 0)
        return self.scale * (np.maximum(x, 0) + self.alpha * left * np.exp(left))

    def df(self, x, y):
        left = np.clip(x, FAR_LEFT, 0)
        return self.scale * np.where(x >= 0, 1, self.alpha * (1 + left) * np.exp(left))
