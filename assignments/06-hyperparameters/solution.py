# %% [markdown]
# # Assignment 6: Search for hyperparameters
#
# **The story.** A network for digits has two settings that nobody knows: the learning rate and the weight decay.
# You may train it thirty times, each time very briefly. Then you must name the settings that you would ship.
#
# **The goal.** Write the two steps of a coarse-to-fine search, run it on validation data, and report honestly.
#
# You have read chapter 6. Plan about 90 minutes. There are 20 points.
#
# | part | what you do | points | minutes |
# |---|---|---|---|
# | 1 | draw on a logarithmic scale | 3 | 15 |
# | 2 | narrow the space | 6 | 30 |
# | 3 | search in two rounds | 6 | 25 |
# | 4 | explain the plot | 5 | 20 |
#
# Replace each `raise NotImplementedError(...)` by your own code.
# The cell behind each part tests it; you may run it as often as you like.
# When something is wrong it says what differs, which property is broken, and the likely cause.

# %%
import math

import matplotlib.pyplot as plt
import numpy as np

from dlcourse import (
    Linear,
    LogUniform,
    Momentum,
    ReLU,
    Sequential,
    accuracy,
    checks,
    fit,
    mnist,
    narrow,
    random_search,
)

# %% [markdown]
# ## Part 1: every power of ten alike (3 points)
#
# A learning rate acts by factors. So its *logarithm* should be uniform: half of the draws from 0.0001 to 1 lie below 0.01.


# %% answer
def log_uniform(u, low, high):
    """The value at the share u of the way from low to high, on a logarithmic scale: a float.

    u is a float in [0, 1]; 0 gives low, 1 gives high; 0 < low < high.
    """
    ### BEGIN SOLUTION
    return math.exp(math.log(low) + u * (math.log(high) - math.log(low)))
    ### END SOLUTION


# %% test name="log" points=3
def test_log(log_uniform):
    for u, low, high, right in ((0, 1e-6, 1, 1e-6), (1, 1e-6, 1, 1), (0.5, 1e-4, 1, 0.01),
                                (0.25, 1e-5, 0.1, 1e-4), (0.5, 2, 8, 4)):  # fmt: skip
        found = log_uniform(u, low, high)
        assert abs(found - right) <= 1e-9 * right, (
            f"log_uniform({u}, {low}, {high}) should be {right:g} but is {found!r}"
        )


test_log(log_uniform)

# %% [markdown]
# ## Part 2: look where the best are (6 points)
#
# Of the $n$ trials that lie in the space and have a score, keep the best $k = \max(2, \lceil \text{keep} \cdot n \rceil)$.
# Each range becomes as wide as these; a `Choice` keeps the options that occur.
#
# What you need: `trials.configs[i]` is the dict of trial `i`. `trials.order()` gives the numbers of all trials with a score, best first. `value in values` says whether a value lies in a range. `values.within([a, b, c])` makes the range from the smallest to the largest of them, or the choice among them.


# %% answer
def my_narrow(space, trials, keep=0.2):
    """A new dict, name -> range, around the best trials. The old space stays as it was."""
    ### BEGIN SOLUTION
    inside = []
    for i in trials.order():
        config = trials.configs[i]
        if all(config[name] in values for name, values in space.items()):
            inside.append(config)
    k = max(2, math.ceil(keep * len(inside)))
    return {
        name: values.within([config[name] for config in inside[:k]])
        for name, values in space.items()
    }
    ### END SOLUTION


# %% test name="narrow" points=6
def test_narrow(my_narrow, narrow, checks):
    assert my_narrow is not narrow, "write your own function"
    checks.narrow(my_narrow)


test_narrow(my_narrow, narrow, checks)

# %% [markdown]
# ## Part 3: two rounds (6 points)
#
# Three sets of digits: to train on, to choose by (validation), and to report once (test).

# %%
SEED = 0
(x, y), test = mnist(800, 1000, size=14, seed=SEED)
train, valid = (x[:500], y[:500]), (x[500:], y[500:])
SPACE = {"lr": LogUniform(1e-4, 3), "weight_decay": LogUniform(1e-6, 1)}


def trained(config, seed):
    """A small network, trained for five epochs with these settings."""
    model = Sequential(Linear(196, 32), ReLU(), Linear(32, 10), seed=int(seed))
    optimizer = Momentum(lr=config["lr"], weight_decay=config["weight_decay"])
    fit(model, train, optimizer=optimizer, batch_size=50, epochs=5, seed=int(seed))
    return model


def objective(config, seed):
    """The share of validation digits that is right: higher is better."""
    return accuracy(trained(config, seed), *valid)


# %% [markdown]
# Run `random_search(objective, space, trials=15, seed=SEED)` on `SPACE` and call the result `coarse`.
# Narrow the space with `keep=0.3` and call it `smaller`.
# Search there with `seed=SEED + 1`, 15 trials again, and call the result `fine`.
# Last, take the configuration with the best validation score of *both* rounds, train it with seed 100, and store its accuracy on `test` as `reported`.

