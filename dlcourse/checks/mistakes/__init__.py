"""Known mistakes, one file a topic: what students get wrong, as code that runs.

To add a mistake, write it in the file of its topic, wrong in one place and right in all
others, under the sentence that names it::

    @known("backward scales dy but lacks the mask.")
    class GradientWithoutMask(Plain): ...

    @known("Adam AdamW", "the root is missing: divide by sqrt(v_hat) + eps.")
    def without_root(o, w, g): ...

To add an optimizer: its settings in `dlcourse/checks/asked_for.py`, a file with its mistakes
here, and that file's name in `OPTIMIZER_FILES` below. The tests take everything from
`MISTAKES`.
"""

from ..asked_for import INITIALIZERS, OPTIMIZERS
from ..engine.optimizer_factory import shared
from . import (
    wrong_activations,
    wrong_adam,
    wrong_adaptive,
    wrong_batchnorm,
    wrong_batchnorm_gradient,
    wrong_dropout,
    wrong_initializers,
    wrong_momentum,
    wrong_narrow,
    wrong_prelu,
    wrong_radam,
)

OPTIMIZER_FILES = (wrong_momentum, wrong_adaptive, wrong_adam, wrong_radam)

# What is asked for -> the mistakes that are known of it.
MISTAKES = {
    "dropout": wrong_dropout.TABLE,
    "batchnorm": wrong_batchnorm.TABLE + wrong_batchnorm_gradient.TABLE,
    "narrow": wrong_narrow.TABLE,
    "PReLU": wrong_prelu.TABLE,
    **wrong_activations.TABLES,
    **{name: wrong_initializers.mistakes(name) for name in INITIALIZERS},
    **{
        name: [*shared(name), *(m for file in OPTIMIZER_FILES for m in file.TABLE.get(name, ()))]
        for name in OPTIMIZERS
    },
}
