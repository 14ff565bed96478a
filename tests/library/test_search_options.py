"""Options of every kind: drawn, copied, found again, in figures and in a journal."""

import contextlib
import copy
import functools
import os
import subprocess
import sys
from collections import namedtuple
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

import dlcourse as dl
from dlcourse.search.texts import label

mpl.use("agg")
NAN = float("nan")
Pair = namedtuple("Pair", "name tags")


@dataclass
class Recipe:
    tags: frozenset
    width: int = 3


class NoEq:
    """Equal to itself only, and without a text of its own."""


class Odd:
    """Comparing it raises, and so does asking for its text."""

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None

    def __repr__(self):
        raise RuntimeError("no")


TAGS = frozenset({"red", "green", "blue", "grey"})
KINDS = {
    "mixed": [16, "auto", 0.5, None],
    "one, 1.0 and True": [1, 1.0, True],
    "arrays": [np.zeros(3), np.arange(40.0), np.arange(40.0) + 1e-12],
    "object arrays": [np.array([1, "a"], object), np.array([2, "a"], object)],
    "arrays inside": [(np.zeros(2), 1), (np.ones(2), 1), [np.zeros(2)]],
    "NaN": [NAN, 1.0, np.float64("nan"), float("inf")],
    "frozensets": [TAGS, TAGS - {"red"}, frozenset()],
    "sets": [set(TAGS), {"red"}, set()],
    "sets inside": [[TAGS], (TAGS, 1), {"a": TAGS}, {TAGS: 1}],
    "tuples": [(64,), (64, 32), ()],
    "lists": [[64], [64, 32], ["a, b"]],
    "dicts": [{"a": 1, "b": 2}, {}],
    "commas": ["a, b", "a", "$x_", "x" * 99],
    "NumPy numbers": [np.float32(0.1), np.int64(3), np.float64(0.1), np.bool_(True), 3],
    "bools": [True, False],
    "floats": [0.1, 1e-300],
    "ints": [16, 2**40],
    "huge": [10**400, 1],
    "texts": ["a\0", "a", "\u00e9"],
    "bytes": [b"a", "a"],
    "classes": [dl.ReLU, dl.Tanh, np],
    "partials": [functools.partial(label, {"b", "a", "c"}), functools.partial(label)],
    "records": [Pair("x", TAGS), Recipe(TAGS), Recipe(TAGS, 4)],
    "without ==": [NoEq(), dl.ReLU()],
    "comparing raises": [Odd(), 1],
}


def space_of(kind):
    return {"option": dl.Choice(KINDS[kind]), "x": dl.Uniform(0, 1)}


def spoils(config, seed):
    """Says how it found its option, and changes it in place if it can."""
    option = config["option"]
    found = label(option)
    for change in (
        lambda: option.append(0),
        lambda: option.update({"spoilt": 1}),
        lambda: option.add("spoilt"),
        lambda: option.__setitem__(0, 7),
        lambda: setattr(option, "width", 9),
        lambda: option[0].append(1),
        lambda: option[0].__setitem__(0, 7),
    ):
        with contextlib.suppress(Exception):
            change()
    config["x"] = config.pop("option")
    return sum(map(ord, found)) + seed / 2**31


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2) as pool:
        yield pool


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_is_the_same_here_in_a_pool_and_resumed(kind, pool, tmp_path):
    space, path = space_of(kind), tmp_path / "journal"
    options = copy.deepcopy([label(option) for option in KINDS[kind]])
    here = dl.random_search(spoils, space, 12)
    there = dl.random_search(spoils, space, 12, executor=pool)
    assert here.errors == there.errors == [None] * 12
    assert here.scores.tolist() == there.scores.tolist()
    for trials in (6, 12, 12):
        again = dl.random_search(spoils, space, trials, journal=path)
        assert again.scores.tolist() == here.scores.tolist()[:trials]
    assert len(path.read_text().splitlines()) == 13
    assert [label(option) for option in space["option"].options] == options  # nothing changed
    here.best["option"] = here
    assert not any(config["option"] is here for config in here.configs)


@pytest.mark.parametrize("kind", KINDS)
def test_each_value_of_a_column_lies_in_the_space(kind):
    space = space_of(kind)
    trials = dl.random_search(spoils, space, 30)
    for name, values in space.items():
        column = trials[name]
        assert len(column) == 30
        assert all(value in values for value in column)
        assert all(0 <= values.position(value) <= 1 for value in column)
    found = {space["option"].position(value) for value in trials["option"]}
    assert len(found) == len(KINDS[kind])  # each option is told apart from the others
    narrowed = dl.narrow(space, trials, keep=1.0)
    assert narrowed["option"] == space["option"]
    assert len(trials.table(30).splitlines()) == 31


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plot", ["scatter", "parallel"])
def test_it_can_be_drawn(kind, plot):
    fig = dl.random_search(spoils, space_of(kind), 9).plot(plot)
    fig.canvas.draw()
    if plot == "scatter":
        ticks = fig.axes[0].get_xticklabels()
        assert len(ticks) == len(KINDS[kind])
        if kind == "tuples":
            assert [tick.get_text() for tick in ticks] == ["(64,)", "(64, 32)", "()"]
    plt.close("all")


def test_a_journal_goes_on_in_processes_with_other_hashes(tmp_path):
    code = """
import sys
sys.path.insert(0, {folder!r})
from test_search_options import KINDS, dl, space_of, spoils
for kind in KINDS:
    dl.random_search(spoils, space_of(kind), {trials}, journal=f"{path}/" + kind)
"""
    for seed, trials in (("1", 5), ("2", 8), ("3", 8)):
        text = code.format(folder=str(Path(__file__).parent), path=tmp_path, trials=trials)
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(Path(dl.__file__).parents[1]),
        }
        subprocess.run([sys.executable, "-c", text], check=True, env=environment)
    for kind in KINDS:
        assert len((tmp_path / kind).read_text().splitlines()) == 9, kind


REFUSED = {
    "two that read the same": ([NoEq(), NoEq()], True, r"two options that both read .*NoEq\(\)"),
    "lambdas": ([lambda x: x, lambda x: -x], True, "two options that both read"),
    "what cannot be copied": ([(i for i in "ab"), 1], False, "cannot be copied"),
    "files": ([sys.stdout, 1], False, "cannot be copied"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_before_the_first_trial(kind, tmp_path):
    options, journal, message = REFUSED[kind]
    path, ran = tmp_path / "journal", []
    stdout = [open(tmp_path / "file", "w")] if kind == "files" else options  # noqa: SIM115
    space = {"option": dl.Choice([*stdout[:1], options[1]])}
    with pytest.raises((TypeError, ValueError), match=rf"space\['option'\] has .*{message}"):
        dl.random_search(lambda c, s: ran.append(1) or 1, space, journal=path)
    assert not ran
    assert not path.exists()
    if journal:
        assert dl.random_search(lambda c, s: 1.0, space, 3).best_score == 1


def test_a_set_of_options_is_refused_since_it_has_no_order():
    for options in ({"a", "b"}, frozenset({"a"})):
        with pytest.raises(TypeError, match="whose order is another one in every process"):
            dl.Choice(options)


def test_whole_numbers_of_any_length_go_through_a_journal(tmp_path):
    space = {"n": dl.Choice([10**400, 10**5000, 10**5001, 1])}
    for seed in (0, 10**5000):
        path = tmp_path / str(seed % 7)
        tables = [
            dl.random_search(lambda config, seed: 1.0, space, 6, seed, journal=path)
            for _ in range(2)
        ]
        assert tables[0].configs == tables[1].configs
