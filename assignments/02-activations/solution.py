# %% [markdown]
# # Assignment 2: Activation functions
#
# **The story.** A colleague has built a network of twenty layers with sigmoids.
# It runs, the loss is a number, but nothing is learned.
# She asks you to find out where the signal gets lost, and to change as little as possible.
#
# **The goal.** Write two activation functions, then measure what different ones do to a gradient on its way through twenty layers.
#
# You have read chapter 2. Plan about 90 minutes. There are 20 points.
#
# | part | what you do | points | minutes |
# |---|---|---|---|
# | 1 | write ELU | 5 | 20 |
# | 2 | write PReLU, which learns | 5 | 25 |
# | 3 | measure the gradients | 5 | 25 |
# | 4 | explain the plot | 5 | 20 |
#
# Replace each `raise NotImplementedError(...)` by your own code.
# The cell behind each part tests it; you may run it as often as you like.
# When something is wrong it says what differs, which property is broken, and the likely cause.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dlcourse import (
    ELU,
    Layer,
    Linear,
    PReLU,
    ReLU,
    Sequential,
    Sigmoid,
    checks,
    gradient_statistics,
    he_normal,
    mnist,
    xavier_normal,
)

# %% [markdown]
# ## Part 1: ELU (5 points)
#
# $f(x) = x$ for $x > 0$, and $\alpha (e^x - 1)$ for $x \le 0$.
# At $x = 0$ take the slope of the left side.
# Mind large $x$: $e^{1000}$ overflows, even where you do not need it.


# %% answer
class MyELU(Layer):
    """The exponential linear unit."""

    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def forward(self, x, train=False):
        """From x of any shape to y of the same shape and dtype. Keep what `backward` needs."""
        ### BEGIN SOLUTION
        self.x = x
        return np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))
        ### END SOLUTION

    def backward(self, dy):
        """From dL/dy to dL/dx, both of the shape of x: multiply by the slope at x."""
        ### BEGIN SOLUTION
        left = self.alpha * np.exp(np.minimum(self.x, 0))
        return dy * np.where(self.x > 0, self.x.dtype.type(1), left)
        ### END SOLUTION


# %% test name="elu" points=5
def test_elu(MyELU, ELU, checks):
    assert not issubclass(MyELU, ELU), "write your own layer, from Layer"
    checks.activation(MyELU, like=ELU)


test_elu(MyELU, ELU, checks)

# %% [markdown]
# ## Part 2: PReLU (5 points)
#
# $f(x) = x$ for $x > 0$, and $a x$ for $x \le 0$, where the slope $a$ is learned.
# One $a$ is shared by all units (`num_parameters=1`), or each of the $n$ units has its own (`num_parameters=n`).
#
# `initial` names what is learned. Afterwards the network gives you two arrays: `self.a`, and `self.da`, into which `backward` writes the gradient.


# %% answer
class MyPReLU(Layer):
    """ReLU with a learned slope on the left side."""

    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters = num_parameters
        self.init = init

    def initial(self, rng):
        """The dict {"a": array of shape (num_parameters,)}, every entry `init`."""
        ### BEGIN SOLUTION
        return {"a": np.full(self.num_parameters, self.init)}
        ### END SOLUTION

    def forward(self, x, train=False):
        """From x of shape (N, n) to y of shape (N, n), of the same dtype."""
        ### BEGIN SOLUTION
        self.x = x
        return np.where(x > 0, x, self.a * x)
        ### END SOLUTION

    def backward(self, dy):
        """From dL/dy of shape (N, n) to dL/dx, and dL/da written into self.da[...].

        dL/da sums min(0, x) * dy over everything that shares the slope.
        """
        ### BEGIN SOLUTION
        da = np.minimum(self.x, 0) * dy
        self.da[...] = da.sum() if self.num_parameters == 1 else da.sum(axis=0)
        return dy * np.where(self.x > 0, self.x.dtype.type(1), self.a)
        ### END SOLUTION


# %% test name="prelu" points=5
def test_prelu(MyPReLU, PReLU, checks):
    assert not issubclass(MyPReLU, PReLU), "write your own layer, from Layer"
    checks.activation(MyPReLU, like=PReLU)


test_prelu(MyPReLU, PReLU, checks)

# %% [markdown]
# ## Part 3: gradients through twenty layers (5 points)
#
# Here is the colleague's network, with the activation function left open.

# %%
SEEDS = range(5)
(images, labels), _ = mnist(200, 10, size=14)