# %% answer
### BEGIN SOLUTION
coarse = random_search(objective, SPACE, trials=15, seed=SEED)
smaller = my_narrow(SPACE, coarse, keep=0.3)
fine = random_search(objective, smaller, trials=15, seed=SEED + 1)
winner = max((coarse, fine), key=lambda trials: trials.best_score)
reported = accuracy(trained(winner.best, 100), *test)
### END SOLUTION


# %% test name="search" points=6
def test_search(
    coarse,
    smaller,
    fine,
    reported,
    trained,
    train,
    valid,
    test,
    SEED,
    SPACE,
    my_narrow,
    np,
):
    import dlcourse
    from dlcourse import accuracy, mnist

    (x, y), last = mnist(800, 1000, size=14, seed=SEED)
    for name, mine, given in (("train", train, (x[:500], y[:500])),
                              ("valid", valid, (x[500:], y[500:])), ("test", test, last)):  # fmt: skip
        assert np.array_equal(mine[0], given[0]), f"{name} are not the digits that were given"
        assert np.array_equal(mine[1], given[1]), f"{name} has not the labels that were given"
    assert len(coarse) == 15, f"coarse should have 15 trials but has {len(coarse)}"
    assert len(fine) == 15, f"fine should have 15 trials but has {len(fine)}"
    assert set(smaller) == set(SPACE), "smaller needs the same parameters as SPACE"
    assert fine.space == smaller, "the second round searches in smaller"
    for name, values in smaller.items():
        assert values.low in SPACE[name], f"{name}: the smaller range leaves the old one"
        assert values.high in SPACE[name], f"{name}: the smaller range leaves the old one"
    middle = [np.nanmedian(np.nan_to_num(trials.scores)) for trials in (coarse, fine)]
    assert middle[1] > middle[0], "the trials of the second round are better on the whole"
    for name, trials, space, seed in (
        ("coarse", coarse, SPACE, SEED),
        ("fine", fine, smaller, SEED + 1),
    ):
        drawn = dlcourse.random_search(lambda config, seed: 0.0, space, trials=15, seed=seed)
        assert trials.configs == drawn.configs, f"{name}: its space and its seed should be others"
        for i in (4, trials.order()[0]):
            again = accuracy(trained(trials.configs[i], trials.seeds[i]), *valid)
            assert abs(trials.scores[i] - again) < 0.005, (
                f"{name}: trial {i} has the score {trials.scores[i]:.3f}, but trained again it "
                f"reads {again:.3f} of the validation digits right"
            )
    assert smaller == my_narrow(SPACE, coarse, keep=0.3), "smaller: keep 0.3 of coarse"
    assert 0.6 < reported < 0.95, f"about 0.8 is expected, a share and no percentage: {reported}"
    winner = max((coarse, fine), key=lambda trials: trials.best_score)
    right = accuracy(trained(winner.best, 100), *test)
    assert abs(reported - right) < 0.005, (
        f"reported should be the accuracy on test of the configuration with the best validation "
        f"score of both rounds, trained with seed 100: {right:.3f}, but it is {reported:.3f}"
        + (
            "; that is a validation score"
            if reported in (coarse.best_score, fine.best_score)
            else ""
        )
    )


test_search(
    coarse,
    smaller,
    fine,
    reported,
    trained,
    train,
    valid,
    test,
    SEED,
    SPACE,
    my_narrow,
    np,
)

# %%
fig, ax = plt.subplots()
for trials, label, style in ((coarse, "round 1", "o"), (fine, "round 2", "s")):
    ax.semilogx(trials["lr"], trials.scores, style, label=label)
ax.set(xlabel="learning rate", ylabel="right on validation digits (share)", ylim=(0, 1))
ax.legend()
plt.show()
print(
    f"best on validation digits {max(coarse.best_score, fine.best_score):.3f}, reported {reported:.3f}"
)

# %% [markdown]
# ## Part 4: explain the plot (5 points)

# %% written name="explain" points=5
# Answer in five to ten sentences.
#
# 1. Which of the two settings decides in this search, and how does the plot show it?
# 2. The best validation score is the best of thirty. Why is it too optimistic, and what is `reported` for?
# 3. What could go wrong when the space is narrowed around a lucky trial? Name one remedy.
# 4. Somebody runs the search again and again, and each time looks at `test`. What is the test set worth then?
### BEGIN SOLUTION
# The learning rate: the score rises and falls along its axis in a clear hill, while points of about the same rate and quite different weight decay lie close together.
# Each score is partly luck, and the maximum picks the luckiest: the winner's curse. `reported` is measured on digits that had no part in the choice.
# The good region may lie outside of the narrowed one and is never looked at again. Remedies: keep more trials, several seeds a trial, a margin around the range.
# Nothing more than a validation set: it has become part of the choice.
#
# **Rubric.** 1 point: learning rate, read from the plot. 2 points: maximum of noisy scores, and fresh data (1 for either). 1 point: a danger with a remedy. 1 point: the test set is used up.
### END SOLUTION
