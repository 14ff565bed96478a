"""Muon: momentum whose matrices are made orthogonal before they are taken as steps."""

import math
from collections.abc import Mapping

import numpy as np

from .._arguments import flag, one_of
from .._errors import below_one, positive, real_number, whole_number
from .base import Optimizer
from .settings import check_betas


class Muon(Optimizer):
    r"""Steps that turn and mirror: each matrix of momentum with its singular values near 1.

    For every matrix among the weights

    .. math::

        m &\leftarrow \mu m + (1 - \mu) g \\
        u &= (1 - \mu) g + \mu m \\
        X &= \frac{u}{\max(\lVert u \rVert, \epsilon)}

    then `ns_steps` times (Newton and Schulz)

    .. math::

        A &= X X^\top \\
        X &\leftarrow a X + (b A + c A^2) X

    which moves every singular value of *X* towards 1, and leaves its directions as they are,

    .. math::

        w &\leftarrow w - \text{lr} \cdot \text{weight\_decay} \cdot w \\
        w &\leftarrow w - \text{lr} \cdot \text{ratio} \cdot X

    All other parts, biases and the gains of norms, take the steps of `AdamW`.

    Parameters
    ----------
    lr : float or ndarray
        Above 0. Other parts often want another rate than matrices, and an array has one:
        ``model.vector(lambda layer, name, array: 0.02 if array.ndim == 2 else 1e-3)``.
    shapes : dict or None
        The parts of *w* in order, name -> shape: ``model.shapes``. Those of two dimensions,
        (n_in, n_out), are matrices. A part that shall not be one gets its length instead, as
        the first and the last layer often do: ``model.shapes | {"4.W": (640,)}``. None: *w*
        is a single part, of the shape that it has.
    momentum : float
        :math:`\mu`, in [0, 1).
    nesterov : bool
        False takes :math:`u = m`.
    ns_coefficients : (float, float, float)
        *a*, *b* and *c*. These are quick and do not settle at 1: in five steps each singular
        value above 0.3 % of the matrix's length comes to lie between 0.68 and 1.21.
    eps : float
        Above 0: the least length that a matrix is divided by; for the other parts Adam's.
    ns_steps : int
        From 1 to 99.
    adjust_lr_fn : {None, "original", "match_rms_adamw"}
        The ratio: :math:`\sqrt{\max(1, n_\text{out}/n_\text{in})}` unless it is
        ``"match_rms_adamw"``, :math:`0.2\sqrt{\max(n_\text{in}, n_\text{out})}`, with which
        the lengths of steps, and so good rates, are about those of AdamW.
    betas : (float, float)
        AdamW's, for the other parts.
    weight_decay : float or ndarray
        At least 0. Decoupled, for all parts.

    Raises
    ------
    ValueError
        From the first `step` or `fit`, if `shapes` are not those of *w*.

    Notes
    -----
    Source: Jordan et al. (2024); the second ratio: Liu et al. (2025). PyTorch agrees, but it
    takes matrices alone, stores them as (n_out, n_in), and computes *X* in bfloat16, which
    has three digits; here it is computed in the dtype of *w*.

    Examples
    --------
    A direction with a hundredth of the gradient gets a step as long as the other:

    >>> w = np.zeros((2, 2))
    >>> Muon(lr=1.0, shapes=None).step(w, g=np.array([[100.0, 0.0], [0.0, -1.0]]))
    >>> w.round(1).tolist()
    [[-0.7, 0.0], [0.0, 0.7]]
    """

    slots = ("m", "v")
    decoupled = True

    def __init__(
        self,
        lr=1e-3,
        *,
        shapes,
        momentum=0.95,
        nesterov=True,
        ns_coefficients=(3.4445, -4.7750, 2.0315),
        eps=1e-7,
        ns_steps=5,
        adjust_lr_fn=None,
        betas=(0.9, 0.999),
        weight_decay=0.1,
    ):
        super().__init__(lr, weight_decay)
        self.shapes = _check_shapes(shapes)
        self.momentum = below_one("momentum", momentum)
        self.nesterov = flag("nesterov", nesterov)
        self.ns_coefficients = _check_coefficients(ns_coefficients)
        self.eps = positive("eps", eps)
        self.ns_steps = whole_number("ns_steps", ns_steps)
        if self.ns_steps >= 100:
            raise ValueError(f"ns_steps must be below 100 but got {ns_steps}; 5 are enough")
        if adjust_lr_fn is not None:
            one_of("adjust_lr_fn", adjust_lr_fn, ("original", "match_rms_adamw"))
        self.adjust_lr_fn = adjust_lr_fn
        self.betas = check_betas(betas)

    def update(self, w, g):
        for part, shape in self._parts(w):
            arrays = (a[part].reshape(shape) for a in (self.m, self.v, g, self.scratch))
            (self._orthogonal if len(shape) == 2 else self._adam)(*arrays)
        w -= self.scaled(self.scratch)

    def _check(self, w):
        super()._check(w)
        size = w.size if self.shapes is None else sum(map(math.prod, self.shapes.values()))
        if size != w.size or (self.shapes is not None and w.ndim != 1):
            raise ValueError(
                f"Muon: shapes must be those of the parts of w, one behind the other, but they "
                f"have {size} numbers and w has shape {w.shape}; give those of the network that "
                f"is trained: shapes=model.shapes"
            )

    def _parts(self, w):
        """Where each part lies in w, and its shape."""
        if self.shapes is None:
            yield ..., w.shape
            return
        begin = 0
        for shape in self.shapes.values():
            end = begin + math.prod(shape)
            yield slice(begin, end), shape
            begin = end

    def _orthogonal(self, m, v, g, step):
        """The step of a matrix: its momentum, made orthogonal."""
        mu = self.momentum
        m *= mu
        m += np.multiply(g, 1 - mu, step)
        u = m
        if self.nesterov:
            u = np.subtract(m, g, step)
            u *= mu
            u += g  # (1 - mu) g + mu m
        n_in, n_out = m.shape
        if self.adjust_lr_fn == "match_rms_adamw":
            ratio = 0.2 * math.sqrt(max(n_in, n_out))
        else:
            ratio = math.sqrt(max(1, n_out / n_in))
        X = newton_schulz(u, self.ns_coefficients, self.ns_steps, self.eps)
        np.multiply(X, ratio, step)

    def _adam(self, m, v, g, step):
        """The step of anything else: Adam's."""
        beta1, beta2 = self.betas
        m *= beta1
        m += np.multiply(g, 1 - beta1, step)
        v *= beta2
        v += np.multiply(np.square(g, step), 1 - beta2, step)
        correction = math.sqrt(1 - beta2**self.t)
        root = np.sqrt(v, step)
        root += self.eps * correction
        np.divide(m, root, step)
        step *= correction / (1 - beta1**self.t)


