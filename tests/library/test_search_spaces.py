"""Ranges and spaces: what is drawn, from where, and what is refused."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_objectives import SPACE, smooth

import dlcourse as dl
from dlcourse.search.spaces import draw, exact

RANGES = [
    dl.Uniform(-1.5, 2),
    dl.LogUniform(1e-6, 10),
    dl.IntUniform(-2, 5),
    dl.Choice(["a", 1, 1.0, None, dl.ReLU]),
]


@pytest.mark.parametrize("values", RANGES, ids=repr)
@given(u=st.floats(0, 1, exclude_max=True))
def test_there_and_back(values, u):
    value = values.at(u)
    assert value in values
    assert -1e-12 <= values.position(value) <= 1 + 1e-12
    if values.scale != "choice" and not isinstance(value, int):
        assert values.position(value) == pytest.approx(u, abs=1e-12)


@pytest.mark.parametrize("values", RANGES, ids=repr)
def test_a_range_is_a_value(values):
    for other in (copy.deepcopy(values), pickle.loads(pickle.dumps(values))):
        assert other == values
        assert hash(other) == hash(values)
    with pytest.raises(AttributeError, match="never changes"):
        values.low = 0
    one, two = (values.sample(np.random.default_rng(3)) for _ in range(2))
    assert one == two


def test_each_range_draws_uniformly_on_its_own_scale():
    configs, _ = draw(SPACE, 4000, seed=0)
    for name, values in SPACE.items():
        column = np.array([values.position(config[name]) for config in configs])
        assert abs(column.mean() - 0.5) < 0.03, name
    assert {config["n"] for config in configs} == set(range(1, 10))
    assert {type(config["n"]) for config in configs} == {int}


def test_wholes_and_floats_in_a_choice_are_different_options():
    values = dl.Choice([1, 1.0])
    assert [values.position(v) for v in (1, 1.0)] == [0, 1]
    assert True not in values


@pytest.mark.parametrize("trials", [1, 7, 50])
def test_the_first_trials_are_the_same_for_every_number(trials):
    (some, seeds), (many, more) = draw(SPACE, trials, 5), draw(SPACE, 60, 5)
    assert some == many[:trials]
    assert seeds.tolist() == more[:trials].tolist()


def test_another_range_leaves_the_other_parameters_alone():
    one, _ = draw(SPACE, 20, 0)
    two, _ = draw({**SPACE, "lr": dl.Uniform(5, 6)}, 20, 0)
    assert [c["x"] for c in one] == [c["x"] for c in two]
    assert all(5 <= c["lr"] <= 6 for c in two)


def test_text():
    assert [repr(values) for values in RANGES] == [
        "Uniform(-1.5, 2)",
        "LogUniform(1e-06, 10)",
        "IntUniform(-2, 5)",
        "Choice(['a', 1, 1.0, None, ReLU])",
    ]
    assert "0x" not in repr(dl.Choice([object()]))
    assert exact({"x": dl.Uniform(0, 1 / 3)}) == {"x": "Uniform(0.0, 0.3333333333333333)"}


T, V = TypeError, ValueError
BAD = [
    (lambda: dl.Uniform(1, 1), V, "empty", "1.0 to 1.0"),
    (lambda: dl.Uniform(2, 1), V, "reversed", "smaller number first"),
    (lambda: dl.Uniform(0, np.inf), V, "high must be finite", "inf"),
    (lambda: dl.Uniform("0", 1), T, "Uniform: low must be a number", "'0'"),
    (lambda: dl.LogUniform(0, 1), V, "LogUniform: low must be above 0", "0.0"),
    (lambda: dl.LogUniform(1, -1), V, "high must be above 0", "-1"),
    (lambda: dl.IntUniform(0.5, 3), T, "low must be a whole number", "0.5"),
    (lambda: dl.IntUniform(4, 3), V, "reversed", "4 to 3"),
    (lambda: dl.Choice([]), V, "at least one option"),
    (lambda: dl.Choice("relu"), T, "a list of options", "'relu'"),
    (lambda: dl.Choice([1, 2, 1]), V, "the option 1 twice"),
    (lambda: dl.random_search(smooth, {}), V, "space is empty", "LogUniform"),
    (lambda: dl.random_search(smooth, [1]), T, "a dict of ranges", "[1]"),
    (lambda: dl.random_search(smooth, {"x": 3}), T, "space['x']", "got 3", "Choice([3])"),
    (lambda: dl.random_search(smooth, {1: SPACE["x"]}), T, "names must be strings", "1"),
    (lambda: dl.random_search(smooth, SPACE, trials=0), V, "trials must be at least 1", "0"),
    (lambda: dl.random_search(smooth, SPACE, trials=2.5), T, "trials must be a whole", "2.5"),
    (lambda: dl.random_search(smooth, SPACE, seed=-1), V, "seed must be at least 0", "-1"),
    (lambda: dl.random_search("f", SPACE), T, "objective must be a function", "'f'"),
    (lambda: dl.random_search(smooth, SPACE, executor=2), T, "Executor", "got 2", "loky"),
    (lambda: dl.coarse_to_fine(smooth, SPACE, rounds=0), V, "rounds must be at least 1"),
    (lambda: dl.coarse_to_fine(smooth, SPACE, keep=0), V, "keep must be in (0, 1]", "0.0"),
    (lambda: dl.coarse_to_fine(smooth, SPACE, trials=1), V, "trials must be at least 2"),
    (lambda: dl.successive_halving(smooth, SPACE, eta=1), V, "eta must be at least 2", "1"),
    (lambda: dl.successive_halving(smooth, SPACE, max_epochs=0), V, "max_epochs", "0"),
    (lambda: dl.successive_halving(smooth, SPACE, 9, 5, 4), V, "at least min_epochs", "4 and 5"),
    (lambda: dl.objective_for(None, smooth), T, "build must be a function", "None"),
    (lambda: dl.objective_for(smooth, [1, 2]), T, "data must be", "list"),
    (lambda: dl.objective_for(smooth, smooth, epochs=0), V, "epochs must be at least 1"),
]


@pytest.mark.parametrize("row", range(len(BAD)))
def test_error(row):
    call, error, *fragments = BAD[row]
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    for fragment in fragments:
        assert fragment in str(caught.value)
