"""What `plots.show` stores beside a figure's PNG, what it refuses, and the SVG for slides."""

import matplotlib

matplotlib.use("Agg")
import base64
import xml.etree.ElementTree as ET
from unittest import mock

import matplotlib.pyplot as plt
import numpy as np
import pytest

from dlcourse import _figures, _svg, plots

ALT = "Two curves fall; the upper one stays above the lower one from the first epoch on."
CAPTION = "With $\\mu = 0.9$ the path no longer zigzags."


def shown(*args, **words):
    """(data, metadata) of what a notebook is handed."""
    with mock.patch("IPython.display.display") as display:
        plots.show(*args, **words)
    ((data,), options) = display.call_args
    return data, options["metadata"]


@pytest.fixture
def fig():
    figure, ax = plt.subplots(figsize=(2, 1))
    ax.plot([0, 1], [0, 1])
    yield figure
    plt.close(figure)


def test_words_are_data_that_a_test_compares(fig):
    data, metadata = shown(fig, ALT, caption=CAPTION, name="zigzag")
    assert data["text/plain"] == ALT
    assert data[_figures.MIME] == {"name": "zigzag", "caption": CAPTION}
    assert metadata == {"image/png": {"alt": ALT, "width": 200}}
    assert not plt.fignum_exists(fig.number)


def test_without_a_caption_nothing_is_added(fig):
    assert set(shown(fig, ALT)[0]) == {"image/png", "text/plain"}


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"alt": "A plot."}, "alt must say in a sentence"),
        ({"alt": None}, "alt must be a text"),
        ({"caption": CAPTION}, "come together"),
        ({"name": "zigzag"}, "come together"),
        ({"caption": CAPTION, "name": "Zigzag"}, "name must be a short word"),
        ({"caption": CAPTION, "name": "fig_1"}, "name must be a short word"),
        ({"caption": CAPTION, "name": "5-zigzag"}, "name must be a short word"),
        ({"caption": CAPTION, "name": ""}, "name must be a short word"),
        ({"caption": CAPTION, "name": 5}, "name must be a text"),
        ({"caption": CAPTION, "name": "a" * 31}, "name must be a short word"),
        ({"caption": "Paths.", "name": "a"}, "caption must be one sentence"),
        ({"caption": CAPTION[:-1], "name": "a"}, "caption must be one sentence"),
        ({"caption": "One line.\nAnother line of it.", "name": "a"}, "caption must be one"),
        ({"caption": ALT, "name": "a"}, "the same"),
        ({"caption": "", "name": ""}, "name must be a short word"),
    ],
)
def test_bad_words_are_refused(fig, words, error):
    with pytest.raises((TypeError, ValueError), match=error):
        shown(fig, **{"alt": ALT} | words)


@pytest.mark.parametrize("thing", [None, "figure", np.zeros(3)])
def test_what_is_no_figure_is_refused(thing):
    with pytest.raises(TypeError, match=r"plt.subplots\(\)\[0\]"):
        plots.show(thing, ALT)


def svg(fig, png=b"png"):
    return _svg.written(fig, png, ALT, "A & B < C, as the lines show.", "lines")


def test_an_svg_is_the_same_twice_and_says_what_it_is(fig):
    text = svg(fig)
    assert text == svg(fig)
    assert _svg.checksum_in(text) == _svg.checksum(b"png")
    assert _svg.checksum_in(svg(fig, b"other")) != _svg.checksum(b"png")
    root = ET.fromstring(text)
    said = [child.text for child in root if child.tag.endswith(("title", "desc"))]
    assert said == ["A & B < C, as the lines show.", ALT]
    assert "date>" not in text
    assert "Matplotlib v" not in text


@pytest.mark.parametrize("draw", ["plot", "scatter", "pcolormesh"])
def test_dense_parts_become_pixels_and_letters_stay(draw):
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((2, 20_000))
    fig, ax = plt.subplots()
    arguments = (rng.random((100, 100)),) if draw == "pcolormesh" else (x, y)
    getattr(ax, draw)(*arguments)
    ax.set_title("many points")
    text = svg(fig)
    plt.close(fig)
    assert "data:image/png" in text
    assert len(text) < _svg.LARGEST
    assert text.count("<use ") > 10  # letters


def test_many_pale_lines_in_three_panels_fit():
    """As in chapter 3: their mixed colours make large pictures."""
    rng = np.random.default_rng(0)
    fig, axes = plt.subplots(3, 1, figsize=(6.4, 6.6))
    for ax in axes:
        ax.plot(rng.normal(size=(400, 10)).cumsum(axis=0), linewidth=0.6, alpha=0.8)
        ax.fill_between(np.arange(400), rng.random(400), alpha=0.3)
    assert len(svg(fig)) <= _svg.LARGEST
    plt.close(fig)


def test_few_lines_stay_lines(fig):
    assert "data:image/png" not in svg(fig)


def test_what_cannot_be_small_is_refused():
    fig, ax = plt.subplots(figsize=(9, 9))
    ax.imshow(np.random.default_rng(0).random((900, 900, 3)), interpolation="none")
    with pytest.raises(ValueError, match="figure 'lines' has .* kB as SVG, more than 150 kB"):
        svg(fig)
    plt.close(fig)


def test_only_where_a_folder_is_named_an_svg_is_kept(fig, tmp_path, monkeypatch):
    monkeypatch.setenv(_figures.KEPT, str(tmp_path))
    data, _ = shown(fig, ALT, caption=CAPTION, name="zigzag")
    (path,) = tmp_path.iterdir()
    assert _svg.checksum_in(path.read_text("utf-8")) == path.stem
    assert _svg.checksum(base64.b64decode(data["image/png"])) == path.stem
