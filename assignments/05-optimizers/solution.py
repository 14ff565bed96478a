# %% [markdown]
# # Assignment 5: Optimizers
#
# **The story.** Two people train the same network. One swears by momentum, the other by Adam.
# Each of them has used the learning rate that the other one likes.
#
# **The goal.** Write both optimizers, and make a fair comparison: each with a learning rate of its own.
#
# You have read chapter 5. Plan about 90 minutes. There are 20 points.
#
# | part | what you do | points | minutes |
# |---|---|---|---|
# | 1 | write momentum | 3 | 15 |
# | 2 | write Adam | 6 | 30 |
# | 3 | compare them fairly | 6 | 25 |
# | 4 | explain the plot | 5 | 20 |
#
# Replace each `raise NotImplementedError(...)` by your own code.
# The cell behind each part tests it; you may run it as often as you like.
# When something is wrong it says what differs, which property is broken, and the likely cause.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dlcourse import Adam, Momentum, checks

# %% [markdown]
# ## Part 1: momentum (3 points)
#
# $v \leftarrow \mu v + g$, then $w \leftarrow w - \text{lr}\, v$.
# An optimizer changes `w` **in place**: `w -= ...`, not `w = w - ...`.
# Keep the learning rate as `self.lr`; a schedule may change it between two steps.


# %% answer
class MyMomentum:
    """Gradient descent with a velocity."""

    def __init__(self, lr, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None  # the velocity; its shape is known at the first step

    def step(self, w, g):
        """Change w in place. w and the gradient g are arrays of the same shape and dtype."""
        ### BEGIN SOLUTION
        if self.v is None:
            self.v = np.zeros_like(w)
        self.v = self.momentum * self.v + g
        w -= self.lr * self.v
        ### END SOLUTION


# %% test name="momentum" points=3
def test_momentum(MyMomentum, Momentum, checks):
    assert not issubclass(MyMomentum, Momentum), "write your own class"
    checks.optimizer(MyMomentum, like=Momentum)


test_momentum(MyMomentum, Momentum, checks)

# %% [markdown]
# ## Part 2: Adam (6 points)
#
# Two moving averages, both corrected for their start at 0; $\epsilon$ is added after the correction, outside the root.


# %% answer
class MyAdam:
    """Adam, algorithm 1 of its paper."""

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.t = 0  # how many steps were made
        self.m = self.v = None  # the two averages; their shape is known at the first step

    def step(self, w, g):
        """Change w in place. w and the gradient g are arrays of the same shape and dtype."""
        ### BEGIN SOLUTION
        if self.m is None:
            self.m, self.v = np.zeros_like(w), np.zeros_like(w)
        beta1, beta2 = self.betas
        self.t += 1
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g**2
        m_hat = self.m / (1 - beta1**self.t)
        v_hat = self.v / (1 - beta2**self.t)
        w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
        ### END SOLUTION


# %% test name="adam" points=6
def test_adam(MyAdam, Adam, checks):
    assert not issubclass(MyAdam, Adam), "write your own class"
    checks.optimizer(MyAdam, like=Adam)


test_adam(MyAdam, Adam, checks)

# %% [markdown]
# ## Part 3: a fair comparison (6 points)
#
# The valley $f(x, y) = \frac{1}{20} x^2 + y^2$ is steep in one direction and flat in the other.
# Start at $(-7, 2)$ and count the steps until $f < 0.001$; 300 if it never gets there.

# %%
RATES = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0]


def height(w):
    """The height of the valley at w = (x, y)."""
    return w[0] ** 2 / 20 + w[1] ** 2


def slope(w):
    """Its gradient: array of shape (2,)."""
    return np.array([w[0] / 10, 2 * w[1]])


