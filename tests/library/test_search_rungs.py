"""Searches by rungs: runs that go on, Hyperband's brackets, ASHA that waits for nobody."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import loky
import numpy as np
import pytest
from search_objectives import SPACE

import dlcourse as dl

SEARCHES = {
    "halving": partial(dl.successive_halving, trials=9, max_epochs=9),
    "hyperband": partial(dl.hyperband, max_epochs=9),
    "asha": partial(dl.asha, trials=9, max_epochs=9),
}


def scored(config, seed, epochs, checkpoint=None):
    """Better the nearer to 0.3, and with more epochs."""
    return -abs(config["x"] - 0.3) - 1 / epochs


def counted(config, seed, epochs, checkpoint):
    """The same; the checkpoint counts the epochs that were trained."""
    had = int(Path(checkpoint).read_text()) if os.path.exists(checkpoint) else 0
    with open(checkpoint, "w") as file:
        file.write(str(epochs))
    with open(Path(checkpoint).parents[1] / "paid", "a") as file:
        file.write(f"{epochs - had}\n")
    return scored(config, seed, epochs)


def dies(config, seed, epochs):
    if config["x"] > 0.9:
        os._exit(3)
    return scored(config, seed, epochs)


def same(a, b):
    return a.configs == b.configs and np.array_equal(a.scores, b.scores, equal_nan=True)


X = {"x": dl.Uniform(0, 1)}


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_a_run_that_goes_on_pays_for_new_epochs_only(search, tmp_path):
    anew, on = search(scored, X), search(counted, X, resume=tmp_path / "runs")
    assert same(anew, on)
    paid = [int(line) for line in (tmp_path / "runs" / "paid").read_text().split()]
    assert on.cost().tolist() == paid
    assert anew.cost().sum() == anew.epochs.sum() > on.cost().sum()


def test_a_network_goes_on_to_the_same_bits(tmp_path):
    x = np.random.default_rng(0).normal(size=(60, 4)).astype(np.float32)
    y = (x[:, 0] > 0).astype(int)

    def build(config, seed):
        layers = dl.Linear(4, 8), dl.ReLU(), dl.Dropout(0.2), dl.Linear(8, 2)
        return dl.Sequential(*layers, seed=seed)

    objective = dl.objective_for(build, ((x, y), (x, y)))
    search = partial(dl.successive_halving, objective, {"lr": dl.LogUniform(1e-4, 1)}, 9)
    anew, on = search(max_epochs=9), search(max_epochs=9, resume=True)
    assert same(anew, on)
    assert (on.cost().sum(), anew.cost().sum()) == (21, 27)


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_a_journal_is_taken_up_where_it_was_cut(search, tmp_path):
    whole = search(scored, X, journal=tmp_path / "whole")
    lines = (tmp_path / "whole").read_bytes().split(b"\n")[:-1]
    for kept in range(1, len(lines) + 1, 3):
        cut = tmp_path / f"cut{kept}"
        cut.write_bytes(b"\n".join(lines[:kept]) + b"\n")
        again = search(scored, X, journal=cut)
        assert same(whole, again)
        assert cut.read_bytes() == (tmp_path / "whole").read_bytes()


@pytest.mark.parametrize("search", ["halving", "hyperband"])
@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_does_not_matter(search, workers):
    with ThreadPoolExecutor(workers) as pool:
        assert same(SEARCHES[search](scored, X), SEARCHES[search](scored, X, executor=pool))


def test_with_one_worker_asha_is_what_it_is_here():
    with ThreadPoolExecutor(1) as pool:
        assert same(SEARCHES["asha"](scored, X), SEARCHES["asha"](scored, X, executor=pool))


def test_what_failed_is_never_promoted():
    def failing(config, seed, epochs):
        if config["x"] > 0.5:
            raise ValueError("too large")
        return scored(config, seed, epochs)

    for search in SEARCHES.values():
        found = search(failing, X)
        assert all(
            config["x"] <= 0.5 for config, k in zip(found.configs, found.rounds, strict=True) if k
        )
        with pytest.raises(RuntimeError, match="all .* trials failed"):
            search(lambda config, seed, epochs: 1 / 0, X)


def test_a_bracket_that_fails_leaves_the_others():
    patient = dl.hyperband(lambda c, s, epochs: c["x"] if epochs == 9 else 1 / 0, X, max_epochs=9)
    assert np.isfinite(patient.scores[patient.brackets == 0]).all()
    assert not np.isfinite(patient.scores[patient.brackets > 0]).any()


@pytest.mark.parametrize("kind", [ProcessPoolExecutor, loky.ProcessPoolExecutor])
def test_a_lost_worker_is_marked_and_the_rest_goes_on(kind):
    with kind(2) as pool:
        found = dl.asha(dies, X, trials=20, max_epochs=3, executor=pool)
    lost = [config["x"] > 0.9 for config in found.configs]
    assert any(lost)
    assert [error is not None for error in found.errors] == lost
    assert all("its worker failed" in error for error in found.errors if error)


KILLED = """
import sys, time
sys.path.insert(0, {here!r})
import dlcourse as dl
from test_search_rungs import X, counted
def slow(*args):
    time.sleep(0.02)
    return counted(*args)
slow.__qualname__, slow.__module__ = "slow", "killed"
print(dl.asha(slow, X, trials=12, max_epochs=9, journal={journal!r}, resume=True).scores.tolist())
"""


@pytest.mark.parametrize("after", [0.5, 0.8])
def test_a_killed_search_goes_on(after, tmp_path):
    here = os.path.dirname(__file__)
    runs = {}
    for name in ("whole", "killed"):
        code = KILLED.format(here=here, journal=str(tmp_path / name))
        if name == "killed":
            first = subprocess.Popen([sys.executable, "-c", code])
            until = time.monotonic() + 20
            while not (tmp_path / name).exists() and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(after * 0.2)
            first.send_signal(signal.SIGKILL)
            first.wait()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        runs[name] = done.stdout
    assert runs["whole"] == runs["killed"]


def test_an_objective_without_a_place_for_its_run_is_refused():
    for search in SEARCHES.values():
        with pytest.raises(TypeError, match="objective\\(config, seed, epochs, checkpoint\\)"):
            search(lambda config, seed, epochs: 1.0, X, resume=True)


def test_a_folder_that_nobody_asked_for_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    SEARCHES["halving"](counted, X, resume=True)
    assert not list(tmp_path.iterdir())
    SEARCHES["halving"](counted, X, resume=True, journal=tmp_path / "j")
    assert (tmp_path / "j.runs" / "paid").exists()


def test_the_table_says_bracket_rung_and_budget():
    found = SEARCHES["hyperband"](scored, SPACE | X)
    head = found.table(1).split("\n")[0].split()
    assert head[:6] == ["rank", "trial", "score", "bracket", "round", "epochs"]
    assert found.epochs[found.best_index] == 9
    with pytest.raises(ValueError, match="no budget"):
        dl.random_search(lambda c, s: 1.0, X, 2).cost()
