# %% [markdown]
# # Assignment 3: Batch normalization
#
# **The story.** A network of ten layers reads digits, if its learning rate and its first weights are chosen with care.
# Every time somebody changes the width of a layer, the search for them begins again.
# Your team has heard that batch normalization forgives bad choices.
#
# **The goal.** Write batch normalization with its backward pass, and test the promise.
#
# You have read chapter 3. Plan about 90 minutes. There are 20 points.
#
# | part | what you do | points | minutes |
# |---|---|---|---|
# | 1 | write the layer | 9 | 45 |
# | 2 | test its backward pass yourself | 2 | 10 |
# | 3 | run the experiment | 4 | 15 |
# | 4 | explain the plot | 5 | 20 |
#
# Replace each `raise NotImplementedError(...)` by your own code.
# The cell behind each part tests it; you may run it as often as you like.
# When something is wrong it says what differs, which property is broken, and the likely cause.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dlcourse import (
    BatchNorm,
    Diverged,
    Layer,
    Linear,
    Momentum,
    ReLU,
    Sequential,
    accuracy,
    checks,
    fit,
    mnist,
)

# %% [markdown]
# ## Part 1: the layer (9 points)
#
# In training, normalize every unit (column) by the mean and the variance of the batch; divide the variance by $N$.
# Update the running statistics: `momentum` is the share of the *new* value, and the running variance takes the variance divided by $N - 1$.
# In inference, use the running statistics and change nothing.
#
# The network gives you `self.gamma` and `self.beta`, named by `initial`, and `self.dgamma` and `self.dbeta`, into which `backward` writes.


# %% answer
class MyBatchNorm(Layer):
    """Batch normalization of n units."""

    state = ("running_mean", "running_var")  # saved with the network

    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean = np.zeros(n)
        self.running_var = np.ones(n)

    def initial(self, rng):
        """What is learned, each of shape (n,): gamma starts at 1, beta at 0."""
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}

    def forward(self, x, train=False):
        """From x of shape (N, n) to y of shape (N, n), of the same dtype."""
        ### BEGIN SOLUTION
        if not train:
            std = np.sqrt(self.running_var + self.eps)
            return self.gamma * (x - self.running_mean) / std + self.beta
        N = len(x)
        mean, var = x.mean(axis=0), x.var(axis=0)
        self.std = np.sqrt(var + self.eps)
        self.x_hat = (x - mean) / self.std
        self.running_mean += self.momentum * (mean - self.running_mean)
        self.running_var += self.momentum * (var * N / (N - 1) - self.running_var)
        return self.gamma * self.x_hat + self.beta
        ### END SOLUTION

    def backward(self, dy):
        """From dL/dy of shape (N, n) to dL/dx of shape (N, n).

        Writes dL/dgamma into self.dgamma[...] and dL/dbeta into self.dbeta[...], both (n,).
        """
        ### BEGIN SOLUTION
        N = len(dy)
        self.dbeta[...] = dy.sum(axis=0)
        self.dgamma[...] = (self.x_hat * dy).sum(axis=0)
        inner = dy - self.dbeta / N - self.x_hat * self.dgamma / N
        return self.gamma / self.std * inner
        ### END SOLUTION


# %% test name="layer" points=9
def test_layer(MyBatchNorm, BatchNorm, checks):
    assert not issubclass(MyBatchNorm, BatchNorm), "write your own layer, from Layer"
    checks.batchnorm(MyBatchNorm)


test_layer(MyBatchNorm, BatchNorm, checks)

# %% [markdown]
# ## Part 2: your own test (2 points)
#
# A normalized batch does not change when a constant is added to all rows. So the gradient cannot point that way.
# Show it with numbers: send `x` and a gradient `dy` through a layer, and return the largest absolute sum over a column of dL/dx.
# It must be 0, up to rounding. For a layer that does not normalize it is not, so the function takes the layer's class.


# %% answer
def column_sum(x, dy, kind=MyBatchNorm):
    """The largest |sum over rows of dL/dx| for x and dy of shape (N, n), float64: a float.

    Make a network of one layer, Sequential(kind(n), dtype=np.float64); call
    forward(x, train=True), then backward(dy, input_gradient=True), which returns dL/dx.
    """
    ### BEGIN SOLUTION
    model = Sequential(kind(x.shape[1]), dtype=np.float64)
    model.forward(x, train=True)
    dx = model.backward(dy, input_gradient=True)
    return float(np.abs(dx.sum(axis=0)).max())
    ### END SOLUTION


# %% test name="own" points=2
def test_own(column_sum, Layer, np):
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=(8, 3)), rng.normal(size=(8, 3))
    found = column_sum(x, dy)
    assert isinstance(found, float), f"a float is asked for, not {found!r}"
    assert 0 <= found < 1e-9, f"the sums should be 0 but the largest is {found}"

    class Scales(Layer):
        """It multiplies by a number, so dL/dx is that number times dy."""

        factor = 1.0

        def __init__(self, n):
            pass

        def forward(self, x, train=False):
            return self.factor * x

        def backward(self, dy):
            return self.factor * dy

    for Scales.factor in (1.0, 3.0):
        found, right = column_sum(x, dy, kind=Scales), Scales.factor * abs(dy.sum(axis=0)).max()
        assert abs(found - right) < 1e-9, (
            f"a layer that multiplies by {Scales.factor} has the sum {right:.3f}, but column_sum "
            f"says {found:.3f}; is the layer that is given looked at?"
        )


