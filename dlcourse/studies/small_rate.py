"""Does batch normalization help at a small learning rate, if one waits?

Five layers of ReLU learn from 1,000 digits by plain gradient descent at the rate 0.01, for 100
epochs instead of a few. Who wins depends on when one looks.
"""

from dlcourse import SGD, BatchNorm, Linear, ReLU, Sequential, accuracy, fit, mnist

from . import BASES

LOOK = (1, 2, 3, 4, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100)


def net(seed, normalized):
    """196 pixels -> five times 100 units -> 10 classes, with or without normalization."""
    layers, n_in = [], 196
    for _ in range(5):
        layers.append(Linear(n_in, 100))
        layers += [BatchNorm(100)] if normalized else []
        layers.append(ReLU())
        n_in = 100
    return Sequential(*layers, Linear(100, 10), seed=seed)


def run(seed, arm, lr):
    """Test error in percent after some epochs, and the training error in the end."""
    data, test = mnist(1000, 1000, size=14, seed=seed)
    model, errors = net(seed, arm == "norm"), {}

    def look(epoch, model, history):
        if epoch + 1 in LOOK:
            errors[f"test {epoch + 1}"] = round(100 * (1 - accuracy(model, *test)), 2)

    fit(model, data, optimizer=SGD(lr), batch_size=50, epochs=LOOK[-1], seed=seed, on_epoch=look)
    return {**errors, "train": round(100 * (1 - accuracy(model, *data)), 2)}


def grid():
    """Ten seeds from each base, with and without, at the small rate and at a larger one."""
    return [
        {"seed": seed, "arm": arm, "lr": lr}
        for lr in (0.01, 0.1)
        for arm in ("plain", "norm")
        for base in BASES
        for seed in range(base, base + 10)
    ]
