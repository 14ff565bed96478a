"""What does each optimizer reach where all have the same learning rate, from 0.00001 to 30?

The network and the digits of the study optimizer-rates, over a range that holds the best rate of
every method. A reader sees that at each single rate another method looks best.
"""

from . import BASES, optimizer_rates

RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


def run(seed, method, lr):
    """Loss on the training digits, and wrong validation digits in percent."""
    return optimizer_rates.run(seed, method, lr)


def grid():
    """Three of the tuning seeds from each base."""
    return [
        {"seed": base + 500 + i, "method": method, "lr": lr}
        for method in optimizer_rates.RANGES
        for base in BASES
        for i in range(3)
        for lr in RATES
    ]