test_own(column_sum, Layer, np)

# %% [markdown]
# ## Part 3: the experiment (4 points)
#
# Ten layers, and first weights that are too small on purpose.

# %%
RATES = [0.003, 0.03, 0.3]
SEEDS = range(3)


def small_weights(rng, shape):
    """A careless start: half of He's standard deviation."""
    return rng.normal(0, 0.5 * (2 / shape[0]) ** 0.5, shape)


def deep_net(normalized, seed, depth=8, width=48):
    """`depth` hidden layers, each with your batch normalization or without."""
    layers, n_in = [], 196
    for _ in range(depth):
        layers += [Linear(n_in, width, init=small_weights)]
        layers += [MyBatchNorm(width)] if normalized else []
        layers += [ReLU()]
        n_in = width
    return Sequential(*layers, Linear(width, 10), seed=seed)


def test_error(model, lr, seed):
    """Four epochs on 1,000 digits; the percentage of 500 new ones that is wrong (90 if lost)."""
    train, new = mnist(1000, 500, size=14, seed=seed)
    try:
        fit(model, train, optimizer=Momentum(lr=lr), batch_size=50, epochs=4, seed=seed)
    except Diverged:
        return 90.0
    return 100 * (1 - accuracy(model, *new))


# %% [markdown]
# Fill two arrays of shape (3, 3), rows for `RATES` and columns for `SEEDS`: `plain` without normalization and `normalized` with it.

# %% answer
### BEGIN SOLUTION
plain, normalized = (
    np.array([[test_error(deep_net(with_it, s), lr, s) for s in SEEDS] for lr in RATES])
    for with_it in (False, True)
)
### END SOLUTION


# %% test name="experiment" points=4
def test_experiment(plain, normalized, deep_net, test_error, RATES, SEEDS, np):
    from dlcourse import accuracy, mnist

    for name, errors in (("plain", plain), ("normalized", normalized)):
        assert np.shape(errors) == (3, 3), f"{name} needs 3 rates times 3 seeds, shape (3, 3)"
        assert ((errors >= 0) & (errors <= 100)).all(), f"{name} is in percent"
    assert (normalized.mean(axis=1) < 70).all(), "normalized, the net learns something at all rates"
    assert (plain.mean(axis=1) > 75).sum() >= 2, "without it, it learns nothing at most rates"
    for name, errors, with_it in (("plain", plain, False), ("normalized", normalized, True)):
        i = round(5 * errors.sum()) % 2  # one of the entries, another for other numbers
        j = round(5 * errors[:2].sum()) % 3
        model, seed = deep_net(with_it, SEEDS[j]), SEEDS[j]
        again = test_error(model, RATES[i], seed)
        assert abs(errors[i, j] - again) < 0.05, (
            f"{name}[{i}, {j}] is {errors[i, j]:.1f}, but rate {RATES[i]} and seed {seed} run once "
            f"more give {again:.1f}; is each entry the error of its own rate and seed?"
        )
        _, new = mnist(1000, 500, size=14, seed=seed)
        right = 100 * (1 - accuracy(model, *new))
        assert abs(again - right) < 0.05, (
            f"test_error says {again:.1f}, but the network that it trained gets {right:.1f} % of "
            f"the new digits wrong; use test_error as it was given"
        )


test_experiment(plain, normalized, deep_net, test_error, RATES, SEEDS, np)

# %%
fig, ax = plt.subplots()
for errors, label, style in ((plain, "without", "o--"), (normalized, "with", "s-")):
    ax.semilogx(RATES, errors.mean(axis=1), style, label=f"{label} batch normalization")
ax.set(xlabel="learning rate", ylabel="wrong on new digits (%)", ylim=(0, 100))
ax.legend()
plt.show()

# %% [markdown]
# ## Part 4: explain the plot (5 points)

# %% written name="explain" points=5
# Answer in five to ten sentences.
#
# 1. What happens to a signal in the plain network, layer by layer, with weights half as large as He's?
# 2. Why does the same start not hurt the normalized network? Use the formula of the forward pass.
# 3. Which statement does the plot support: "better at its best rate", "good at more rates", or both?
# 4. Somebody evaluates the network with batches of one digit and `train=True`. What happens, and why?
### BEGIN SOLUTION
# Each layer halves the standard deviation, so after eight layers about 1/256 is left, and of the gradient as well.
# Normalization divides by the standard deviation: x and x/2 give the same x_hat (up to eps), so the size of the weights does not matter.
# Good at more rates, for certain; the best plain rate may or may not come close, so only that part is shown for every rate.
# With one row the variance is 0 and x_hat is 0: every digit gives the same answer, beta. Inference must use the running statistics.
#
# **Rubric.** 1 point: halving per layer. 2 points: invariance to scale, from the formula (1 if only "it normalizes"). 1 point: reads the plot, no more than it shows. 1 point: variance of one row, and the right mode.
### END SOLUTION
