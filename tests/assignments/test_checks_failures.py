# ruff: noqa: E501  a table reads best with a row on a line
"""What is not merely wrong: stubs, crashes, None, shapes, dtypes, inputs, global randomness."""

import numpy as np
import pytest
from answers import RIGHT
from student_code import checked, loaded

import dlcourse as dl
from dlcourse import checks

STUBS = {
    "dropout": ("return x * self.mask / (1 - self.rate)", "self.rng.random"),
    "batchnorm": ("mean, var = np.mean(x, axis=0), np.var(x, axis=0)", "axis 0"),
    "ELU": ("y = x.copy()", "np.where"),
    "he_normal": ("return np.sqrt(2 / n_in) * rng.standard_normal(shape)", "n_in, n_out"),
    "Adam": ("m_hat = self.m / (1 - b1**self.t)", "w -= "),
    "Momentum": ("w -= self.lr * self.v", "np.zeros_like(w)"),
    "narrow": ("good = []", "trials.order()"),
}
STUB = 'raise NotImplementedError("write me")'


def failure(which, answer):
    with pytest.raises(AssertionError) as caught:
        checked(which, answer)
    assert len(str(caught.value).split("\n")) == 3
    return caught.value


@pytest.mark.parametrize("which", STUBS)
def test_a_stub_is_told_where_to_start(which):
    line, hint = STUBS[which]
    error = failure(which, loaded(RIGHT[which].replace(line, STUB)))
    assert error.variant == "stub"
    assert "is not written yet" in error.what
    assert STUB in error.what  # the student's own line
    assert f"where to start: {hint[:3]}"[:15] in error.cause
    assert hint in error.cause


# name -> (which right answer, old, new, what it is called, the line that is told)
MODES = {
    "crash": ("dropout", "* self.mask / (1", "* self.msk / (1", "crash", "self.msk"),
    "crash in the constructor": ("Adam", "betas, eps\n", "beta, eps\n", "crash", "beta, eps"),
    "wrong argument": ("dropout", "rate=0.5", "p=0.5", "crash", ""),
    "None": ("dropout", "return dy * self", "dy * self", "None", "dy * self.mask"),
    "a list": ("ELU", "return dy * slope", "return [dy]", "no array", "return [dy]"),
    "wrong shape": ("batchnorm", "return self.gamma * self.c", "return self.gamma[0] + 0 * mean  # ",
                    "wrong shape", "0 * mean"),
    "transposed": ("ELU", "return dy * slope", "return (dy * slope).T", "wrong shape", ".T"),
    "wrong dtype": ("ELU", "return y\n", "return y.astype(np.float64)\n", "wrong dtype", "float64"),
    "integers": ("he_normal", "return ", "return 0 * np.arange(shape[0] * n_out).reshape(shape)  #",
                 "wrong dtype", "arange"),
    "writes into x": ("Sigmoid", "self.y = 1", "x += 0; self.y = 1", "writes into its input", "x +="),
    "writes into g": ("Momentum", "self.v = self.mom", "g *= 1; self.v = self.mom",
                      "writes into its input", "g *= 1"),
    "global NumPy stream": ("dropout", "self.rng.binomial", "np.random.binomial",
                            "global random state", "np.random.binomial"),
    "global seed": ("Sigmoid", "self.y = 1", "np.random.seed(0); self.y = 1",
                    "global random state", "np.random.seed"),
    "Python's stream": ("he_normal", "n_in, n_out = shape", "n_in, n_out = shape; random.random()",
                        "global random state", "random.random()"),
    "no dict": ("batchnorm", 'return {"gamma"', 'dict() and {"gamma"', "no dict", "dict()"),
    "no space": ("narrow", "return new", "new", "no dict", "new"),
    "other names": ("batchnorm", '"beta": np.zeros', '"bias": np.zeros', "other names", ""),
    "exit": ("Momentum", "w -= ", "raise SystemExit  # ", "crash", "SystemExit"),
    "no lr": ("Momentum", "self.lr, self.momentum, self.v = lr",
              "self.rate, self.momentum, self.v = lr", "crash", "self.lr * self.v"),
}  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_a_failure_is_told_with_the_line(mode):
    which, old, new, name, line = MODES[mode]
    assert old in RIGHT[which]
    error = failure(which, loaded(RIGHT[which].replace(old, new, 1)))
    assert error.variant == name
    if line:
        assert ".py, line " in error.what
        assert line in error.what


def test_endless_memory_of_a_wrong_size_is_told():
    """A mask that is kept for ever does not fit a smaller batch."""
    text = RIGHT["dropout"].replace(
        "        self.mask = ",
        "        if hasattr(self, 'mask'):\n            return x * self.mask\n        self.mask = ",
    )
    assert failure("dropout", loaded(text)).broken == "every training pass draws a new mask"


@pytest.mark.parametrize("answer", [dl.Dropout(0.5), None, dl.he_normal, dl.Adam])
def test_what_is_no_layer_class_is_told(answer):
    assert failure("dropout", answer).variant in ("no class", "no Layer")


@pytest.mark.parametrize("which", ["narrow", "he_normal"])
def test_what_is_no_function_is_told(which):
    assert failure(which, 3).variant == "no function"


def test_an_object_instead_of_an_optimizer_class_is_told():
    assert failure("Adam", dl.Adam()).variant == "no class"


class Scaled(dl.Tanh):
    """A slope with a factor; what the check of gradients says of it is tested below."""

    factor = 1.0

    def backward(self, dy):
        return super().backward(dy) * self.factor


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (-1.0, "wrong sign"),
        (2.0, "twice"),
        (0.2, "a mean"),
        (5.0, "N times"),
        (0.0, "0"),
        (1.3, "1.3"),
    ],
)
def test_the_gradient_check_names_the_factor(factor, words):
    layer = Scaled()
    layer.factor = factor
    with pytest.raises(AssertionError, match=f"(?s)dx.*central differences.*cause: .*{words}"):
        checks.gradient(layer, np.random.default_rng(0).normal(size=(5, 3)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dW = x.T @ dy", "nothing was written"),
        ("self.dW += x.T @ dy", "added to what stood there"),
        ("self.dW[...] = x.T @ dy / len(x)", "a mean"),
        ("self.dW[...] = (x.T @ dy).T", "transposed"),
    ],
)
def test_the_gradient_check_names_how_it_was_written(line, words):
    text = f"""
class Mine(Linear):
    def backward(self, dy):
        (x,) = self.recall(dy)
        self.db[...] = dy.sum(axis=0)
        {line}
        return dy @ self.W.T
"""
    layer = loaded(text)(3, 3)
    with pytest.raises(AssertionError, match=f"(?s)dW.*cause: .*{words}"):
        checks.gradient(layer, np.random.default_rng(0).normal(size=(5, 3)))
    with pytest.raises(AssertionError, match="instead of a layer"):
        checks.gradient(type(layer), np.ones((5, 3)))
