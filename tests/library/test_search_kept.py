"""Searches by rungs lose nothing: cut journals, old checkpoints, dead pools, late failures."""

import importlib
import os
import threading
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from test_search_rungs import SEARCHES, X, counted, same, scored

import dlcourse as dl
from dlcourse.search.asha import Ladder
from dlcourse.search.halving import rungs


@pytest.mark.parametrize("eta", [2, 3, 4, 5, 7, 10])
@pytest.mark.parametrize("first", [1, 2, 7])
def test_the_highest_rung_is_the_last_within_the_budget(first, eta):
    """Logarithms round: by them 3**19 epochs fitted into 3**19 - 1."""
    for power in range(1, 31):
        for last in (first * eta**power - 1, first * eta**power):
            height = len(rungs(last, first, last, eta))
            assert first * eta ** (height - 1) <= last < first * eta**height


@pytest.mark.parametrize("eta", [2, 3, 4])
@pytest.mark.parametrize("seed", range(4))
def test_the_ladder_promotes_as_the_paper_does(seed, eta):
    """Against sorting the whole rung each time, with ties, failures, and any order of ending."""
    rng, ladder, done, promoted = np.random.default_rng(seed), Ladder(40, 3, eta), {}, set()
    busy, began = [], []
    while True:
        job = ladder.next()
        wanted = None
        for rung in (1, 0):
            ranked = sorted((-s, i) for (i, k), s in done.items() if k == rung)
            best = [i for s, i in ranked[: len(ranked) // eta] if s < np.inf]
            open_ = [i for i in best if (i, rung) not in promoted]
            if open_ and wanted is None:
                wanted = (open_[0], rung + 1)
                promoted.add((open_[0], rung))
        if wanted is None and len(began) < 40:
            wanted = (len(began), 0)
            began.append(wanted)
        assert job == wanted
        if job is not None:
            busy.append(job)
        elif not busy:
            break
        while busy and (job is None or len(busy) > 3 or rng.random() < 0.5):
            i, rung = busy.pop(rng.integers(len(busy)))
            score = float(rng.integers(6)) if rng.random() < 0.8 else float("nan")
            ladder.finished(i, rung, score)
            done[i, rung] = -np.inf if np.isnan(score) else score
            job = 0  # one is enough if nothing waits
    assert sum(rung == 0 for _, rung in done) == 40


@pytest.mark.parametrize("kept", [2, 3, 5, 8])
def test_who_was_under_way_at_the_end_of_a_journal_runs_again(kept, tmp_path):
    others, first = threading.Event(), dl.asha(scored, X, 9, max_epochs=9).configs[0]["x"]
    done = []

    def objective(config, seed, epochs):
        if config["x"] == first and epochs == 1:
            others.wait(20)  # the first one ends late
        done.append(seed)
        if len(done) == 8:
            others.set()
        return scored(config, seed, epochs)

    journal = tmp_path / "j"
    named = Named(objective)
    with ThreadPoolExecutor(2) as pool:
        dl.asha(named, X, 9, max_epochs=9, journal=journal, executor=pool)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[: kept + 1]))
    again = dl.asha(Named(scored), X, 9, max_epochs=9, journal=journal)
    assert len(set(again.seeds[again.rounds == 0].tolist())) == (again.rounds == 0).sum() == 9


