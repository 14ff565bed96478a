"""objective_for: data in, validation accuracy out, and nothing hidden in between."""

import pickle
from functools import partial

import numpy as np
import pytest

import dlcourse as dl
from dlcourse.search.workers import name_of


def build(config, seed):
    return dl.Sequential(dl.Linear(2, 8), dl.ReLU(), dl.Linear(8, 2), seed=seed)


def data(n=100):
    return dl.moons(n, seed=0), dl.moons(n, seed=1)


def test_it_does_what_is_written_out_here():
    objective = dl.objective_for(build, data(), optimizer=dl.Momentum, epochs=3, batch_size=20)
    config = {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.01, "unknown": "left alone"}
    model, (train, valid) = build(config, 5), data()
    optimizer = dl.Momentum(lr=0.1, momentum=0.5, weight_decay=0.01)
    dl.fit(model, train, optimizer=optimizer, epochs=3, batch_size=20, seed=5)
    assert objective(config, 5) == dl.accuracy(model, *valid)


def test_epochs_batch_size_optimizer_and_score_can_be_chosen():
    seen = []

    def score(model, x, y):
        return -dl.evaluate(model, x, y)[0]

    def optimizer(config):
        seen.append(dl.SGD(10 ** config["log lr"]))
        return seen[-1]

    objective = dl.objective_for(build, data(), optimizer=optimizer, epochs=2, score=score)
    config = {"log lr": -1, "batch_size": 25}
    assert objective(config, 0) < 0
    assert seen[-1].t == 2 * 100 / 25
    assert objective(config, 0, epochs=5) > objective(config, 0)
    assert seen[0].lr == 0.1


def test_data_may_be_a_function_that_is_called_once_and_never_pickled():
    calls = []

    def load():
        calls.append(1)
        return data()

    objective = dl.objective_for(build, load, epochs=1)
    assert objective({"lr": 0.01}, 0) == objective({"lr": 0.01}, 0)
    assert calls == [1]
    far = dl.objective_for(build, partial(data, 5000), epochs=1)
    far.data()
    assert len(pickle.dumps(far)) < 2000
    near = dl.objective_for(build, data(5000), epochs=1)
    assert len(pickle.dumps(near)) > 80_000
    assert pickle.loads(pickle.dumps(far))({"lr": 0.01}, 0) == near({"lr": 0.01}, 0)


def test_divergence_is_the_error_of_its_trial():
    objective = dl.objective_for(build, data(), optimizer=dl.SGD, epochs=5)
    space = {"lr": dl.Choice([0.1, 1e30])}
    trials = dl.random_search(objective, space, 8)
    huge = trials["lr"] == 1e30
    assert np.isnan(trials.scores).tolist() == huge.tolist()
    assert all(error.startswith("Diverged: the loss is no longer finite in epoch 0")
               for error in trials.errors if error)  # fmt: skip


def test_the_search_finds_a_good_learning_rate():
    space = {"lr": dl.LogUniform(1e-6, 1)}
    objective = dl.objective_for(build, data(), epochs=3, batch_size=10)
    assert dl.random_search(objective, space, 20).best_score > 0.8
    trials = dl.successive_halving(objective, space, 9, max_epochs=9)
    assert trials.epochs.tolist() == [1] * 9 + [3] * 3 + [9]


def test_its_name_in_a_journal_holds_all_that_matters():
    names = {
        name_of(dl.objective_for(b, d, optimizer=o, epochs=e))
        for b in (build, test_divergence_is_the_error_of_its_trial)
        for d in (data(), data(60), data, partial(data, 60))
        for o in (dl.Adam, dl.SGD)
        for e in (1, 2)
    }
    assert len(names) == 32
    again = dl.objective_for(build, data(), epochs=1)
    assert name_of(again) in names
    assert name_of(pickle.loads(pickle.dumps(again))) == name_of(again)
    assert not any("0x" in name for name in names)


def test_names_of_other_objectives():
    assert name_of(build) == f"{__name__}.build"
    assert name_of(partial(build, seed=3)) == f"{__name__}.build(seed=3)"
    assert name_of(partial(build, 3, seed=[1])) == f"{__name__}.build(3, seed=[1])"


def test_an_optimizer_without_its_learning_rate_says_so():
    objective = dl.objective_for(build, data(), optimizer=dl.SGD)
    with pytest.raises(RuntimeError, match="all 2 trials failed.*'lr'"):
        dl.random_search(objective, {"weight_decay": dl.Uniform(0, 1)}, 2)


