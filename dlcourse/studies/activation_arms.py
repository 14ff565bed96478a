"""Which activation learns faster, and which ends better, once each has its own learning rate?

Networks of 64 units a layer learn from 1,000 digits, whose pixels have mean 0 and variance 1, as
SELU asks, in 400 steps, which shrink to 0. The learning rate of each arm is the one that the
study activation-rates found best.
"""

from dlcourse import (
    GELU,
    SELU,
    Adam,
    Diverged,
    LayerNorm,
    Linear,
    Momentum,
    ReLU,
    ReLU2,
    Residual,
    Sequential,
    Sigmoid,
    SiLU,
    SwiGLU,
    Tanh,
    accuracy,
    fit,
    he_normal,
    lecun_normal,
    linear_lr,
    mnist,
    study,
    xavier_normal,
)

from . import BASES
from .start_arms import CentredLinear, scaled

AFTER = ("activation-rates",)
OPTIMIZERS = {"Momentum": Momentum, "Adam": Adam}
SEEDS = 4  # from each base
EPOCHS, EARLY = 20, 5
# Name -> activation, initializer, layer behind another hidden layer.
ARMS = {
    "ReLU": (ReLU, he_normal, Linear),
    "GELU": (GELU, he_normal, Linear),
    "SiLU": (SiLU, he_normal, Linear),
    "ReLU2": (ReLU2, he_normal, Linear),
    "tanh": (Tanh, lecun_normal, Linear),
    "SELU": (SELU, lecun_normal, Linear),
    "sigmoid": (Sigmoid, xavier_normal, Linear),
    "sigmoid, bias": (Sigmoid, xavier_normal, CentredLinear),
    "sigmoid, gain": (Sigmoid, scaled(4), Linear),
    "sigmoid, both": (Sigmoid, scaled(4), CentredLinear),
}


def hidden(arm, depth, width=64):
    """The hidden layers of one arm, and how many numbers leave the last one."""
    if arm == "shortcuts" or arm.startswith("block"):
        return blocks(arm, depth // 2, width), width
    if arm == "SwiGLU":  # narrower, so that it has no more weights than the others
        width = 34
        return [SwiGLU(n, width) for n in [196] + [width] * (depth - 1)], width
    activation, init, inner = ARMS[arm]
    layers = [Linear(196, width, init=init), activation()]
    for _ in range(depth - 1):
        layers += [inner(width, width, init=init), activation()]
    return layers, width


def blocks(arm, count, width):
    """Branches with a way around them: plain ones, or as in a transformer, all of equal weights."""
    if arm == "shortcuts":
        layers = [Linear(196, width, init=he_normal), ReLU()]
        for _ in range(count):
            branch = [Linear(width, width, init=he_normal), ReLU(), Linear(width, width)]
            layers.append(Residual(*branch, scale=count**-0.5))
        return layers
    layers = [Linear(196, width)]
    for _ in range(count):
        if arm == "block, SwiGLU":
            branch = [SwiGLU(width, width), Linear(width, width, bias=False)]
        else:
            activation, wide = ARMS[arm.removeprefix("block, ")][0], 3 * width // 2
            branch = [Linear(width, wide, init=he_normal, bias=False), activation()]
            branch.append(Linear(wide, width, bias=False))
        layers.append(Residual(LayerNorm(width), *branch))
    return [*layers, LayerNorm(width)]


def network(arm, depth, seed):
    """196 pixels -> depth hidden layers -> 10 classes."""
    layers, width = hidden(arm, depth)
    return Sequential(*layers, Linear(width, 10, init=lecun_normal), seed=seed)


def split(seed):
    """1,000 digits to train on, 500 to validate and 3,000 to test, all standardized alike."""
    (x, labels), (new_x, new_labels) = mnist(1500, 3000, size=14, seed=seed)
    mean, std = x[:1000].mean(), x[:1000].std()
    x, new_x = (x - mean) / std, (new_x - mean) / std
    return (x[:1000], labels[:1000]), (x[1000:], labels[1000:]), (new_x, new_labels)


def train(seed, arm, depth, optimizer, lr, judge=(0, 1, 2)):
    """Errors in percent of one network after a quarter of the steps, and after all.

    `judge` says on which digits: 0 training, 1 validation, 2 test.
    """
    model, parts = network(arm, depth, seed), split(seed)
    found = []

    def record(epoch, model, history):
        if epoch + 1 in (EARLY, EPOCHS):
            found.extend(100 * (1 - accuracy(model, *parts[i])) for i in judge)

    try:
        fit(
            model,
            parts[0],
            optimizer=OPTIMIZERS[optimizer](lr),
            schedule=linear_lr(20 * EPOCHS),
            batch_size=50,
            epochs=EPOCHS,
            seed=seed,
            on_epoch=record,
        )
    except (Diverged, FloatingPointError):  # as good as guessing
        found = [90.0] * (2 * len(judge))
    return [round(error, 2) for error in found]


def run(seed, arm, depth, optimizer, lr):
    """Test error of one network after a quarter of the steps, and both errors at the end."""
    _, early, training, test = train(seed, arm, depth, optimizer, lr, judge=(0, 2))
    return {"early": early, "train": training, "test": test}


def grid():
    """Four seeds from each base, each arm at the rate that was best for that base."""
    from .activation_rates import best

    return [
        {"seed": seed, **setting}
        for base in BASES
        for setting in best(study("activation-rates"), base)
        for seed in range(base, base + SEEDS)
    ]
