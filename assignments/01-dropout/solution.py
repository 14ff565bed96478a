# %% [markdown]
# # Assignment 1: Dropout
#
# **The story.** A small clinic fills in its forms by hand.
# It wants a machine to read the digits, and somebody has labelled 300 of them.
# A large network learns these 300 by heart, and reads new forms badly.
# There is no money for more labels.
#
# **The goal.** Write dropout, prove to yourself that it is right, and find out whether it helps the clinic.
#
# You have read chapter 1. Plan about 90 minutes. There are 20 points.
#
# | part | what you do | points | minutes |
# |---|---|---|---|
# | 1 | write the layer | 7 | 30 |
# | 2 | measure its noise | 3 | 15 |
# | 3 | run the experiment | 5 | 25 |
# | 4 | explain the plot | 5 | 20 |
#
# Replace each `raise NotImplementedError(...)` by your own code.
# The cell behind each part tests it; you may run it as often as you like.
# When something is wrong it says what differs, which property is broken, and the likely cause.
# The chapter's `Dropout` is there to compare with, but the code must be your own.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dlcourse import (
    Dropout,
    Layer,
    Linear,
    Momentum,
    ReLU,
    Sequential,
    accuracy,
    checks,
    fit,
    linear_lr,
    mnist,
)

# %% [markdown]
# ## Part 1: the layer (7 points)
#
# In training, drop each entry with the probability `rate`, and divide what is kept by `1 - rate`.
# In inference, change nothing.
# Draw your random numbers from `self.rng`: it is there as soon as the layer stands in a network.


# %% answer
class MyDropout(Layer):
    """Inverted dropout with a rate in [0, 1): the probability of dropping."""

    def __init__(self, rate=0.5):
        self.rate = rate

    def forward(self, x, train=False):
        """From x of shape (N, n) to y of shape (N, n), of the same dtype.

        With train=True draw a new mask of shape (N, n) and keep it for `backward`.
        With train=False return x. Do not write into x.
        """
        ### BEGIN SOLUTION
        if not train:
            return x
        keep = self.rng.random(x.shape) < 1 - self.rate
        self.mask = keep.astype(x.dtype) / (1 - self.rate)
        return self.mask * x
        ### END SOLUTION

    def backward(self, dy):
        """From dL/dy of shape (N, n) to dL/dx of shape (N, n), through the mask of `forward`."""
        ### BEGIN SOLUTION
        return self.mask * dy
        ### END SOLUTION


# %% test name="layer" points=7
def test_layer(MyDropout, Dropout, checks):
    assert not issubclass(MyDropout, Dropout), "write your own layer, from Layer"
    checks.dropout(MyDropout)


test_layer(MyDropout, Dropout, checks)

# %% [markdown]
# ## Part 2: the noise (3 points)
#
# The chapter says: the mean of $y$ over many masks is $x$, and its variance is $\frac{p}{1-p} x^2$.
# Do not believe it; measure it with your own layer.
# The function takes the layer's class, so that others can be measured, too.


# %% answer
def noise(rate, value, n=100_000, seed=0, kind=MyDropout):
    """Mean and variance of dropout's output when every input is `value`.

    Make a layer = kind(rate), give it a stream, layer.rng = np.random.default_rng(seed), and
    send one array of shape (1, n) through it, with train=True.
    Returns (mean, variance), two floats.
    """
    ### BEGIN SOLUTION
    layer = kind(rate)
    layer.rng = np.random.default_rng(seed)
    y = layer.forward(np.full((1, n), value), train=True)
    return float(y.mean()), float(y.var())
    ### END SOLUTION


# %% test name="noise" points=3
def test_noise(noise, Layer):
    for rate, value in ((0.2, 3.0), (0.5, 1.0), (0.75, -2.0)):
        mean, variance = noise(rate, value)
        right = rate / (1 - rate) * value**2
        assert abs(mean - value) < 0.05, f"the mean should be about {value} but is {mean:.3f}"
        assert abs(variance - right) < 0.05 * right, (
            f"rate {rate}: the variance should be about {right:.3f} but is {variance:.3f}"
        )

    class Swings(Layer):
        """No dropout: it adds the rate to one half of the entries, and takes it from the other."""

        def __init__(self, rate):
            self.rate = rate

        def forward(self, x, train=False):
            y = x + self.rate
            y[..., ::2] -= 2 * self.rate
            return y

    mean, variance = noise(0.5, 3.0, n=1000, kind=Swings)
    assert abs(mean - 3) < 1e-6, f"measure the layer that is given: its mean is 3, not {mean:.3f}"
    assert abs(variance - 0.25) < 1e-6, (
        f"measure the layer that is given as kind: its variance is 0.25, not {variance:.3f}"
    )


