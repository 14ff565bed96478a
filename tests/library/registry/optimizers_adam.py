"""Adam and its kin: what each test and table needs to know of them."""

from math import sqrt

from .optimizer_case import Case


def adam(t, w, g, s, lr, betas, eps, amsgrad=False):
    b1, b2 = betas
    s[0] = b1 * s[0] + (1 - b1) * g
    s[1] = b2 * s[1] + (1 - b2) * g * g
    s[2] = max(s[2], s[1]) if amsgrad else s[1]
    m_hat, v_hat = s[0] / (1 - b1**t), s[2] / (1 - b2**t)
    return w - lr * m_hat / (sqrt(v_hat) + eps)


def radam(t, w, g, s, lr, betas, eps):
    b1, b2 = betas
    s[0] = b1 * s[0] + (1 - b1) * g
    s[1] = b2 * s[1] + (1 - b2) * g * g
    m_hat = s[0] / (1 - b1**t)
    far = 2 / (1 - b2) - 1
    now = far - 2 * t * b2**t / (1 - b2**t)
    if now <= 5:
        return w - lr * m_hat
    r = sqrt((now - 4) * (now - 2) * far / ((far - 4) * (far - 2) * now))
    return w - lr * m_hat * r * sqrt(1 - b2**t) / (sqrt(s[1]) + eps)


def drawn_adam(rng):
    return {
        "betas": (float(rng.choice([0.0, 0.5, 0.9])), float(rng.choice([0.5, 0.9, 0.99, 0.999]))),
        "eps": float(10 ** rng.uniform(-10, -3)),
    }


ADAM_SLOTS = {"m": "exp_avg", "v": "exp_avg_sq"}

OPTIMIZERS = {
    "Adam": Case(
        "Adam",
        adam,
        (0.01, 40),
        "Adam",
        slots=ADAM_SLOTS,
        draw=drawn_adam,
        mutants=(
            ("self.average(self.v, beta2,", "self.average(self.v, beta1,"),
            ("math.sqrt(1 - beta2**self.t)", "1.0"),
            ("self.eps * correction", "self.eps"),
            ("correction / (1 - beta1**self.t)", "correction"),
        ),
    ),
    "AMSGrad": Case(
        "Adam",
        adam,
        (0.01, 40),
        twin="Adam",
        slots={**ADAM_SLOTS, "v_max": "max_exp_avg_sq"},
        draw=drawn_adam,
        changed={"amsgrad": True},
        mutants=(("np.maximum(self.v_max", "np.minimum(self.v_max"),),
    ),
    "AdamW": Case(
        "AdamW",
        adam,
        (0.01, 40),
        twin="AdamW",
        slots=ADAM_SLOTS,
        draw=lambda rng: drawn_adam(rng) | {"amsgrad": bool(rng.integers(2))},
        decoupled=True,
        mutants=(("decoupled = True", "decoupled = False"),),
    ),
    "RAdam": Case(
        "RAdam",
        radam,
        (0.01, 40),
        twin="RAdam",
        slots=ADAM_SLOTS,
        draw=drawn_adam,
        aims=(0.65, 0.6),
        mutants=(
            ("rho_inf = 2 / (1 - beta2) - 1", "rho_inf = 2 / (1 - beta2)"),
            ("rho <= self.threshold", "rho <= 4"),
            (" * math.sqrt(1 - beta2**self.t)", ""),
            ("2 * self.t * beta2", "self.t * beta2"),
        ),
    ),
    "Adam with decay": Case(
        "Adam",
        adam,
        (0.01, 40),
        twin="Adam",
        slots=ADAM_SLOTS,
        draw=drawn_adam,
        changed={"weight_decay": 1e-3},
    ),
}
