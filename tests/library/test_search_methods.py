"""The methods: random search, narrowing, coarse to fine, successive halving."""

import math

import numpy as np
import pytest
from search_objectives import SPACE, same, smooth

import dlcourse as dl


def test_the_seed_decides_everything():
    one, two, other = (dl.random_search(smooth, SPACE, 20, seed) for seed in (1, 1, 2))
    assert same(one, two)
    assert one.configs != other.configs
    assert len(one) == 20
    for i, (config, seed) in enumerate(zip(one.configs, one.seeds, strict=True)):
        if one.errors[i] is None:
            assert smooth(config, int(seed)) == one.scores[i]
        else:
            assert math.isnan(one.scores[i])
            assert one.errors[i].startswith("ValueError: x is 0.0")


def test_the_objective_gets_a_dict_of_its_own_and_a_plain_seed():
    def careless(config, seed):
        assert type(seed) is int
        return config.pop("x")

    trials = dl.random_search(careless, SPACE, 5)
    assert all("x" in config for config in trials.configs)


RESULTS = {
    "NaN": (float("nan"), "returned nan, which is no score"),
    "infinite": (-math.inf, "returned -inf, which is no score"),
    "nothing": (None, "returned no number but None"),
    "text": ("0.9", "returned no number but '0.9'"),
    "a truth value": (True, "returned no number but True"),
    "an array": (np.ones(2), "returned no number but array"),
    "complex": (1j, "returned no number but 1j"),
    "huge": (10**400, "OverflowError"),
}


@pytest.mark.parametrize("what", RESULTS)
def test_a_result_that_is_no_score_fails_its_trial_only(what):
    result, text = RESULTS[what]

    def objective(config, seed):
        return result if config["x"] > 0.5 else 1

    trials = dl.random_search(objective, SPACE, 10)
    failed = trials["x"] > 0.5
    assert np.isnan(trials.scores).tolist() == failed.tolist()
    assert all((text in error) if bad else error is None
               for error, bad in zip(trials.errors, failed, strict=True))  # fmt: skip


@pytest.mark.parametrize("number", [1, np.float32(1), np.int64(1), np.array(1.0)])
def test_numbers_of_any_kind_are_scores(number):
    trials = dl.random_search(lambda config, seed: number, SPACE, 2)
    assert trials.scores.tolist() == [1, 1]


def test_sys_exit_in_an_objective_is_a_failure():
    def objective(config, seed):
        if config["x"] > 0.5:
            raise SystemExit(3)
        return 0

    assert "SystemExit: 3" in dl.random_search(objective, SPACE, 10).errors


def test_all_fail():
    with pytest.raises(RuntimeError, match="all 4 trials failed; the first one, {'x': .*KeyErr"):
        dl.random_search(lambda config, seed: config["rate"], SPACE, 4)


def test_narrow_takes_the_ends_of_the_best():
    trials = dl.random_search(smooth, SPACE, 100)
    new = dl.narrow(SPACE, trials, keep=0.2)
    scored = len(trials.order())
    best = trials.order()[: math.ceil(0.2 * scored)]
    for name in ("x", "lr", "n"):
        assert (new[name].low, new[name].high) == (trials[name][best].min(),
                                                   trials[name][best].max())  # fmt: skip
        assert type(new[name]) is type(SPACE[name])
    assert SPACE["x"] == dl.Uniform(0, 1)
    assert trials.best in [trials.configs[i] for i in best]


def test_narrow_keeps_the_options_that_occur():
    space = {"kind": dl.Choice(["a", "b", "c"]), "n": dl.IntUniform(1, 5)}
    configs = [{"kind": k, "n": 3} for k in "cabcab"]
    trials = dl.Trials(space, configs, range(6), [9, 1, 8, 7, 1, 1], [None] * 6)
    assert dl.narrow(space, trials, 0.5) == {
        "kind": dl.Choice(["b", "c"]),
        "n": dl.IntUniform(3, 3),
    }


def test_narrow_looks_at_trials_inside_the_space_only():
    trials = dl.random_search(lambda config, seed: config["x"], SPACE, 50)
    part = {"x": dl.Uniform(0, 0.5)}
    assert dl.narrow(part, trials)["x"].high == max(x for x in trials["x"] if x <= 0.5)
    with pytest.raises(ValueError, match="at least 2 trials with a score .* got 0 of 50"):
        dl.narrow({"x": dl.Uniform(2, 3)}, trials)
    with pytest.raises(ValueError, match="'rate' but the trials have only x, lr, n, kind"):
        dl.narrow({"rate": dl.Uniform(2, 3)}, trials)
    with pytest.raises(ValueError, match=r"keep must be in \(0, 1\] but got 20"):
        dl.narrow(SPACE, trials, keep=20)


def test_coarse_to_fine_is_search_narrow_search():
    trials = dl.coarse_to_fine(smooth, SPACE, rounds=3, trials=30, seed=4)
    assert len(trials) == 90
    assert trials.rounds.tolist() == [0] * 30 + [1] * 30 + [2] * 30
    assert same(trials.round(0), dl.random_search(smooth, SPACE, 30, seed=4))
    space = dl.narrow(SPACE, trials.round(0))
    for config in trials.round(1).configs:
        assert all(config[name] in values for name, values in space.items())
    space = dl.narrow(space, trials.round(1))
    assert all(config["x"] in space["x"] for config in trials.round(2).configs)


def test_rounds_are_drawn_anew():
    trials = dl.coarse_to_fine(smooth, {"kind": dl.Choice(["a"]), **SPACE}, 2, 30, keep=1)
    shares = [[SPACE["x"].position(c["x"]) for c in trials.round(r).configs] for r in (0, 1)]
    assert abs(np.corrcoef(shares)[0, 1]) < 0.5
    assert set(trials.round(0).seeds) & set(trials.round(1).seeds) == set()


def test_successive_halving():
    trials = dl.successive_halving(smooth, SPACE, 27, min_epochs=2, max_epochs=20, seed=1)
    assert trials.epochs.tolist() == [2] * 27 + [6] * 9 + [18] * 3
    assert trials.rounds.tolist() == [0] * 27 + [1] * 9 + [2] * 3
    for rung, n in ((0, 9), (1, 3)):
        now, then = trials.round(rung), trials.round(rung + 1)
        assert then.configs == [now.configs[i] for i in now.order()[:n]]
        assert then.seeds.tolist() == now.seeds[now.order()[:n]].tolist()
    assert trials.best_index >= 36
    assert same(trials.round(0), dl.successive_halving(smooth, SPACE, 27, 2, 2, seed=1))


def test_successive_halving_ends_when_nobody_is_left():
    trials = dl.successive_halving(smooth, SPACE, trials=4, max_epochs=100, eta=2)
    assert trials.epochs.tolist() == [1, 1, 1, 1, 2, 2, 4]
