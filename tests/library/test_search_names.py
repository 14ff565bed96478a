"""The name of an objective says what it holds, so that a journal mixes no two searches."""

import functools
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from search_objectives import SPACE, same

import dlcourse as dl
from dlcourse.search.texts import label
from dlcourse.search.workers import name_of


class Settings:
    """An objective with settings, in four forms; it has no text of its own."""

    def __init__(self, factor, data=None):
        self.factor, self.data = factor, np.arange(40.0) if data is None else data

    def __call__(self, config, seed):
        return self.factor * config["x"]

    def score(self, config, seed):
        return self(config, seed)

    @classmethod
    def of_class(cls, config, seed):
        return config["x"]


class Slots:
    __slots__ = ("factor",)

    def __init__(self, factor):
        self.factor = factor

    def score(self, config, seed):
        return self.factor * config["x"]


class Texted(Settings):
    def __repr__(self):
        return f"Texted({self.factor})"


class Inside:
    """Its settings are those of an attribute."""

    def __init__(self, factor):
        self.inner = Settings(factor)

    def score(self, config, seed):
        return self.inner(config, seed)


def retried(times):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(config, seed):
            return times * f(config, seed)

        return wrapper

    return decorate


def plain(config, seed):
    return config["x"]


def inner(factor):
    def objective(config, seed):
        return factor * config["x"]

    return objective


def by_default(factor):
    return lambda config, seed, factor=factor: factor * config["x"]


def by_keyword(factor):
    def objective(config, seed, *, factor=factor):
        return factor * config["x"]

    return objective


def method_in_a_closure(factor):
    score = Settings(factor).score
    return lambda config, seed: score(config, seed)


def built(factor):
    """`objective_for` with a `build` that holds a setting."""
    x, y = np.eye(4, dtype=np.float32), np.array([0, 1, 0, 1])

    def build(config, seed):
        return dl.Sequential(dl.Linear(4, int(2 * factor)), seed=seed)

    return dl.objective_for(build, ((x, y), (x, y)), epochs=1)


KINDS = {
    "method": lambda k: Settings(k).score,
    "object": Settings,
    "slots": lambda k: Slots(k).score,
    "text of its own": lambda k: Texted(k).score,
    "settings of an attribute": lambda k: Inside(k).score,
    "data": lambda k: Settings(1, np.full(40, k)).score,
    "list": lambda k: Settings(1, [k]).score,
    "inner function": inner,
    "default of a lambda": by_default,
    "keyword of an inner function": by_keyword,
    "method in a closure": method_in_a_closure,
    "wrapped function": lambda k: retried(k)(plain),
    "partial": lambda k: functools.partial(Settings(k).score),
    "partial of a lambda": lambda k: functools.partial(by_default(k)),
    "partial with an object": lambda k: functools.partial(by_argument, settings=Settings(k)),
    "build of objective_for": built,
}


def by_argument(config, seed, settings):
    return settings(config, seed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_journal_tells_settings_apart(kind, tmp_path):
    make, path = KINDS[kind], tmp_path / "search.jsonl"
    space = {"lr": dl.LogUniform(0.1, 1)} if kind.startswith("build") else SPACE
    assert name_of(make(1)) == name_of(make(1)) != name_of(make(2))
    first = dl.random_search(make(1), space, 3, journal=path)
    text = path.read_bytes()
    with pytest.raises(ValueError, match="journal of another search: its objective is"):
        dl.random_search(make(2), space, 5, journal=path)
    assert path.read_bytes() == text
    assert same(dl.random_search(make(1), space, 3, journal=path), first)


def test_names_are_the_same_in_every_process():
    code = """
import sys
sys.path.insert(0, {folder!r})
from test_search_names import KINDS, name_of
print(*(name_of(make(3)) for make in KINDS.values()), sep="\\n")
"""
    printed = set()
    for seed in ("1", "2"):
        code = code.format(folder=str(Path(__file__).parent))
        own = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(dl.__file__).parents[1])}
        printed.add(
            subprocess.run(
                [sys.executable, "-c", code],
                check=True,
                env={**os.environ, **own},
                capture_output=True,
                text=True,
            ).stdout
        )
    (names,) = printed
    assert len(set(names.splitlines())) == len(KINDS)
    assert " at 0x" not in names


def test_names_say_what_they_are_of():
    end = "checksum 6efd160b)"  # of np.arange(40.0)
    assert name_of(plain) == "test_search_names.plain"
    assert name_of(inner(2)) == "test_search_names.inner.<locals>.objective(factor=2)"
    assert name_of(Settings.of_class) == "test_search_names.Settings.of_class"
    assert name_of(Texted(2).score) == "test_search_names.Texted(2).score"
    assert name_of(math.hypot) == "math.hypot"
    assert name_of(Settings(2).score) == (
        f"test_search_names.Settings(factor=2, data=array(shape (40,), float64, {end}).score"
    )
    assert len(name_of(Settings(2, ["x" * 9] * 999).score)) < 600  # and yet the next differs
    other = Settings(2, ["x" * 9] * 998 + ["x" * 8 + "y"])
    assert name_of(Settings(2, ["x" * 9] * 999).score) != name_of(other.score)


def test_what_contains_itself_has_a_text():
    items, thing = [1], Settings(1)
    items += [items, items]
    thing.data = {"me": thing}

    def again(config, seed):
        return again

    assert label(items) == "[1, ..., ...]"
    assert label(thing) == "Settings(factor=1, data={'me': ...})"
    assert label(again).endswith("again(again=...)")
    tree = Settings(0)
    for _ in range(40):  # 2**40 texts without a limit
        tree = Settings(tree, tree)
    assert len(label(tree)) < 10**8
    assert label(math) == "module math"  # no path


def test_a_variable_without_value_and_super():
    class Late(Settings):
        def make(self):
            def objective(config, seed):
                return super(Late, self).factor, __class__, later

            name = label(objective)
            later = 1
            return name, later

    name, _ = Late(3).make()
    assert "self=" in name
    assert "later" not in name
    assert "__class__" not in name
