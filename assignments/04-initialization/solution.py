# %% [markdown]
# # Assignment 4: Initialization
#
# **The story.** An old program starts all weights with the standard deviation 0.01.
# That worked for two layers. Now somebody asked for ten, and the network gives the same answer to every digit.
#
# **The goal.** Write two rules for first weights, and watch a signal go through thirty layers.
#
# You have read chapter 4. Plan about 90 minutes. There are 20 points.
#
# | part | what you do | points | minutes |
# |---|---|---|---|
# | 1 | write He's and Xavier's rule | 6 | 25 |
# | 2 | follow a signal | 4 | 25 |
# | 3 | run the experiment | 5 | 20 |
# | 4 | explain the plot | 5 | 20 |
#
# Replace each `raise NotImplementedError(...)` by your own code.
# The cell behind each part tests it; you may run it as often as you like.
# When something is wrong it says what differs, which property is broken, and the likely cause.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dlcourse import (
    Linear,
    Momentum,
    ReLU,
    Sequential,
    accuracy,
    checks,
    fit,
    he_normal,
    mnist,
    normal,
    xavier_uniform,
)

# %% [markdown]
# ## Part 1: two rules (6 points)
#
# He: normal, variance $2/n_\text{in}$. Xavier: uniform, variance $2/(n_\text{in} + n_\text{out})$.
# Draw from `rng`. Do not call the library's initializers.


# %% answer
def my_he_normal(rng, shape):
    """First weights for ReLU: an array of the shape (n_in, n_out), normal, mean 0."""
    ### BEGIN SOLUTION
    n_in, n_out = shape
    return rng.normal(0, np.sqrt(2 / n_in), shape)
    ### END SOLUTION


def my_xavier_uniform(rng, shape):
    """First weights for tanh: an array of the shape (n_in, n_out), uniform, mean 0."""
    ### BEGIN SOLUTION
    n_in, n_out = shape
    bound = np.sqrt(3 * 2 / (n_in + n_out))
    return rng.uniform(-bound, bound, shape)
    ### END SOLUTION


# %% test name="he" points=3
def test_he(my_he_normal, he_normal, checks):
    assert my_he_normal is not he_normal, "write your own function"
    checks.initializer(my_he_normal, like=he_normal)


test_he(my_he_normal, he_normal, checks)


# %% test name="xavier" points=3
def test_xavier(my_xavier_uniform, xavier_uniform, checks):
    assert my_xavier_uniform is not xavier_uniform, "write your own function"
    checks.initializer(my_xavier_uniform, like=xavier_uniform)


test_xavier(my_xavier_uniform, xavier_uniform, checks)

# %% [markdown]
# ## Part 2: thirty layers (4 points)
#
# Send random numbers through thirty layers of 100 units with ReLU, and note the size of what comes out of each.


