r"""Activation functions: those of the study notes as they came into use, then GELU and SiLU.

Each is a function :math:`f` and its derivative :math:`f'`; the two passes are the same
for all: :math:`y = f(x)` and :math:`\partial L/\partial x = f'(x)\,\partial L/\partial y`.
"""

import numpy as np

from ._errors import array, positive, real_number, whole_number
from ._special import normal_cdf, normal_pdf
from .layers import Layer


class Activation(Layer):
    """What all activations share: a subclass states `f` and `df`.

    Examples
    --------
    >>> ReLU().forward(np.array([[-1.0, 2.0]])).tolist()
    [[0.0, 2.0]]
    """

    def f(self, x):
        """The function, entry by entry."""
        raise NotImplementedError(f"{self} needs a method f(self, x)")

    def df(self, x, y):
        """The derivative at `x`, where ``y = f(x)`` is at hand."""
        raise NotImplementedError(f"{self} needs a method df(self, x, y)")

    def forward(self, x, train=False):
        y = self.f(array("x", x, self))
        self.remember(train, y, x, y)
        return y

    def backward(self, dy):
        x, y = self.recall(dy)
        return dy * self.df(x, y)


class Sigmoid(Activation):
    r"""The logistic function: squashes to (0, 1) and saturates on both sides.

    .. math:: f(x) = \frac{1}{1 + e^{-x}}, \qquad f'(x) = f(x)\,(1 - f(x)) \le \tfrac14

    Computed from :math:`e^{-|x|}`, so that nothing overflows. PyTorch agrees.

    Examples
    --------
    >>> Sigmoid().forward(np.array([[0.0, -1e4]])).tolist()
    [[0.5, 0.0]]
    """

    def f(self, x):
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1, e) / (1 + e)

    def df(self, x, y):
        return y * (1 - y)


class Tanh(Activation):
    r"""The hyperbolic tangent: squashes to (-1, 1), centred, slope 1 at 0.

    .. math:: f(x) = \tanh x, \qquad f'(x) = 1 - f(x)^2

    PyTorch agrees.

    Examples
    --------
    >>> Tanh().forward(np.array([[0.0, 1e4]])).tolist()
    [[0.0, 1.0]]
    """

    def f(self, x):
        return np.tanh(x)

    def df(self, x, y):
        return 1 - y * y


class ReLU(Activation):
    r"""The rectified linear unit: passes what is positive, and nothing else.

    .. math:: f(x) = \max(0, x), \qquad
              f'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}

    At 0 the function has no derivative; 0 is the usual choice, and PyTorch agrees.
    Source: Nair and Hinton (2010); Glorot, Bordes and Bengio (2011).

    Examples
    --------
    >>> ReLU().forward(np.array([[-2.0, 3.0]])).tolist()
    [[0.0, 3.0]]
    """

    def f(self, x):
        return np.maximum(x, 0)

    def df(self, x, y):
        return x > 0


class LeakyReLU(Activation):
    r"""ReLU with a small slope *a* on the negative side, so that no unit is ever dead.

    .. math:: f(x) = \max(0, x) + a \min(0, x), \qquad
              f'(x) = \begin{cases} 1 & x > 0 \\ a & x \le 0 \end{cases}

    Parameters
    ----------
    negative_slope : float
        The slope *a*, fixed. PyTorch agrees (0.01); Keras takes 0.3.

    Notes
    -----
    Source: Maas, Hannun and Ng (2013).

    Examples
    --------
    >>> LeakyReLU(0.1).forward(np.array([[-2.0, 3.0]])).tolist()
    [[-0.2, 3.0]]
    """

    def __init__(self, negative_slope=0.01):
        self.negative_slope = real_number("negative_slope", negative_slope)

    def f(self, x):
        return np.where(x > 0, x, self.negative_slope * x)

    def df(self, x, y):
        return np.where(x > 0, x.dtype.type(1), x.dtype.type(self.negative_slope))

    def __repr__(self):
        return f"LeakyReLU({self.negative_slope})"


