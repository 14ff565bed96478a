"""Initializers, made-up data and seeds: nonsense is refused by name, with what to do."""

import re
from functools import partial

import numpy as np
import pytest
import registry
from cases import same_bits

import dlcourse as dl

HUGE = [10**20, 10**400]
REMEDY = r"must (be|have|hold)"
SHAPES = [
    (),
    5,
    5.0,
    None,
    "ab",
    {3, 4},
    (3,),
    (3, 4, 5, 5, 5, 5),
    (3, 0),
    (-3, 4),
    (3.0, 4),
    (3, "4"),
    (True, 4),
]
SHAPES += [(None, 4), ([3], 4), np.zeros((2, 2)), np.array([3.0, 4]), np.array(3), (np.nan, 4)]
SHAPES += [(n, 4) for n in HUGE] + [(2**21, 2**21), (4, 10**400), ((3, 4), 5)]
SHAPES += [(3, 0, 5, 5), (0, 4, 5, 5), (3, 4, 5, 5.0), (3, 4, -1), (2**20, 2**20, 3, 3)]
NUMBERS = [
    None,
    "1",
    [1.0],
    np.zeros(2),
    1j,
    True,
    np.nan,
    np.inf,
    -np.inf,
    *HUGE[1:],
    {},
    dl.Sigmoid,
]
WHOLE = [None, "1", [1], np.zeros(2), 1.0, np.float64(3), True, -1, np.nan, {}, dl.Sigmoid]
BIT_GENERATORS = [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox]
BIT_GENERATORS += [np.random.SFC64]


def refused(f, *names):
    """`f` raises one of our errors, which names the argument."""
    with pytest.raises((TypeError, ValueError)) as caught:
        f()
    message = str(caught.value)
    assert re.search(REMEDY, message), message
    assert any(message.startswith(name) for name in names), message
    assert len(message) < 300


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", registry.INITIALIZERS)
def test_every_initializer_refuses_an_odd_shape(name, shape):
    init = registry.INITIALIZERS[name].make()
    refused(
        lambda: init(np.random.default_rng(0), shape),
        "shape",
        "n_in",
        "n_out",
        "c_in",
        "c_out",
        "k",
    )


@pytest.mark.parametrize("name", registry.INITIALIZERS)
def test_every_initializer_takes_shapes_of_numpy(name):
    init = registry.INITIALIZERS[name].make()
    expected = init(np.random.default_rng(0), (3, 2))
    for shape in ([3, 2], np.array([3, 2]), (np.int64(3), np.uint8(2))):
        assert same_bits(init(np.random.default_rng(0), shape), expected)


@pytest.mark.parametrize("rng", [None, 0, np.random, np.random.RandomState(0), np.random.PCG64(0)])
@pytest.mark.parametrize("name", sorted({*registry.INITIALIZERS} - {"constant"}))
def test_every_initializer_refuses_what_is_no_generator(name, rng):
    refused(lambda: registry.INITIALIZERS[name].make()(rng, (3, 2)), "rng")


def scaled(**settings):
    return dl.variance_scaling(np.random.default_rng(0), (3, 2), **settings)


@pytest.mark.parametrize("value", NUMBERS)
def test_settings_of_initializers(value):
    refused(lambda: scaled(scale=value), "scale")
    refused(lambda: dl.constant(value), "value")
    refused(lambda: dl.normal(value), "std")
    for odd in (value, "fan", ["fan_in"]):
        refused(lambda odd=odd: scaled(mode=odd), "mode")
        refused(lambda odd=odd: scaled(distribution=odd), "distribution")


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize("scale", [5e-324, 1e-300, 1e300, 1.7e308])
def test_scales_of_any_size(scale, distribution):
    W = scaled(scale=scale, distribution=distribution)
    assert np.isfinite(W).all()
    assert np.abs(W).max() < 10 * np.sqrt(scale)


SETS = {"moons": dl.moons, "spirals": dl.spirals, "regression": dl.regression, "mnist": dl.mnist}
ROWS = {
    "moons": ["n"],
    "spirals": ["n", "classes"],
    "regression": ["n", "n_in"],
    "mnist": ["n_train"],
}


@pytest.mark.parametrize("name", SETS)
def test_numbers_of_rows_and_seeds(name):
    for argument in [*ROWS[name], "seed"]:
        for value in WHOLE:
            refused(partial(SETS[name], **{argument: value}), argument)
    for argument in ROWS[name]:
        for value in [0, *HUGE]:
            refused(partial(SETS[name], **{argument: value}), argument, "n ", "n_train + n_test")
    for seed in (10**30, np.int64(3)):
        first, second = SETS[name](seed=seed)[:2], SETS[name](seed=int(seed))[:2]
        assert same_bits(np.asarray(first[0][0]), np.asarray(second[0][0]))


@pytest.mark.parametrize("value", [*NUMBERS, -0.1, 1e31, 1e308])
@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("moons", "noise"),
        ("spirals", "noise"),
        ("regression", "noise"),
        ("spirals", "turns"),
    ],
)
def test_noise_and_turns(name, argument, value):
    refused(lambda: SETS[name](**{argument: value}), argument)


@pytest.mark.parametrize("size", [None, "28", 28.0, [28], np.array([28, 14]), 7, 0, True, 10**400])
def test_size_of_digits(size):
    refused(lambda: dl.mnist(10, 10, size=size), "size")


@pytest.mark.parametrize("name", ["moons", "spirals", "regression"])
def test_what_is_taken_gives_finite_numbers(name):
    for noise in (0, 1e-300, 1e30):
        for n in (2, 3, 10):
            assert all(np.isfinite(part).all() for part in SETS[name](n=n, noise=noise))


@pytest.mark.parametrize("seed", [*WHOLE, 0.5, "seed", np.random.default_rng(0)])
def test_streams_refuse_what_is_no_seed(seed):
    refused(lambda: dl.streams(seed), "seed")


def test_streams_take_every_whole_number():
    for seed in (0, np.uint8(3), 2**64, 10**400):
        first, second = dl.streams(seed), dl.streams(int(seed))
        assert [s.random() for s in first] == [s.random() for s in second]


DRAWS = {
    "random": lambda rng: rng.random(7),
    "float32": lambda rng: rng.random(3, dtype=np.float32),  # half a word may be kept back
    "normal": lambda rng: rng.normal(size=5),
    "integers": lambda rng: rng.integers(0, 9, 3, dtype=np.uint8),
    "permutation": lambda rng: rng.permutation(9),
    "many": lambda rng: rng.random(2000),  # more than the state of a Mersenne twister
}


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("make", BIT_GENERATORS)
def test_replay_rewinds_every_stream_of_numpy(make, draw):
    rng = np.random.Generator(make(3))
    rng.integers(0, 9, dtype=np.uint8)  # leaves part of a word
    with dl.replay(rng) as same:
        assert same is rng
        first = DRAWS[draw](rng)
        with dl.replay(rng):
            inner = DRAWS[draw](rng)
        assert np.array_equal(inner, DRAWS[draw](rng))
    assert np.array_equal(first, DRAWS[draw](rng))
    rng = np.random.Generator(make(3))
    rng.integers(0, 9, dtype=np.uint8)
    with pytest.raises(TypeError), dl.replay(rng):
        rng.random("an error inside")
    assert np.array_equal(first, DRAWS[draw](rng)), "rewound after an error, too"


@pytest.mark.parametrize("rng", [None, 0, np.random.RandomState(0), np.random.PCG64(0)])
def test_replay_refuses_what_is_no_generator(rng):
    def use():
        with dl.replay(rng):
            pass

    refused(use, "replay: rng")
