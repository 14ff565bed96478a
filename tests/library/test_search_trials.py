"""Trials: arrays, the table in its forms, and the figures."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from search_objectives import SPACE, smooth

import dlcourse as dl

mpl.use("agg")
NAN = float("nan")


def three(scores=(1, NAN, 1), epochs=None):
    space = {"lr": dl.LogUniform(0.1, 10), "act": dl.Choice([dl.ReLU, dl.Tanh, "<i>"])}
    configs = [
        {"lr": lr, "act": a} for lr, a in zip([1, 2.0, 3.0], space["act"].options, strict=True)
    ]
    errors = ["ValueError: no" if np.isnan(s) else None for s in scores]
    return dl.Trials(space, configs, [7, 8, 9], scores, errors, epochs=epochs)


def test_best_is_the_first_of_equals():
    trials = three()
    assert (trials.best_index, trials.best_score) == (0, 1.0)
    assert trials.best == {"lr": 1, "act": dl.ReLU}
    trials.best["lr"] = 5
    assert trials.configs[0]["lr"] == 1
    assert trials.order().tolist() == [0, 2]


def test_no_score_no_best():
    with pytest.raises(ValueError, match="none of the 3 trials has a score"):
        three([NAN] * 3).best  # noqa: B018
    assert repr(three([NAN] * 3)) == "Trials(3 trials, 3 failed)"


def test_columns():
    trials = three()
    assert trials["lr"].tolist() == [1, 2, 3]
    assert trials["act"].tolist() == [dl.ReLU, dl.Tanh, "<i>"]
    with pytest.raises(KeyError, match="no parameter 'rate'; there are lr, act"):
        trials["rate"]
    with pytest.raises(TypeError):
        iter(trials)
    assert three([NAN, 2, 1]).best_so_far().tolist()[1:] == [2, 2]


def test_more_budget_counts_more():
    assert three([3, 1, 2], epochs=[1, 3, 3]).best_index == 2


def test_table():
    assert three([1, NAN, 2]).table() == (
        "rank trial score  lr act\n"
        "1    2     2      3  <i>\n"
        "2    0     1      1  ReLU\n"
        "3    1     failed 2  Tanh"
    )
    text = str(dl.coarse_to_fine(smooth, SPACE, 2, 20))
    assert len(text.splitlines()) == 12
    assert "40 trials, 3 failed, best score" in text
    assert text.splitlines()[1].split() == ["rank", "trial", "score", "round", *SPACE]
    assert len(three().table(1).splitlines()) == 2


def test_html_is_escaped_and_has_a_caption():
    html = three()._repr_html_()
    assert "&lt;i&gt;" in html
    assert "<i>" not in html
    assert "<caption>3 trials, 1 failed, best score 1</caption>" in html
    assert html.count("<tr>") == 4
    assert html.count('<th scope="col">') == 5


def test_scatter_has_a_panel_for_each_parameter_on_its_scale():
    trials = dl.coarse_to_fine(smooth, SPACE, 2, 20)
    fig = trials.plot()
    axes = {ax.get_xlabel(): ax for ax in fig.axes if ax.get_xlabel()}
    assert list(axes) == list(SPACE)
    assert [ax.get_xscale() for ax in axes.values()] == ["linear", "log", "linear", "linear"]
    assert [text.get_text() for text in axes["kind"].get_xticklabels()] == ["a", "b"]
    for name, ax in axes.items():
        star = next(line for line in ax.lines if line.get_marker() == "*")
        assert star.get_ydata()[0] == trials.best_score
        if name != "kind":
            assert star.get_xdata()[0] == trials.best[name]
    legend = [text.get_text() for text in fig.legends[0].get_texts()]
    assert legend == ["round 0", "round 1", "failed", "best"]
    fig.canvas.draw()


def test_parallel_draws_a_line_for_each_score_and_the_best_on_top():
    trials = dl.random_search(smooth, SPACE, 20)
    fig = trials.plot("parallel")
    ax = fig.axes[0]
    lines = [line for line in ax.lines if len(line.get_ydata()) == 5]
    assert len(lines) == len(trials.order()) + 1
    best = lines[-1].get_ydata()
    assert best[-1] == 1
    assert best[0] == SPACE["x"].position(trials.best["x"])
    assert [t.get_text() for t in ax.get_xticklabels()] == [*SPACE, "score"]
    fig.canvas.draw()


def test_one_parameter_and_rungs_can_be_drawn():
    trials = dl.successive_halving(lambda c, s, epochs: c["x"], {"x": dl.Uniform(0, 1)}, 9)
    legend = [text.get_text() for text in trials.plot().legends[0].get_texts()]
    assert legend == ["rung 0", "rung 1", "rung 2", "best"]
    trials.plot("parallel")
    with pytest.raises(ValueError, match="kind must be one of scatter, parallel but got 'bars'"):
        trials.plot("bars")


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


def test_what_is_asked_wrongly_is_said():
    trials = dl.coarse_to_fine(lambda config, seed: config["x"], {"x": dl.Uniform(0, 1)}, 2, 4)
    for name in (0, None, slice(2), ["x"]):
        with pytest.raises(KeyError, match="there are x"):
            trials[name]
    for number in (2, 9):
        with pytest.raises(ValueError, match="no round .; there are 0, 1"):
            trials.round(number)
    for number in (-1, "a", 1.5, None):
        with pytest.raises((TypeError, ValueError), match="number must be"):
            trials.round(number)
        with pytest.raises((TypeError, ValueError), match="n must be"):
            trials.table(number)
    for kind in (["scatter"], None, "x"):
        with pytest.raises((TypeError, ValueError), match="kind must be"):
            trials.plot(kind)
    for other in (None, [1], trials.configs):
        with pytest.raises(TypeError, match="trials must be"):
            dl.narrow({"x": dl.Uniform(0, 1)}, other)


MOST = float(np.finfo(float).max)
FAR = {
    "both ends": dl.Uniform(-MOST, MOST),
    "one end": dl.Uniform(0, MOST),
    "all powers of ten": dl.LogUniform(5e-324, MOST),
    "the largest ones": dl.LogUniform(1e300, MOST),
    "whole numbers": dl.IntUniform(2**63 - 2**50, 2**63 - 1),
    "the smallest ones": dl.Uniform(0, 5e-323),
    "options": dl.Choice([MOST, -MOST, 0.0]),
}
SCORES = [[1, 2, 3], [-MOST, 0, MOST], [MOST, NAN, NAN], [MOST] * 3, [5e-324, 0, -5e-324]]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", ["scatter", "parallel"])
@pytest.mark.parametrize("name", FAR)
def test_the_largest_and_the_smallest_numbers_can_be_drawn(name, kind):
    space = {"p": FAR[name]}
    configs = [{"p": space["p"].at(u)} for u in (0.0, 0.5, 1.0)]
    for scores in SCORES if name in ("both ends", "all powers of ten") else SCORES[:2]:
        errors = ["ValueError: no" if np.isnan(s) else None for s in scores]
        fig = dl.Trials(space, configs, [7, 8, 9], scores, errors).plot(kind)
        fig.canvas.draw()
        for ax in fig.axes:
            assert np.isfinite([*ax.get_xlim(), *ax.get_ylim()]).all()
        heights = [line.get_ydata() for line in fig.axes[0].lines]
        assert all(np.isfinite(y).all() for y in heights)
        if kind == "scatter" and max(map(abs, scores)) == MOST:
            assert fig.axes[0].get_ylabel() == "score / 1e10"
        plt.close(fig)
