"""Known mistakes, one file a topic: what students get wrong, as code that runs.

To add a mistake, write it in the file of its topic: a subclass of what is right there, which
changes one piece of it, under the sentence that names it::

    @known("backward scales dy but lacks the mask.")
    class GradientWithoutMask(Plain): ...

    @known("Adam AdamW", "the root is missing: divide by sqrt(v_hat) + eps.")
    class WithoutRoot(Adam): ...

Two of them that change different pieces are known as a pair, too.

An optimizer stands with the settings of its check in the table of its file. The tests take
everything from `MISTAKES`.
"""

from . import (
    wrong_activations,
    wrong_adadelta,
    wrong_adam,
    wrong_adaptive,
    wrong_batchnorm,
    wrong_batchnorm_gradient,
    wrong_dropout,
    wrong_initializers,
    wrong_lion,
    wrong_momentum,
    wrong_muon,
    wrong_narrow,
    wrong_prelu,
    wrong_radam,
    wrong_schedule_free,
)

OPTIMIZER_FILES = wrong_momentum, wrong_adaptive, wrong_adadelta, wrong_adam, wrong_radam
OPTIMIZER_FILES += wrong_lion, wrong_muon, wrong_schedule_free
OPTIMIZER_TABLES = [file.TABLE for file in OPTIMIZER_FILES]
# The optimizers that may be asked for: name -> settings at which every line matters.
OPTIMIZERS = {name: settings for t in OPTIMIZER_TABLES for name, settings in t.settings.items()}

# What is asked for -> the mistakes that are known of it.
MISTAKES = {
    "dropout": wrong_dropout.TABLE,
    "batchnorm": wrong_batchnorm.TABLE + wrong_batchnorm_gradient.TABLE,
    "narrow": wrong_narrow.TABLE,
    "PReLU": wrong_prelu.TABLE,
    **wrong_activations.TABLES,
    **wrong_initializers.TABLES,
    **{
        name: [mistake for table in OPTIMIZER_TABLES for mistake in table.get(name, ())]
        for name in OPTIMIZERS
    },
}
