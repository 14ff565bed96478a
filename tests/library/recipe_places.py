"""The recipes of CONTRIBUTING, cooked: Adamax and Softplus, with every place where they stand.

Each is a list of (file, a line that is there, what comes behind it); without a line the file
is new. `test_recipes.py` adds them to a copy of the repository, and leaves out each in turn.
"""

ADAMAX = [
    (
        "dlcourse/optimizers/adamax.py",
        None,
        '''"""Adam that divides by the largest gradient."""

import numpy as np

from .._errors import positive
from .base import Optimizer
from .settings import check_betas


class Adamax(Optimizer):
    r"""Adam that divides by the largest gradient so far, which fades, not by a root.

    .. math::

        m &\\leftarrow \\beta_1 m + (1 - \\beta_1) g \\\\
        u &\\leftarrow \\max(\\beta_2 u, \\operatorname{sign}(g) g + \\epsilon) \\\\
        w &\\leftarrow w - \\frac{\\text{lr}}{1 - \\beta_1^t} \\frac{m}{u}

    Notes
    -----
    Source: Kingma and Ba (2014), section 7.1. PyTorch agrees.
    """

    slots = ("m", "u")

    def __init__(self, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.betas = check_betas(betas)
        self.eps = positive("eps", eps)

    def update(self, w, g):
        beta1, beta2 = self.betas
        self.average(self.m, beta1, g)
        size = np.abs(g, self.scratch)
        size += self.eps
        self.u *= beta2
        np.maximum(self.u, size, out=self.u)
        w -= self.scaled(np.divide(self.m, self.u, self.scratch), 1 / (1 - beta1**self.t))
''',
    ),
    (
        "dlcourse/optimizers/__init__.py",
        ",\n]\n",
        'from .adamax import Adamax\n\n__all__ += ["Adamax"]\n',
    ),
    (
        "tests/library/registry/optimizers_adam.py",
        'ADAM_SLOTS = {"m": "exp_avg", "v": "exp_avg_sq"}\n\nOPTIMIZERS = {\n',
        """    "Adamax": Case(
        "Adamax",
        lambda t, w, g, s, lr, betas, eps: (
            s.__setitem__(0, betas[0] * s[0] + (1 - betas[0]) * g)
            or s.__setitem__(1, max(betas[1] * s[1], abs(g) + eps))
            or w - lr / (1 - betas[0] ** t) * s[0] / s[1]
        ),
        (0.01, 40),
        twin="Adamax",
        slots={"m": "exp_avg", "u": "exp_inf"},
        draw=drawn_adam,
        mutants=(("self.u *= beta2", "pass"), ("np.maximum", "np.minimum")),
    ),
""",
    ),
    (
        "dlcourse/checks/mistakes/wrong_radam.py",
        "known = TABLE.known\n",
        """TABLE.settings["Adamax"] = {"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01}


@known("Adamax", "the step goes uphill: w -= ...")
class AdamaxUphill(Optimizer):
    def direction(self, w, g):
        self.m = mean(self.m, self.betas[0], g)
        self.u = np.maximum(self.betas[1] * self.u, np.abs(g) + self.eps)
        return -self.m / (1 - self.betas[0] ** self.t) / self.u


""",
    ),
    (
        "chapters/conventions.md",
        "  - many texts call both by one name",
        "\n* - Adamax\n  - the paper's Algorithm 2\n  - the same everywhere\n",
    ),
]

SOFTPLUS = [
    (
        "dlcourse/activations/softplus.py",
        None,
        '''"""A smooth ReLU."""

import numpy as np

from .activation import Activation
from .squashing import Sigmoid


class Softplus(Activation):
    r"""The integral of the sigmoid.

    .. math:: f(x) = \\log(1 + \\exp(x)), \\qquad f'(x) = \\sigma(x)

    PyTorch differs: above 20 it gives x itself.
    """

    def f(self, x):
        return np.logaddexp(0, x)

    def df(self, x, y):
        return Sigmoid().f(x)
''',
    ),
    (
        "dlcourse/activations/__init__.py",
        ",\n]\n",
        'from .softplus import Softplus\n\n__all__ += ["Softplus"]\n',
    ),
    (
        "tests/library/registry/layers.py",
        "LAYERS = {\n",
        '    "Softplus": Case("Softplus", formula=lambda x: np.logaddexp(x, 0)),\n',
    ),
    (
        "dlcourse/checks/asked_for.py",
        "ACTIVATIONS = {\n",
        '    "Softplus": [{}],\n',
    ),
    (
        "dlcourse/checks/mistakes/curves.py",
        "RIGHT = {\n",
        '    "Softplus": (lambda x, a: np.logaddexp(0, x), lambda x, a: sigmoid(x)),\n',
    ),
    (
        "dlcourse/checks/mistakes/wrong_activations.py",
        "ROWS = {\n",
        '    "Softplus": [("no 1", "the 1 is missing: log(exp(x)) is x.", '
        "lambda x, a: x, None)],\n",
    ),
    (
        "tests/library/mutants.py",
        "MUTANTS = [\n",
        '    ("activations.softplus", "Softplus", "Sigmoid()", "-Sigmoid()", slope["Softplus"]),\n',
    ),
]
