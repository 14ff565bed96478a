"""Randomness is explicit: named streams of random numbers, and a way to replay one."""

from __future__ import annotations  # else the annotations below would load numpy.random

from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from ._errors import generator, whole_number


class Streams(NamedTuple):
    """Three independent streams, so that using one leaves the others untouched.

    Attributes
    ----------
    init : numpy.random.Generator
        Starting weights.
    mask : numpy.random.Generator
        Dropout masks.
    data : numpy.random.Generator
        The order of the training examples.
    """

    init: np.random.Generator
    mask: np.random.Generator
    data: np.random.Generator


def streams(seed):
    """Spawn the three streams of an experiment from one seed.

    Because the streams are independent, switching dropout on changes neither the
    starting weights nor the order of the batches: two runs with the same seed differ
    only in what they are meant to differ in.

    Parameters
    ----------
    seed : int
        At least 0.

    Returns
    -------
    Streams
        The generators `init`, `mask` and `data`.

    Raises
    ------
    TypeError, ValueError
        If `seed` is not a whole number of at least 0.

    Notes
    -----
    PyTorch differs: ``torch.manual_seed`` seeds one global stream, so a dropout layer
    that draws a mask also changes the batches that come after it.

    Examples
    --------
    >>> init, mask, data = streams(0)
    >>> data.permutation(5).tolist() == streams(0).data.permutation(5).tolist()
    True
    """
    seeds = np.random.SeedSequence(whole_number("seed", seed, low=0)).spawn(3)
    return Streams(*(np.random.default_rng(s) for s in seeds))


@contextmanager
def replay(rng):
    """Rewind a Generator at the end of the block to where it was at the start.

    Parameters
    ----------
    rng : numpy.random.Generator
        The stream to rewind. Gradient checks use it to see the same dropout mask twice.

    Yields
    ------
    numpy.random.Generator
        The same object.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> with replay(rng):
    ...     first = rng.random()
    >>> first == rng.random()
    True
    """
    generator("replay: rng", rng)
    state = rng.bit_generator.state
    try:
        yield rng
    finally:
        rng.bit_generator.state = state
