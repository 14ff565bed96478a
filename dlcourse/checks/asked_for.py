"""What assignments may ask for, and the settings at which each answer is looked at.

An optimizer, activation function or initializer stands here, or `checks` refuses it as
``like=``. `SETTINGS` is the whole table: check -> name -> settings.
"""

from .mistakes import OPTIMIZERS, wrong_initializers

# name -> all settings that it is looked at with: its own defaults, and numbers nobody writes down
ACTIVATIONS = {
    "Sigmoid": [{}],
    "Tanh": [{}],
    "ReLU": [{}],
    "LeakyReLU": [{}, {"negative_slope": 0.2}],
    "PReLU": [{}, {"num_parameters": 9, "init": 0.6}],
    "ELU": [{}, {"alpha": 0.7}],
    "SELU": [{}],
    "SERLU": [{}],
    "GELU": [{}],
    "SiLU": [{}],
    "ReLU2": [{}],
}

# name -> the shapes that are drawn: wide and narrow
INITIALIZERS = dict.fromkeys(wrong_initializers.TABLES, [(600, 150), (100, 800)])

SETTINGS = {
    "optimizer": OPTIMIZERS,  # from the files of their mistakes
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
}


def name_in(check, like, module):
    """The name under which `like`, something of the library's `module`, stands in the table."""
    known, name = SETTINGS[check], getattr(like, "__name__", "")
    if name not in known or getattr(module, name) is not like:
        raise TypeError(f"like must be one of {', '.join(known)} but got {like!r}")
    return name
