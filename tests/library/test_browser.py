"""What differs in a browser, and that elsewhere nothing does."""

import sys
from concurrent.futures import Executor

import numpy as np
import pytest

import dlcourse as dl
from dlcourse import browser


@pytest.fixture
def in_browser(monkeypatch):
    """As if this Python were Pyodide, with nothing said yet."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(browser, "_told", False)


def test_scale_on_a_computer_is_the_full_one_and_silent(capsys):
    full = range(10)
    assert dl.scale(full, range(2)) is full
    assert capsys.readouterr() == ("", "")


def test_scale_in_a_browser_is_the_small_one_and_says_so_once(in_browser, capsys):
    assert dl.scale(range(10), range(2)) == range(2)
    assert dl.scale(50, 8) == 8
    said = capsys.readouterr().out
    assert said.count("\n") == said.count("ten times slower") == 1


@pytest.mark.parametrize("small", [2.0, [0, 1], None])
def test_scale_wants_one_type(small):
    with pytest.raises(TypeError, match=r"range\(0, 10\) and .*; give the smaller one as a range"):
        dl.scale(range(10), small)


def test_a_claim_that_misses_raises_on_a_computer():
    with pytest.raises(AssertionError, match="held in 1 of 2, needed 2"):
        dl.claim("C1.1", "A beats B.", [True, False])


def test_a_claim_that_misses_in_a_browser_says_so(in_browser):
    claim = dl.claim("C1.1", "A beats B.", [True, False])
    says = "does not hold at this small scale (it held in 1 of 2, needed 2)"
    assert str(claim).startswith(f"Claim C1.1 {says}: A beats B.\n  criterion: in at least 2 of 2")
    shown = claim._repr_mimebundle_()[0]["text/markdown"]
    assert shown.startswith("✗ **Claim C1.1** A beats B.")
    assert says in shown
    assert "held in 0 of 1" in str(dl.claim("C1.2", "s", [np.nan], within=(0, 1)))


def test_a_control_that_holds_in_a_browser_says_so(in_browser):
    both = {"control": [True, True], "control_is": "no mask"}
    claim = dl.claim("C1.1", "A beats B.", [True, True], **both)
    assert "its control (no mask) held in 2 of 2" in claim.missed


def test_an_effect_in_a_browser_may_be_of_one_seed_or_not_finite(in_browser):
    for effect, said in (([1.5], "≈ +1.500 points"), ([np.nan, 1.0], "≈ +nan points")):
        assert said in str(dl.claim("C", "s", [True], effect=effect, unit="points"))


def test_tuning_in_a_browser_takes_few_seeds_and_any_edge(in_browser):
    assert dl.tuned(lambda rate, seed: rate, [0.1, 1.0], [0]).rate == 0.1
    assert dl.tuned(lambda rate, seed: np.nan, [0.1, 1.0], [0]).rate in (0.1, 1.0)


def test_a_claim_that_holds_is_the_same_in_a_browser(in_browser, monkeypatch):
    there = dl.claim("C1.1", "A beats B.", [True, True])._repr_mimebundle_()
    monkeypatch.undo()
    assert there == dl.claim("C1.1", "A beats B.", [True, True])._repr_mimebundle_()
    assert "✓" in there[0]["text/markdown"]


@pytest.mark.parametrize(
    ("holds", "kwargs", "error"),
    [([], {}, ValueError), ([1, 0], {}, TypeError), ([True], {"verdict": "maybe"}, ValueError)],
)
def test_misuse_of_a_claim_raises_in_a_browser_too(in_browser, holds, kwargs, error):
    with pytest.raises(error, match="claim C"):
        dl.claim("C", "s", holds, **kwargs)


def test_between_in_a_browser_never_raises_and_says_of_which_scale_the_range_is(in_browser):
    assert dl.between(9.123, 7, 8, "%") == "≈9.1 % (full scale: 7 to 8)"
    assert dl.between(np.nan, 7, 8) == "≈nan (full scale: 7 to 8)"


def test_the_matrix_product_on_a_computer_is_numpys():
    assert browser.matmul is np.matmul


def test_the_matrix_product_without_blas_is_the_same_product():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(5, 4)), rng.normal(size=(4, 3))
    out = np.empty((5, 3))
    assert browser._matmul_without_blas(a, b, out=out) is out
    np.testing.assert_allclose(out, a @ b, atol=1e-14)
    np.testing.assert_allclose(browser._matmul_without_blas(a.T, out), a.T @ out, atol=1e-14)


def test_a_search_in_a_browser_runs_here_whatever_the_executor(in_browser, capsys):
    def objective(config, seed):
        return config["lr"]

    space = {"lr": dl.Uniform(0, 1)}
    here = dl.random_search(objective, space, trials=3)
    assert capsys.readouterr().out == ""
    there = dl.random_search(objective, space, trials=3, executor=Executor())
    assert "no threads or processes: the trials run here" in capsys.readouterr().out
    assert here.configs == there.configs
    np.testing.assert_array_equal(here.scores, there.scores)