@pytest.mark.parametrize("name", ["learning_rate", "epochs", "seed", "Lr", "momentum"])
@pytest.mark.parametrize("search", [dl.random_search, dl.coarse_to_fine, dl.successive_halving])
def test_a_name_that_nothing_reads_is_refused_before_the_first_trial(name, search):
    def score(*args):
        raise AssertionError("a trial ran")

    objective = dl.objective_for(reads_units, data(), score=score)
    space = {"lr": dl.LogUniform(0.01, 1), "units": dl.IntUniform(2, 8), name: dl.Uniform(0, 1)}
    with pytest.raises(ValueError, match=rf"nothing reads space\['{name}'\]: Adam takes lr, .*"
                       "reads_units reads units, and there is batch_size"):  # fmt: skip
        search(partial(objective), space, 9)


def reads_units(config, seed):
    return dl.Sequential(dl.Linear(2, config["units"]), dl.Linear(config["units"], 2), seed=seed)


def reads_sometimes(config, seed):
    return build({}, seed) if config["deep"] else reads_units(config, seed)


READERS = {
    "in some branch": (reads_sometimes, {"deep": dl.Choice([True, False])}),
    "get": (lambda c, s: build(c, s + int(c.get("units", 0))), {}),
    "in": (lambda c, s: build(c, s + ("units" in c)), {}),
    "pop": (lambda c, s: build(c, s + c.pop("units")), {}),
    "**": (lambda c, s: (lambda units, **_: build({}, s))(**c), {}),
    "dict()": (lambda c, s: reads_units(dict(c), s), {}),
    "{**}": (lambda c, s: reads_units({**c}, s), {}),
    "copy": (lambda c, s: reads_units(c.copy(), s), {}),
    "|": (lambda c, s: reads_units(c | {"a": 1}, s), {}),
    "| c": (lambda c, s: reads_units({"a": 1} | c, s), {}),
    "==": (lambda c, s: build({}, s + (c == {"units": 3})), {}),
    "repr": (lambda c, s: build({}, s + len(repr(c))), {}),
    "setdefault": (lambda c, s: build({}, s + c.setdefault("units", 3)), {}),
    "popitem": (lambda c, s: build({}, s + len(c.popitem())), {}),
    "reversed": (lambda c, s: build({}, s + len(list(reversed(c)))), {}),
    "items": (lambda c, s: reads_units(dict(c.items()), s), {}),
    "values": (lambda c, s: build({}, int(sum(c.values()))), {}),
}


@pytest.mark.parametrize("how", READERS)
def test_whoever_reads_a_name_in_whatever_way_has_read_it(how):
    reader, more = READERS[how]
    space = {"lr": dl.LogUniform(0.01, 1), **more, "units": dl.IntUniform(2, 8)}
    trials = dl.random_search(dl.objective_for(reader, data(), epochs=1), space, 8)
    assert trials.errors == [None] * 8


class Plain:
    """A student's optimizer: a learning rate, and a step."""

    def __init__(self, lr):
        self.lr = lr

    def step(self, w, g):
        w -= self.lr * g


class Anything:
    def __init__(self, lr, **settings):
        self.lr, self.momentum = lr, settings["momentum"]


class Passes(dl.Momentum):
    def __init__(self, lr, **kw):
        super().__init__(lr, **kw)


def test_settings_arrive_at_every_kind_of_optimizer():
    config = {"lr": 0.1, "momentum": 0.5, "units": 3}
    for kind, momentum in (
        (dl.Momentum, 0.5),
        (Passes, 0.5),
        (Anything, 0.5),
        (partial(dl.Momentum, momentum=0.7), 0.5),
        (lambda c: dl.Momentum(c["lr"]), 0.9),
    ):
        optimizer = dl.objective_for(build, data(), optimizer=kind).make_optimizer(config)
        assert (optimizer.lr, optimizer.momentum) == (0.1, momentum)
    space = {"lr": dl.LogUniform(0.01, 1)}
    plain, sgd = (
        dl.random_search(dl.objective_for(build, data(), optimizer=kind, epochs=2), space, 4)
        for kind in (Plain, dl.SGD)
    )
    assert plain.scores.tolist() == sgd.scores.tolist()
    with pytest.raises(ValueError, match="Plain takes lr, build reads no name"):
        dl.random_search(
            dl.objective_for(build, data(), optimizer=Plain), {**space, "momentum": space["lr"]}
        )


def labels_of_all_kinds():
    pandas, torch = pytest.importorskip("pandas"), pytest.importorskip("torch")
    return [np.asarray, np.ndarray.tolist, pandas.Series, torch.tensor]


def test_labels_of_all_kinds_have_a_name_in_a_journal(tmp_path):
    space, tables = {"lr": dl.LogUniform(0.01, 1)}, []
    for i, kind in enumerate(labels_of_all_kinds()):
        pairs = [(x, kind(y)) for x, y in data()]
        objective, path = dl.objective_for(build, pairs, epochs=1), tmp_path / str(i)
        for _ in range(2):
            tables.append(dl.random_search(objective, space, 3, journal=path).scores.tolist())
        other = dl.objective_for(build, [(x, kind(1 - y)) for x, y in data()], epochs=1)
        assert repr(objective) != repr(other)
    assert tables == tables[:1] * len(tables)