def newton_schulz(u, coefficients, steps, eps):
    """`u` with its singular values near 1; the products are made on its short side."""
    a, b, c = coefficients
    X = u / max(float(np.linalg.norm(u)), eps)
    if len(X) > X.shape[1]:
        X = X.T
    for _ in range(steps):
        A = X @ X.T
        X = a * X + (b * A + c * (A @ A)) @ X
    return X if X.shape == u.shape else X.T


def _check_shapes(shapes):
    """A dict of names and shapes of its own, or None."""
    if shapes is None:
        return None
    if not isinstance(shapes, Mapping):
        raise TypeError(
            f"shapes must be a dict of names and shapes, model.shapes, but got {shapes!r:.60}; "
            f"None says that w is one part"
        )
    for name, shape in shapes.items():
        if not isinstance(shape, (tuple, list)):
            raise TypeError(f"shapes: {name} must be a tuple such as (3, 2) but got {shape!r:.60}")
    return {
        name: tuple(whole_number(f"shapes: each number of {name}", n) for n in shape)
        for name, shape in shapes.items()
    }


def _check_coefficients(values):
    if not isinstance(values, (tuple, list)) or len(values) != 3:
        raise ValueError(f"ns_coefficients must be three numbers (a, b, c) but got {values!r:.60}")
    return tuple(real_number("ns_coefficients", value) for value in values)
