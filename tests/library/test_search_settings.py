"""Settings of a space on their way to an optimizer that takes more than its signature says."""

from functools import partial

import pytest

import dlcourse as dl


def data():
    x, y = dl.moons(80)
    return (x[:40], y[:40]), (x[40:], y[40:])


def build(config, seed):
    return dl.Sequential(dl.Linear(2, 2), seed=seed)


class Takes(dl.Momentum):
    """Reads one setting itself, and gives the others to a base that takes no unknown ones."""

    def __init__(self, lr, **kw):
        self.warm = kw.pop("warm", 0)
        super().__init__(lr, **kw)


def test_a_setting_that_an_optimizer_takes_out_of_its_kw_arrives(tmp_path):
    def reads(config, seed):
        config.get("warm")
        return build(config, seed)

    space = {"lr": dl.LogUniform(0.01, 1), "warm": dl.Choice([3])}
    for kind in (Takes, partial(Takes, momentum=0.5)):
        for builder in (build, reads):
            objective = dl.objective_for(builder, data(), optimizer=kind, epochs=1)
            made = objective.make_optimizer({"lr": 0.1, "warm": 3, "units": 4})
            assert (made.lr, made.warm) == (0.1, 3)
            dl.random_search(objective, space, 2)
    wrong = {"lr": space["lr"], "wram": dl.Choice([3])}
    with pytest.raises(ValueError, match=r"nothing reads space\['wram'\]"):
        dl.random_search(dl.objective_for(build, data(), optimizer=Takes), wrong, 2)


def test_where_some_networks_cannot_be_built_an_unread_name_is_a_warning():
    def fails(config, seed):
        if config["units"] == 0:
            raise ValueError("no units")
        return build(config, seed)

    space = {"lr": dl.LogUniform(0.01, 1), "units": dl.Choice([0, 3]), "wram": dl.Choice([3])}
    with pytest.warns(UserWarning, match=r"nothing reads space\['wram'\].*ValueError: no units"):
        trials = dl.random_search(dl.objective_for(fails, data(), epochs=1), space, 8)
    assert trials.errors.count(None) not in (0, 8)
