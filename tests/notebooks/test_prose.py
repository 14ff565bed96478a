"""What counts as a source of a number in the prose, and what does not."""

import nbformat
import pytest
from prose import sourced

IMPORT = "from dlcourse import Dropout, between, claim, fit, plots\n"


def faults(text, code):
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(IMPORT + code)]
    return sourced(nbformat.v4.new_notebook(cells=cells))


@pytest.mark.parametrize(
    "code",
    [
        "rate = 0.17",
        "rates = [0.01, 0.17]",
        "settings = {'hidden': 0.17}",
        "layer = Dropout(0.17)",
        "fit(model, data, optimizer=optimizer, epochs=3, seed=0, rate=0.17)",
        "def net(rate=0.17):\n    return rate",
        "def net(*, rate=0.17):\n    return rate",
        "def train(rate):\n    return rate\n\n\nprint(train(0.17))",
        "for rate in (0.05, 0.17):\n    print(rate)",
        "errors = [train(rate) for rate in (0.05, 0.17)]",
        "%matplotlib inline\nrate = 0.17",
    ],
)
def test_settings_are_sources(code):
    assert not faults("The rate is 0.17, which is 17 %, so 83 % stay.", code)


@pytest.mark.parametrize(
    "code",
    [
        "ax.text(i - 0.17, 3, 'label')",
        "fig, axes = plt.subplots(figsize=(6.4, 0.17))",
        "ax.set(xlim=(0, 0.17))",
        "print(between(error, 0, 0.17))",
        "claim('C0.17', 'Less than 0.17.', errors < 0.17)",
        "ok = errors < 0.17",
        "name = 'a rate of 0.17'",
        "def bar(ax, width=3):\n    return width\n\n\nbar(ax, 0.17)",
        "last = errors[17]",
        "assert np.allclose(a, b, atol=0.17)",
        "text = f'{error:0.17f}'",
    ],
)
def test_other_numbers_of_the_code_are_none(code):
    assert faults("The rate is 0.17.", code)


def test_a_whole_number_is_no_percentage():
    assert faults("It errs on 37 %.", "epochs = 37")
    assert not faults("It errs on 37 % {cite:p}`somebody2014`.", "epochs = 37")