# %% answer
def steps_needed(optimizer, limit=300):
    """How many steps the optimizer needs from (-7, 2) until height < 0.001: an int.

    At most `limit`. A height that is not finite never gets there: return `limit`.
    """
    ### BEGIN SOLUTION
    w = np.array([-7.0, 2.0])
    for t in range(1, limit + 1):
        with np.errstate(over="ignore", invalid="ignore"):
            optimizer.step(w, slope(w))
            if height(w) < 0.001:
                return t
    return limit
    ### END SOLUTION


# %% [markdown]
# Now `counts`, a dict with the names `"momentum"` and `"Adam"`: for each an array with the steps that it needs at each rate in `RATES`.
# And `best`, a dict with the same names: the rate at which each needs the fewest steps.

# %% answer
### BEGIN SOLUTION
counts = {
    "momentum": np.array([steps_needed(MyMomentum(lr)) for lr in RATES]),
    "Adam": np.array([steps_needed(MyAdam(lr)) for lr in RATES]),
}
best = {name: RATES[int(np.argmin(found))] for name, found in counts.items()}
### END SOLUTION


# %% test name="comparison" points=6
def test_comparison(steps_needed, counts, best, Momentum, Adam, RATES, np):
    for name, make in (("momentum", Momentum), ("Adam", Adam)):
        right = np.array([steps_needed(make(lr)) for lr in RATES])
        assert np.shape(counts[name]) == (6,), f"{name}: one count for each of six rates"
        assert (np.abs(counts[name] - right) <= 1).all(), f"{name}: expected {right}"
        assert best[name] == RATES[int(np.argmin(right))], f"{name}: which rate has fewest steps?"
    assert steps_needed(Momentum(0.03)) == 92, "momentum at 0.03: is every step counted, from 1?"
    assert steps_needed(Adam(0.003)) == 300, "Adam at 0.003 does not arrive in 300 steps"

    class Jumps:
        """Stands still for a while, then jumps to a place."""

        def __init__(self, wait, place):
            self.wait, self.place = wait, place

        def step(self, w, g):
            self.wait -= 1
            if not self.wait:
                w[...] = self.place

    found = steps_needed(Jumps(7, 0.0), limit=20)
    assert found == 7, f"an optimizer that jumps to the bottom in step 7 needs 7, not {found}"
    found = steps_needed(Jumps(3, float("nan")), limit=20)
    assert found == 20, f"one that ends at NaN never arrives: limit, here 20, not {found}"


test_comparison(steps_needed, counts, best, Momentum, Adam, RATES, np)

# %%
fig, ax = plt.subplots()
for name, found in counts.items():
    ax.semilogx(RATES, found, "o-", label=name)
ax.set(xlabel="learning rate", ylabel="steps until the height is below 0.001")
ax.legend()
plt.show()

# %% [markdown]
# ## Part 4: explain the plot (5 points)

# %% written name="explain" points=5
# Answer in five to ten sentences.
#
# 1. Which optimizer wins at the rate 0.01, which at its own best rate, and what follows for the quarrel?
# 2. At small rates Adam needs about (distance / lr) steps. Why?
# 3. What happens to each of the two at the rate 1.0, and why?
# 4. The valley has its axes along x and y. Would you expect the same if it were turned by 45 degrees? For which of the two, and why?
### BEGIN SOLUTION
# At 0.01 both are far from their best and neither number says much; each must be compared at its own best rate. A comparison at one rate is a comparison of rates.
# Adam's step has about the size lr in every coordinate, whatever the gradient, so it walks the distance 7 in about 7/lr steps.
# Momentum swings to and fro in the steep direction, where lr times the curvature is 2, and needs more steps than at 0.1; plain gradient descent would not get there at all. Adam's first steps have the size 1, just right for a distance of 7: here it is at its best.
# Momentum is the same in a turned valley, for its formula knows no axes. Adam scales each axis by itself, and along turned axes the two slopes are mixed; it may need more steps.
#
# **Rubric.** 1 point: own best rates. 1 point: step size about lr. 1 point: both cases at 1.0, with a reason. 2 points: momentum does not care about the axes and Adam does (1 without the reason).
### END SOLUTION