# %% answer
def signal(init, depth=30, n=100, seed=0):
    """The root mean square of the output of every layer: array of shape (depth,).

    Start with x = rng.normal(size=(500, n)) from rng = np.random.default_rng(seed). In each
    layer draw W = init(rng, (n, n)) and set x = max(0, x @ W). The root mean square is
    np.sqrt(np.mean(x**2)).
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(500, n))
    sizes = []
    for _ in range(depth):
        x = np.maximum(x @ init(rng, (n, n)), 0)
        sizes.append(np.sqrt(np.mean(x**2)))
    return np.array(sizes)
    ### END SOLUTION


# %% test name="signal" points=4
def test_signal(signal, he_normal, xavier_uniform, normal, np):
    for init, ratio in ((he_normal, 1.0), (xavier_uniform, 0.5**0.5), (normal(0.01), 0.0707)):
        sizes = signal(init)
        assert np.shape(sizes) == (30,), f"one size for each of 30 layers, not {np.shape(sizes)}"
        factor = (sizes[-1] / sizes[0]) ** (1 / 29)
        assert abs(factor / ratio - 1) < 0.1, (
            f"a layer should multiply the size by about {ratio:.3f} but does by {factor:.3f}"
        )
    factors = iter([1, 2, 5, 0.5])
    found = signal(lambda rng, shape: next(factors) * np.eye(*shape), depth=4, n=50, seed=1)
    assert np.shape(found) == (4,), f"depth=4 gives one size for each of 4 layers, not {found!r}"
    assert np.allclose(found / found[0], [1, 2, 10, 5]), (
        f"layers that multiply by 1, 2, 5 and 0.5 give sizes like 1, 2, 10, 5, not {found / found[0]}"
    )


test_signal(signal, he_normal, xavier_uniform, normal, np)

# %%
fig, ax = plt.subplots()
rules = {"0.01": normal(0.01), "Xavier": my_xavier_uniform, "He": my_he_normal}
for name, init in rules.items():
    ax.semilogy(np.arange(1, 31), signal(init), label=name)
ax.set(xlabel="layer", ylabel="size of the signal")
ax.legend()
plt.show()

# %% [markdown]
# ## Part 3: does it learn? (5 points)

# %%
SEEDS = range(3)


def deep_net(init, seed, depth=10):
    """Ten layers of 64 units with ReLU."""
    layers = [Linear(196, 64, init=init), ReLU()]
    for _ in range(depth - 1):
        layers += [Linear(64, 64, init=init), ReLU()]
    return Sequential(*layers, Linear(64, 10, init=init), seed=seed)


def test_error(model, seed):
    """Five epochs on 1,000 digits; the percentage of 500 new ones that is wrong."""
    train, new = mnist(1000, 500, size=14, seed=seed)
    fit(model, train, optimizer=Momentum(lr=0.01), batch_size=50, epochs=5, seed=seed)
    return 100 * (1 - accuracy(model, *new))


# %% [markdown]
# Fill the dict `errors`: for each name in `rules` an array with one test error for each seed in `SEEDS`.

# %% answer
### BEGIN SOLUTION
errors = {
    name: np.array([test_error(deep_net(init, seed), seed) for seed in SEEDS])
    for name, init in rules.items()
}
### END SOLUTION


# %% test name="experiment" points=5
def test_experiment(errors, deep_net, test_error, rules, SEEDS, np):
    from dlcourse import accuracy, mnist

    assert set(errors) == {"0.01", "Xavier", "He"}, "errors needs the names of the three rules"
    for name, found in errors.items():
        assert np.shape(found) == (3,), f"{name}: one number for each seed, shape (3,)"
        assert ((found >= 0) & (found <= 100)).all(), f"{name}: errors are in percent"
    assert errors["0.01"].mean() > 80, "with 0.01 nothing is learned; is the rule handed on?"
    assert errors["He"].mean() < 60, "with He's rule it learns; is part 1 right?"
    for name in ("Xavier", "He"):
        i = round(5 * errors[name].sum()) % 3  # one of the three, another for other numbers
        model, seed = deep_net(rules[name], SEEDS[i]), SEEDS[i]
        again = test_error(model, seed)
        assert abs(errors[name][i] - again) < 0.05, (
            f"errors[{name!r}][{i}] is {errors[name][i]:.1f}, but seed {seed} run once more gives "
            f"{again:.1f}; is each entry the error of its own rule and seed?"
        )
        _, new = mnist(1000, 500, size=14, seed=seed)
        right = 100 * (1 - accuracy(model, *new))
        assert abs(again - right) < 0.05, (
            f"test_error says {again:.1f}, but the network that it trained gets {right:.1f} % of "
            f"the new digits wrong; use test_error as it was given"
        )


test_experiment(errors, deep_net, test_error, rules, SEEDS, np)
print({name: float(found.mean().round()) for name, found in errors.items()})

# %% [markdown]
# ## Part 4: explain the plot (5 points)

# %% written name="explain" points=5
# Answer in five to ten sentences, about the plot of part 2 and the numbers of part 3.
#
# 1. Derive the factor by which one layer multiplies the size of the signal, for each of the three rules, with $n = 100$.
# 2. Xavier's rule loses less per layer than 0.01 does. Is it good enough for ten layers? For thirty?
# 3. Why does a network whose signal has the size 1e-30 give the same answer to every digit?
# 4. Would the factor of Xavier's rule be the same with tanh? Why, or why not?
### BEGIN SOLUTION
# The mean square is multiplied by n Var[w] / 2, the half for ReLU. So the size is multiplied by sqrt(100 * 0.0001 / 2) = 0.07 with 0.01, by sqrt(1/2) = 0.71 with Xavier, by 1 with He.
# With Xavier ten layers leave 0.71**10 = 0.03, which still trains, if slowly; thirty leave 3e-5, too little.
# The last layer gets nearly 0 and adds its bias: the bias alone decides, whatever the digit. The gradients are as small.
# No: tanh throws no half away. For small signals its slope is 1, so the factor is close to 1; only large signals are squeezed.
#
# **Rubric.** 2 points: the three factors, with the half of ReLU (1 for two of them). 1 point: a number for ten and for thirty layers. 1 point: the bias decides. 1 point: tanh has slope 1 at 0 and is no ReLU.
### END SOLUTION