def deep_net(activation, init, seed, depth=20):
    """196 pixels, then `depth` layers of 64 units with an activation each, then 10 classes."""
    layers = [Linear(196, 64, init=init), activation()]
    for _ in range(depth - 1):
        layers += [Linear(64, 64, init=init), activation()]
    return Sequential(*layers, Linear(64, 10, init=init), seed=seed)


# %% [markdown]
# `gradient_statistics(model, images, labels)` gives the size (standard deviation) of the gradient behind every layer, from the first to the last.
# Divide the first by the last: how much of the gradient arrives at the bottom?
# A ratio of 1 is ideal; far below 1 the first layers do not learn.


# %% answer
def arrives(activation, init):
    """The ratio first / last gradient size, for each seed in SEEDS: array of shape (5,)."""
    ### BEGIN SOLUTION
    ratios = []
    for seed in SEEDS:
        sizes = gradient_statistics(deep_net(activation, init, seed), images, labels)
        ratios.append(sizes[0] / sizes[-1])
    return np.array(ratios)
    ### END SOLUTION


# %%
arms = {
    "sigmoid": (Sigmoid, xavier_normal),
    "ReLU": (ReLU, he_normal),
    "your ELU": (MyELU, he_normal),
    "your PReLU": (MyPReLU, he_normal),
}
ratios = {name: arrives(*arm) for name, arm in arms.items()}


# %% test name="gradients" points=5
def test_gradients(ratios, arrives, arms, deep_net, images, labels, SEEDS, np):
    import dlcourse

    for name, ratio in ratios.items():
        assert np.shape(ratio) == (5,), f"{name}: one ratio for each seed, shape (5,)"
        assert np.isfinite(ratio).all(), f"{name}: the ratios are not finite"
    assert (ratios["sigmoid"] < 1e-6).all(), "with sigmoids hardly anything arrives; first / last?"
    for name in ("ReLU", "your ELU", "your PReLU"):
        assert (ratios[name] > 1e-3).all(), f"{name}: far more should arrive; first / last?"
        assert (ratios[name] < 1e3).all(), f"{name}: far less should arrive; first / last?"
    for name in ("ReLU", "your ELU"):
        activation, init = arms[name]
        arm = activation, lambda rng, shape, init=init: 1.1 * init(rng, shape)
        found = arrives(*arm)
        for i, seed in enumerate(SEEDS):
            sizes = dlcourse.gradient_statistics(deep_net(*arm, seed), images, labels)
            right = sizes[0] / sizes[-1]
            assert abs(found[i] - right) < 0.01 * right, (
                f"{name}, weights 1.1 times as large, seed {seed}: the ratio should be {right:.3g} but is {found[i]:.3g}; "
                f"does arrives build a network for each seed?"
            )


test_gradients(ratios, arrives, arms, deep_net, images, labels, SEEDS, np)

# %%
fig, ax = plt.subplots()
for i, name in enumerate(ratios):
    ax.semilogy([i] * 5, ratios[name], "o")
ax.set_xticks(range(len(ratios)), ratios)
ax.set_ylabel("gradient at the first layer / at the last")
plt.show()

# %% [markdown]
# ## Part 4: explain the plot (5 points)

# %% written name="explain" points=5
# Answer in five to ten sentences.
#
# 1. The slope of a sigmoid is at most 1/4. Estimate from that what is left after twenty layers, and compare with the plot.
# 2. Why is the ratio of ReLU close to 1 although half of its slopes are 0?
# 3. The colleague may change one line. Which one, and what else has to change with it?
# 4. PReLU has one more number to learn in each layer. Would you expect it to help here? How would you test it?
### BEGIN SOLUTION
# Twenty factors of at most 1/4 leave at most about 1e-12; Xavier's weights do not make up for it. The plot shows values of that order or below.
# He's weights have the variance 2/n: the 2 makes up for the half of the slopes that are 0.
# Replace the sigmoid by ReLU or ELU; the initializer has to change with it, from Xavier to He.
# At the start PReLU is a leaky ReLU, so gradients arrive alike; whether learning the slope helps is seen only by training with several seeds, each arm with its own learning rate.
#
# **Rubric.** 1 point: (1/4)**20 and the comparison. 2 points: the factor 2 of He against the lost half (1 if only "ReLU does not saturate"). 1 point: activation and initializer together. 1 point: an experiment with several seeds and a fair learning rate.
### END SOLUTION
