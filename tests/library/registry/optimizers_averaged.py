"""ScheduleFree: its formula with x, y and z, and what each test needs to know of it."""

from math import sqrt

from .optimizer_case import Case


def schedule_free(t, w, g, s, lr, betas, eps, weight_decay, warmup_steps=0, r=0.0):
    """s holds v, z and x; w is y, where the gradient was taken."""
    b1, b2 = betas
    if t == 1:
        s[1] = s[2] = w
    gamma = lr * min(1, t / warmup_steps) if warmup_steps else lr
    s[0] = b2 * s[0] + (1 - b2) * g * g
    s[1] -= gamma * (g / (sqrt(s[0] / (1 - b2**t)) + eps) + weight_decay * w)
    weights = [i**r * min(1, i / max(warmup_steps, 1)) ** 2 for i in range(1, t + 1)]
    c = weights[-1] / sum(weights)
    s[2] = (1 - c) * s[2] + c * s[1]
    return (1 - b1) * s[1] + b1 * s[2]


OPTIMIZERS = {
    "ScheduleFree": Case(
        "ScheduleFree",
        schedule_free,
        (0.02, 40),
        decoupled=True,
        own_decay=True,
        mutants=(
            ("self.z[...] = w", "pass"),
            ("space *= c", "pass"),
            ("1 - beta1 * (1 - c)", "1 - beta1 * c"),
            ("self.z -= step", "self.z += step"),
            ("self.eps * correction", "self.eps"),
            ("np.multiply(w, self.weight_decay, space)", "0"),
            ("average(self.v, beta2", "average(self.v, beta1"),
        ),
    ),
    "ScheduleFree with warm-up": Case(
        "ScheduleFree",
        schedule_free,
        (0.02, 40),
        changed={"warmup_steps": 9, "r": 0.5},
        decoupled=True,
        own_decay=True,
        mutants=(
            ("self.t**self.r", "1"),
            ("**self.weight_lr_power", ""),
            ("self.scaled(step, warm)", "self.scaled(step)"),
            ("self.weight_sum += weight", "self.weight_sum = weight * self.t"),
        ),
    ),
}
