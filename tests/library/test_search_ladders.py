"""Who is promoted: Hyperband's brackets, and ASHA's ladder."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import loky
import numpy as np
import pytest
from search_objectives import SPACE, deadly, is_deadly, same, smooth

import dlcourse as dl
from dlcourse.search.asha import Ladder
from dlcourse.search.hyperband import brackets

X = {"x": dl.Uniform(0, 1)}


def scored(config, seed, epochs):
    """Better the nearer to 0.3, and with more epochs."""
    return -abs(config["x"] - 0.3) - 1 / epochs


def test_hyperband_has_the_papers_brackets():
    """Table 1 of the paper: R = 81, eta = 3."""
    assert brackets(1, 81, 3) == {
        4: [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)],
        3: [(34, 3), (11, 9), (3, 27), (1, 81)],
        2: [(15, 9), (5, 27), (1, 81)],
        1: [(8, 27), (2, 81)],
        0: [(5, 81)],
    }


@pytest.mark.parametrize("eta", [2, 3, 4, 7])
@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 50), (3, 100), (7, 7), (2, 129)])
def test_no_budget_leaves_its_limits(first, last, eta):
    for s, plan in brackets(first, last, eta).items():
        assert len(plan) == s + 1
        assert all(n >= 1 and first <= epochs <= last for n, epochs in plan)
        assert plan[-1][1] == last


def test_asha_promotes_the_best_third_whoever_is_first():
    def slow(config, seed, epochs):
        time.sleep(0.01 * (seed % 3))
        return scored(config, seed, epochs)

    with ThreadPoolExecutor(4) as pool:
        found = dl.asha(slow, X, trials=27, max_epochs=9, executor=pool)
    counts = [int((found.rounds == k).sum()) for k in range(3)]
    assert counts[0] == 27
    assert 9 <= counts[1] <= 27
    assert counts[2] >= 3
    ends = found.scores[found.rounds == 0]
    promoted = {s for s, k in zip(found.seeds.tolist(), found.rounds, strict=True) if k == 1}
    best = found.seeds[found.rounds == 0][np.argsort(-ends)[:9]]
    assert promoted >= set(best.tolist()), "at the end the best third has been promoted"


def test_the_ladder_waits_for_nobody_and_promotes_nobody_twice():
    ladder, jobs = Ladder(9, 3, 3), []
    for i in range(3):
        assert ladder.next() == (i, 0)
    ladder.finished(1, 0, 0.5)
    assert ladder.next() == (3, 0), "one of one is no third"
    ladder.finished(0, 0, 0.1)
    ladder.finished(2, 0, float("nan"))
    assert ladder.next() == (1, 1)
    while (job := ladder.next()) is not None:
        jobs.append(job)
    assert [rung for _, rung in jobs] == [0] * 5


def test_asha_climbs_its_ladder_on_any_executor(executor, tmp_path):
    """The same beginners, every score its own, and at the end the best third is promoted."""
    search = partial(dl.asha, smooth, SPACE, trials=27, max_epochs=9, journal=tmp_path / "a.jsonl")
    found, alone = search(executor=executor), dl.asha(smooth, SPACE, trials=27, max_epochs=9)
    assert sorted(beginners(found)) == sorted(beginners(alone))
    rows = zip(
        found.configs, found.seeds.tolist(), found.epochs.tolist(), found.scores, strict=True
    )
    for config, seed, epochs, score in rows:
        assert (config["x"] < 0.1) == np.isnan(score)
        assert np.isnan(score) or score == smooth(config, seed, epochs)
    for rung in (0, 1):
        low, high = (set(found.seeds[found.rounds == k].tolist()) for k in (rung, rung + 1))
        scores = np.nan_to_num(found.scores[found.rounds == rung], nan=-np.inf)
        best = found.seeds[found.rounds == rung][np.argsort(-scores)[: len(low) // 3]]
        assert set(best.tolist()) <= high <= low
    assert same(search(resume=False), found), "the journal has all of it"


def beginners(trials):
    return trials.seeds[trials.rounds == 0].tolist()


@pytest.mark.parametrize("pool", [ProcessPoolExecutor, loky.get_reusable_executor])
def test_asha_goes_on_when_a_worker_dies(pool):
    executor = pool(2)
    found = dl.asha(deadly, SPACE, trials=40, max_epochs=9, executor=executor)
    died = [is_deadly(config) for config in found.configs]
    assert any(died)
    assert [bool(e) and "worker failed" in e for e in found.errors] == died
    assert len(beginners(found)) == 40
    executor.shutdown()
