"""Means and their uncertainty: standard errors and 95 % intervals by Student's t."""

import math

import numpy as np

# The 97.5 % points of Student's t with 1 to 30 degrees of freedom (any table of statistics).
POINTS = (
    *(12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281),
    *(2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860),
    *(2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423),
)
NORMAL = 1.959964


def t_point(freedom):
    """The 97.5 % point: from the table, or by its expansion around the normal one."""
    if freedom <= len(POINTS):
        return POINTS[freedom - 1]
    z, n = NORMAL, freedom
    return z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)


def standard_error(values):
    """s / sqrt(n), of at least two values."""
    return float(np.std(values, ddof=1)) / math.sqrt(len(values))


def interval(values):
    """Mean and the ends of its 95 % interval; of one value alone there is no interval."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return mean, math.nan, math.nan
    half = t_point(len(values) - 1) * standard_error(values)
    return mean, mean - half, mean + half
