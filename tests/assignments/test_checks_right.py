"""Right answers pass, quietly: the library's own, and those of students in other styles."""

import numpy as np
import pytest
from answers import RIGHT
from student_code import checked, loaded

import dlcourse as dl
from dlcourse import checks

LIBRARY = {
    **{name: getattr(dl, name) for names in checks.SETTINGS.values() for name in names},
    "dropout": dl.Dropout,
    "batchnorm": dl.BatchNorm,
    "narrow": dl.narrow,
}


@pytest.mark.parametrize("which", LIBRARY)
def test_the_library_passes(which, capsys):
    assert checked(which, LIBRARY[which]) is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("which", RIGHT)
def test_a_right_answer_in_another_style_passes(which):
    assert checked(which, loaded(RIGHT[which])) is None


@pytest.mark.parametrize(
    "layer",
    [dl.Linear(3, 2), dl.BatchNorm(3), dl.Dropout(0.4), dl.PReLU(3), dl.LayerNorm(3), dl.GELU()],
    ids=repr,
)
def test_the_gradient_of_any_layer_passes(layer):
    x = np.random.default_rng(0).normal(size=(5, 3))
    assert checks.gradient(layer, x) is None
    assert not getattr(layer, "_owned", False)


# An assignment writes into the network's vector, so both ways are right.
ASSIGNED = [
    ("batchnorm", "self.dbeta[:] = ", "self.dbeta = "),
    ("batchnorm", "self.dgamma[:] = ", "self.dgamma = "),
    ("PReLU", "self.da[:] = each if self.num_parameters > 1 else each.sum()",
              "self.da = each if self.num_parameters > 1 else each.sum(keepdims=True)"),
    ("PReLU", "self.da[:] = ", "self.da = 0 * self.a + "),
]  # fmt: skip


@pytest.mark.parametrize(("which", "old", "new"), ASSIGNED)
def test_a_gradient_may_be_assigned(which, old, new):
    assert RIGHT[which].count(old) == 1
    text = RIGHT[which].replace(old, new)
    if "0 * self.a" in new:
        text = text.replace("each if self", "(each if self").replace("each.sum()", "each.sum())")
    assert checked(which, loaded(text)) is None


def test_the_gradient_check_takes_an_assignment():
    text = """
class Mine(Linear):
    def backward(self, dy):
        (x,) = self.recall(dy)
        self.db = dy.sum(axis=0)
        self.dW = x.T @ dy
        return dy @ self.W.T
"""
    x = np.random.default_rng(0).normal(size=(5, 3))
    assert checks.gradient(loaded(text)(3, 2), x) is None


def test_importing_the_library_does_not_import_the_checks():
    import subprocess
    import sys

    code = "import sys, dlcourse; sys.exit(any('checks' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_notebook_gets_one_friendly_line():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    try:
        with capture_output() as captured:
            shell.run_cell("from dlcourse import Tanh, checks\nchecks.activation(Tanh, like=Tanh)")
    finally:
        InteractiveShell.clear_instance()
    assert captured.stdout == "Tanh: all is well.\n"


def test_an_unknown_like_says_what_there_is():
    with pytest.raises(TypeError, match="like must be one of Sigmoid, Tanh"):
        checks.activation(dl.ReLU, like=dl.Linear)
    with pytest.raises(TypeError, match="like must be one of SGD"):
        checks.optimizer(dl.SGD, like=dl.Optimizer)
    with pytest.raises(TypeError, match="like must be one of lecun_normal"):
        checks.initializer(dl.he_normal, like=dl.normal)
