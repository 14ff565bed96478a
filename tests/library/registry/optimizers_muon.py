"""Muon: its formula in other words, and what each test needs to know of it."""

import numpy as np

from .optimizer_case import Case


def muon(t, w, g, s, lr, momentum, ns_coefficients, eps, ns_steps, adjust_lr_fn, shapes=None):
    """A whole matrix, by its singular values: what the powers of a matrix do to each of them."""
    a, b, c = ns_coefficients
    s[0] = momentum * s[0] + (1 - momentum) * g
    left, x, right = np.linalg.svd((1 - momentum) * g + momentum * s[0], full_matrices=False)
    x = x / max(np.sqrt(np.sum(x * x)), eps)
    for _ in range(ns_steps):
        x = a * x + b * x**3 + c * x**5
    n_in, n_out = w.shape
    ratio = {
        None: np.sqrt(max(1, n_out / n_in)),
        "match_rms_adamw": 0.2 * np.sqrt(max(w.shape)),
    }[adjust_lr_fn]
    return w - lr * ratio * (left * x) @ right


OPTIMIZERS = {
    "Muon": Case(
        "Muon",
        muon,
        (0.02, 40),
        aims=(2.0, 2.0),  # all of it products of matrices, which PyTorch makes in bfloat16
        decoupled=True,
        whole=True,
        mutants=(
            ("m += np.multiply(g, 1 - mu", "m += np.multiply(g, 1"),
            ("m *= mu", "pass"),
            ("u *= mu", "pass"),
            ("u += g", "pass"),
            ("if self.nesterov", "if not self.nesterov"),
            ("0.2 * math.sqrt(max(n_in, n_out))", "0.2 * math.sqrt(min(n_in, n_out))"),
            ("decoupled = True", "decoupled = False"),
        ),
    ),
    "Muon, the ratio of shapes": Case(
        "Muon",
        muon,
        (0.02, 40),
        changed={"adjust_lr_fn": None, "ns_steps": 5},
        decoupled=True,
        whole=True,
        mutants=(
            ("max(1, n_out / n_in)", "max(1, n_in / n_out)"),
            ("self.ns_steps, self.eps", "self.ns_steps - 1, self.eps"),
        ),
    ),
}