test_noise(noise, Layer)

# %% [markdown]
# ## Part 3: the experiment (5 points)
#
# Here is the clinic's network. A large layer, few digits.

# %%
SEEDS = range(5)


def clinic_net(rate, seed):
    """196 pixels -> 256 units -> 10 classes; your dropout in front of both layers."""
    return Sequential(
        MyDropout(rate / 2.5), Linear(196, 256), ReLU(), MyDropout(rate), Linear(256, 10), seed=seed
    )


def test_error(model, seed, epochs=60):
    """Train on 300 digits; return the percentage of 1,000 new ones that it gets wrong."""
    train, new = mnist(300, 1000, size=14, seed=seed)
    fit(
        model,
        train,
        optimizer=Momentum(lr=0.05),
        schedule=linear_lr(epochs * 6),
        batch_size=50,
        epochs=epochs,
        seed=seed,
    )
    return 100 * (1 - accuracy(model, *new))


# %% [markdown]
# Fill two arrays with one test error for each seed in `SEEDS`: `plain` without dropout (rate 0), and `dropped` with rate 0.5.
# Use the same seed for the network and for `test_error`.

# %% answer
### BEGIN SOLUTION
plain = np.array([test_error(clinic_net(0.0, seed), seed) for seed in SEEDS])
dropped = np.array([test_error(clinic_net(0.5, seed), seed) for seed in SEEDS])
### END SOLUTION


# %% test name="experiment" points=5
def test_experiment(plain, dropped, clinic_net, test_error, SEEDS):
    from dlcourse import accuracy, mnist

    for name, errors in (("plain", plain), ("dropped", dropped)):
        assert getattr(errors, "shape", None) == (5,), f"{name} needs one number for each seed"
        assert (errors > 5).all(), f"{name} is in percent, and no net reads 95 % right here"
        assert (errors < 30).all(), f"{name} is far too high; is the layer in part 1 right?"
    assert len(set(plain.tolist())) > 1, "other seeds give other errors; is the seed handed on?"
    assert dropped.mean() < plain.mean(), "dropout helps here; are the two arrays swapped?"
    for name, errors, rate in (("plain", plain, 0.0), ("dropped", dropped, 0.5)):
        i = round(10 * errors.sum()) % 5  # one of the five, another for other numbers
        model, seed = clinic_net(rate, SEEDS[i]), SEEDS[i]
        again = test_error(model, seed)
        assert abs(errors[i] - again) < 0.05, (
            f"{name}[{i}] is {errors[i]:.1f}, but seed {seed} and rate {rate} run once more "
            f"give {again:.1f}; is each entry the error of its own seed and rate?"
        )
        _, new = mnist(300, 1000, size=14, seed=seed)
        right = 100 * (1 - accuracy(model, *new))
        assert abs(again - right) < 0.05, (
            f"test_error says {again:.1f}, but the network that it trained gets {right:.1f} % of "
            f"the new digits wrong; use test_error as it was given"
        )


test_experiment(plain, dropped, clinic_net, test_error, SEEDS)

# %%
fig, ax = plt.subplots()
for a, b in zip(plain, dropped, strict=True):
    ax.plot([0, 1], [a, b], "o-", color="grey")
ax.set_xticks([0, 1], ["no dropout", "rate 0.5"])
ax.set_ylabel("wrong on new digits (%)")
plt.show()

# %% [markdown]
# ## Part 4: explain the plot (5 points)

# %% written name="explain" points=5
# Answer in five to ten sentences.
#
# 1. What does a single grey line compare, and what is the same at both of its ends?
# 2. By how many percentage points does dropout help, on average and in the worst pair?
# 3. The network with dropout makes *more* mistakes on the 300 training digits. Why is this no contradiction?
# 4. The clinic asks whether it should use rate 0.9. What do you expect, and how would you find out?
### BEGIN SOLUTION
# A line compares two networks with the same digits, first weights and order of batches; only the rate differs.
# Dropout helps by one to three percentage points on average; in the worst pair it may help hardly at all.
# Training errors are counted on what was learned by heart. Dropout makes learning by heart harder, so the net must find what the digits have in common, and that carries over to new ones.
# At 0.9 only a tenth of the units speak; the noise, p/(1-p) = 9 times the signal, is likely too much for 300 digits. One would try several rates on validation digits, with several seeds, before looking at the test digits.
#
# **Rubric.** 1 point: the pair has the same split, weights and order. 1 point: both numbers, read from their own arrays. 2 points: fitting and generalizing are told apart (1 if only "it overfits"). 1 point: a prediction with a reason, and a test on *other* digits than the test set.
### END SOLUTION
