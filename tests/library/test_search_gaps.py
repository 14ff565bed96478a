"""Rounds drawn from a round in which trials were interrupted: not for the journal."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from search_objectives import same

import dlcourse as dl


class InterruptedTwice:
    def __init__(self):
        self.calls = 0

    def __call__(self, config, seed, epochs=1):
        self.calls += 1
        if self.calls in (2, 3):
            raise KeyboardInterrupt
        return -abs(config["x"] - 0.5)

    def __repr__(self):  # without the count, which is no setting
        return "InterruptedTwice()"


@pytest.mark.parametrize("search", ["coarse_to_fine", "successive_halving"])
def test_a_round_after_one_with_gaps_is_not_written(search, tmp_path):
    """A signal to workers costs two trials of the first round: the rest is drawn from others."""
    objective = InterruptedTwice()

    def run(path):
        with ThreadPoolExecutor(1) as pool:
            settings = {"trials": 9, "executor": pool, "journal": path}
            return getattr(dl, search)(objective, {"x": dl.Uniform(0, 1)}, **settings)

    path = tmp_path / "j"
    with pytest.warns(UserWarning, match="2 trials were interrupted or not run"):
        first = run(path)
    assert sum(error is not None for error in first.errors) == 2
    assert path.read_text().count("\n") == 1 + 7
    assert same(run(path), run(tmp_path / "other"))
