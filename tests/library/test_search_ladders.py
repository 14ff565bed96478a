"""Who is promoted: Hyperband's brackets, and ASHA's ladder."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

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