class Named:
    """An objective whose name in a journal says nothing of what it holds."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *args):
        return self.function(*args)

    def __repr__(self):
        return "Named()"


def strict(config, seed, epochs, checkpoint):
    """Fails if the run is older already, as `fit` does; depends on where the run comes from."""
    if os.path.exists(checkpoint):
        had, whose = Path(checkpoint).read_text().split()
        assert int(had) <= epochs, "holds more epochs already"
    else:
        whose = strict.whose
    with open(checkpoint, "w") as file:
        file.write(f"{epochs} {whose}")
    return scored(config, seed, epochs) + float(whose)


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_what_another_search_left_is_never_taken_up(search, tmp_path):
    for journal, folder in ((None, tmp_path / "runs"), (tmp_path / "j", True)):
        for strict.whose in ("0", "1"):
            again = search(strict, X, resume=folder, journal=journal)
            alone = search(strict, X, resume=True)
            assert same(again, alone)
            if journal is not None:
                journal.unlink()  # and its runs stay


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_lines_may_be_lost_while_the_runs_are_kept(search, tmp_path):
    strict.whose, journal = "0", tmp_path / "j"
    whole = search(strict, X, resume=True, journal=journal)
    lines = journal.read_bytes().splitlines(keepends=True)
    for kept in (1, 5, len(lines) - 3):
        journal.write_bytes(b"".join(lines[:kept]))
        assert same(whole, search(strict, X, resume=True, journal=journal))


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_an_interrupted_trial_is_none_and_runs_another_time(search, tmp_path):
    strict.whose, calls = "0", []

    def once(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return strict(*args)

    go = partial(search, Named(once), X, resume=True, journal=tmp_path / "j")
    with ThreadPoolExecutor(1) as pool:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "1 trials were interrupted")
            found = go(executor=pool)
        assert sum("interrupted" in (error or "") for error in found.errors) == 1
        again = go(executor=pool)
    assert again.errors == [None] * len(again)
    if search is not SEARCHES["asha"]:  # whose promotions may be others
        assert same(again, search(strict, X, resume=True))


def test_a_last_rung_that_fails_leaves_the_table():
    def late(config, seed, epochs):
        return 1 / 0 if epochs == 9 else scored(config, seed, epochs)

    found = dl.successive_halving(late, X, 9, max_epochs=9)
    assert found.errors[:12] == [None] * 12
    assert "ZeroDivisionError" in found.errors[12]
    assert found.epochs[found.best_index] == 3
    with pytest.raises(RuntimeError, match=r"all 9 trials failed.* and epochs=1, with Zero"):
        dl.successive_halving(lambda config, seed, epochs: 1 / 0, X, 9)


@pytest.mark.parametrize("resume", [True, False])
def test_a_rung_costs_the_same_alone(resume):
    for search in SEARCHES.values():
        found = search(counted if resume else scored, X, resume=resume)
        for rung in range(found.rounds.max() + 1):
            alone = found.round(rung).cost()
            assert alone.tolist() == found.cost()[found.rounds == rung].tolist()


def test_a_pool_that_is_broken_is_replaced():
    with ProcessPoolExecutor(1) as pool:
        with pytest.raises(Exception, match="abruptly"):
            pool.submit(os._exit, 3).result()
        assert same(dl.asha(scored, X, 9, executor=pool), dl.asha(scored, X, 9))


def test_a_pool_that_is_shut_down_meanwhile_takes_no_more():
    pool = ThreadPoolExecutor(1)

    def shuts(config, seed, epochs):
        pool.shutdown(wait=False)
        return scored(config, seed, epochs)

    found = dl.asha(shuts, X, 9, executor=pool)
    assert found.errors[0] is None
    assert found.errors[1].startswith("not run: RuntimeError: cannot schedule")


def test_two_configurations_may_have_one_seed(tmp_path, monkeypatch):
    module = importlib.import_module("dlcourse.search.asha")
    draw = module.draw
    monkeypatch.setattr(module, "draw", lambda *args: (draw(*args)[0], [5] * 9))
    one, two = (dl.asha(scored, X, 9, journal=tmp_path / "j") for _ in range(2))
    assert same(one, two)


@pytest.mark.parametrize("resume", [None, 0, 5, "", object()])
def test_a_resume_that_is_no_folder_is_refused(resume, tmp_path):
    for search in SEARCHES.values():
        with pytest.raises(TypeError, match="resume must be True, False or the path of a folder"):
            search(counted, X, resume=resume, journal=tmp_path / "j")
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="a file is in the way; give the path of a folder"):
        SEARCHES["asha"](counted, X, resume=tmp_path / "file")
