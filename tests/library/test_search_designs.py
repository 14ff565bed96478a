"""Designs: where the points of a search lie, before any range is looked at."""

import numpy as np
import pytest
from scipy.stats import qmc
from search_objectives import SPACE, smooth

import dlcourse as dl
from dlcourse.search.designs import DESIGNS, halton, latin, radical_inverse
from dlcourse.search.spaces import draw

WIDE = {f"x{k}": dl.Uniform(0, 1) for k in range(6)}


def points(design, n, seed=0, space=WIDE):
    return np.array([list(c.values()) for c in draw(space, n, seed, design=design)[0]])


@pytest.mark.parametrize("base", [2, 3, 5, 7, 29])
def test_without_permutations_it_is_haltons_sequence(base):
    """scipy counts the same way; its axes are the primes in their order."""
    axis = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29].index(base)
    theirs = qmc.Halton(10, scramble=False).random(500)[:, axis]
    ours = radical_inverse(np.arange(500), base, [np.arange(base)] * 40)
    assert np.allclose(ours, theirs, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [1, 2, 7, 64])
def test_latin_has_a_point_in_each_stratum(n, seed):
    strata = np.floor(latin(np.random.default_rng(seed), n, 4) * n).astype(int)
    assert (np.sort(strata, axis=0) == np.arange(n)[:, None]).all()


@pytest.mark.parametrize("seed", range(5))
def test_halton_has_a_point_in_each_stratum_of_its_bases(seed):
    u = halton(np.random.default_rng(seed), 2**3 * 3**2 * 5, 3)
    for axis, cells in enumerate((8, 9, 5)):
        counts = np.bincount(np.floor(u[:, axis] * cells).astype(int), minlength=cells)
        assert len(set(counts)) == 1


@pytest.mark.parametrize("design", ["halton", "latin"])
def test_it_fills_the_space_more_evenly_than_chance(design):
    ours = [qmc.discrepancy(points(design, 64, seed)) for seed in range(20)]
    chance = [qmc.discrepancy(points("random", 64, seed)) for seed in range(20)]
    assert np.mean(ours) < 0.6 * np.mean(chance)


@pytest.mark.parametrize("design", DESIGNS)
def test_each_seed_has_points_of_its_own_below_one(design):
    a, b = points(design, 40, 0), points(design, 40, 1)
    assert np.array_equal(a, points(design, 40, 0))
    assert not np.isclose(a, b).any()
    for u in (a, b):
        assert ((u >= 0) & (u < 1)).all()


@pytest.mark.parametrize("design", ["random", "halton"])
def test_more_trials_leave_the_first_ones(design):
    assert np.array_equal(points(design, 100)[:30], points(design, 30))


@pytest.mark.parametrize("design", DESIGNS)
def test_every_kind_of_range_gets_values_of_its_own(design):
    space = {"a": dl.Uniform(-1, 2), "b": dl.LogUniform(1e-6, 1), "c": dl.IntUniform(1, 9)}
    space["d"] = dl.Choice(["u", "v", "w"])
    configs, _ = draw(space, 90, 3, design=design)
    assert all(config[name] in values for config in configs for name, values in space.items())
    if design == "latin":  # equal parts for whole numbers and options, too
        assert sorted(c["c"] for c in configs) == sorted(list(range(1, 10)) * 10)
        assert sorted(c["d"] for c in configs) == sorted("uvw" * 30)


@pytest.mark.parametrize("design", ["halton", "latin"])
def test_a_search_says_its_design_to_its_journal(design, tmp_path):
    file = tmp_path / "j"
    first = dl.random_search(smooth, SPACE, 12, journal=file, design=design)
    again = dl.random_search(smooth, SPACE, 12, journal=file, design=design)
    assert first.configs == again.configs
    with pytest.raises(ValueError, match="design"):
        dl.random_search(smooth, SPACE, 12, journal=file)


def test_a_journal_may_ask_for_more_points_of_haltons_sequence_only(tmp_path):
    dl.random_search(smooth, SPACE, 6, journal=tmp_path / "h", design="halton")
    assert len(dl.random_search(smooth, SPACE, 9, journal=tmp_path / "h", design="halton")) == 9
    dl.random_search(smooth, SPACE, 6, journal=tmp_path / "l", design="latin")
    with pytest.raises(ValueError, match="trials"):
        dl.random_search(smooth, SPACE, 9, journal=tmp_path / "l", design="latin")


@pytest.mark.parametrize("design", ["sobol", "", None, 3, ["halton"]])
def test_an_unknown_design_is_refused(design):
    with pytest.raises(ValueError, match="design must be one of random, halton, latin but got"):
        dl.random_search(smooth, SPACE, 3, design=design)