class PReLU(Activation):
    r"""LeakyReLU whose slope *a* is learned.

    .. math:: f(x) = \max(0, x) + a \min(0, x), \qquad
              \frac{\partial L}{\partial a} = \sum \min(0, x)\, \frac{\partial L}{\partial y}

    Parameters
    ----------
    num_parameters : int
        1 shares one slope among all units; *n* gives each of the *n* units its own.
    init : float
        Where the slopes start.

    Notes
    -----
    Source: He et al. (2015), eqs. 1 to 3. Give `a` no weight decay: it would pull the
    slope to ReLU's 0. PyTorch agrees.

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> Sequential(PReLU()).forward(np.array([[-2.0, 3.0]], np.float32)).tolist()
    [[-0.5, 3.0]]
    """

    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters = whole_number("num_parameters", num_parameters)
        self.init = real_number("init", init)
        self.a = None

    def initial(self, rng):
        return {"a": np.full(self.num_parameters, self.init)}

    def f(self, x):
        if self.a is None:
            raise ValueError(f"{self} has no slope yet; put it into a network: Sequential(...)")
        if self.num_parameters not in (1, x.shape[-1]):
            raise ValueError(
                f"{self} has {self.num_parameters} slopes but x has shape {x.shape}; "
                f"use PReLU({x.shape[-1]}), or PReLU() for one slope shared by all"
            )
        return np.where(x > 0, x, self.a * x)

    def df(self, x, y):
        return np.where(x > 0, x.dtype.type(1), self.a)

    def backward(self, dy):
        x, y = self.recall(dy)
        da = np.minimum(x, 0) * dy
        self.da[...] = da.sum() if self.num_parameters == 1 else da.sum(axis=0)
        return dy * self.df(x, y)

    def __repr__(self):
        return f"PReLU({self.num_parameters})"


class ELU(Activation):
    r"""The exponential linear unit: negative values pull the mean output towards 0.

    .. math:: f(x) = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases},
              \qquad f'(x) = \begin{cases} 1 & x > 0 \\ f(x) + \alpha & x \le 0 \end{cases}

    Parameters
    ----------
    alpha : float
        Above 0; the output never falls below :math:`-\alpha`.

    Notes
    -----
    Source: Clevert et al. (2015), eq. 15. PyTorch agrees.

    Examples
    --------
    >>> ELU().forward(np.array([[-1e4, 3.0]])).tolist()
    [[-1.0, 3.0]]
    """

    scale = 1.0

    def __init__(self, alpha=1.0):
        self.alpha = positive("alpha", alpha)

    def f(self, x):
        return self.scale * np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))

    def df(self, x, y):
        return np.where(x > 0, x.dtype.type(self.scale), y + self.scale * self.alpha)

    def __repr__(self):
        return f"ELU({self.alpha})"


class SELU(ELU):
    r"""ELU, scaled so that mean 0 and variance 1 reproduce themselves from layer to layer.

    .. math:: f(x) = \lambda \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}

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
        return self.scale * x * np.where(x >= 0, 1, self.alpha * np.exp(np.minimum(x, 0)))

    def df(self, x, y):
        slope = self.alpha * (1 + x) * np.exp(np.minimum(x, 0))
        return self.scale * np.where(x >= 0, 1, slope)


class GELU(Activation):
    r"""The Gaussian error linear unit: x times the probability that a normal lies below x.

    .. math:: f(x) = x\,\Phi(x), \qquad f'(x) = \Phi(x) + x\,\varphi(x)

    The exact form, not the tanh approximation. :math:`\Phi` needs the error function,
    which NumPy lacks: ours is a Chebyshev series fitted to ``math.erfc``, within
    :math:`10^{-14}` of it. Source: Hendrycks and Gimpel (2016). PyTorch agrees.

    Examples
    --------
    >>> round(float(GELU().forward(np.array([[1.0]]))[0, 0]), 4)
    0.8413
    """

    def f(self, x):
        return x * normal_cdf(x)

    def df(self, x, y):
        return normal_cdf(x) + x * normal_pdf(x)


class SiLU(Sigmoid):
    r"""The sigmoid-weighted linear unit, also called Swish.

    .. math:: f(x) = x\,\sigma(x), \qquad f'(x) = \sigma(x)\,(1 + x\,(1 - \sigma(x)))

    Source: Elfwing et al. (2017); Ramachandran et al. (2017). PyTorch agrees.

    Examples
    --------
    >>> round(float(SiLU().forward(np.array([[1.0]]))[0, 0]), 4)
    0.7311
    """

    def f(self, x):
        return x * super().f(x)

    def df(self, x, y):
        s = super().f(x)
        return s * (1 + x * (1 - s))
