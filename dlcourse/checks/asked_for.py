"""What assignments may ask for, and the settings at which each answer is looked at.

An optimizer, activation function or initializer stands here, or `checks` refuses it as
``like=``. `SETTINGS` is the whole table: check -> name -> settings.
"""

from .. import optimizers as library

# name -> settings at which every line of the update matters
OPTIMIZERS = {
    "SGD": {"lr": 0.1},
    "Momentum": {"lr": 0.1, "momentum": 0.7},
    "NAG": {"lr": 0.1, "momentum": 0.7},
    "Adagrad": {"lr": 0.1, "eps": 0.01},
    "RMSprop": {"lr": 0.1, "alpha": 0.8, "eps": 0.01},
    "Adadelta": {"lr": 0.5, "rho": 0.8, "eps": 0.01},
    "Adam": {"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01},
    "AdamW": {"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01, "weight_decay": 0.3},
    "RAdam": {"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01},
    "Lion": {"lr": 0.1, "betas": (0.7, 0.9), "weight_decay": 0.3},
}
# Their weight decay changes w itself, beside the step; that of the others is in the gradient.
DECOUPLED = tuple(name for name in OPTIMIZERS if getattr(library, name).decoupled)

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
}

# name -> the shapes that are drawn: wide and narrow
INITIALIZERS = {
    f"{rule}_{distribution}": [(600, 150), (100, 800)]
    for rule in ("lecun", "xavier", "he")
    for distribution in ("normal", "uniform")
}

SETTINGS = {
    "optimizer": OPTIMIZERS,
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
}


def name_in(check, like, module):
    """The name under which `like`, something of the library's `module`, stands in the table."""
    known, name = SETTINGS[check], getattr(like, "__name__", "")
    if name not in known or getattr(module, name) is not like:
        raise TypeError(f"like must be one of {', '.join(known)} but got {like!r}")
    return name
