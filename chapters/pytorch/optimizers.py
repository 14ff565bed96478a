"""Chapter 5: in a narrow valley momentum takes far fewer steps."""

import torch


def steps(optimizer, steepness, most=2000):
    """Steps from (1, 1) until the bottom is less than 0.01 away."""
    w = torch.ones(2, dtype=torch.float64, requires_grad=True)
    method, curvature = optimizer([w]), torch.tensor([1.0, steepness])
    for step in range(1, most):
        method.zero_grad()
        (curvature * w**2 / 2).sum().backward()
        method.step()
        if w.norm() < 0.01:
            return step
    return most
