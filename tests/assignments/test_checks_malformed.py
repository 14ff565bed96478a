# ruff: noqa: E501  a table reads best with a row on a line
"""What is no answer at all: whatever is malformed is told in three parts; no check crashes."""

import numpy as np
import pytest
from answers import RIGHT
from student_code import checked, loaded

from dlcourse import Tanh, checks
from dlcourse.checks.engine.judging import Seen, judge
from dlcourse.checks.engine.reporting import Finding

# Anything that may stand where n numbers belong.
ARRAYS = {
    "a number": "1.0",
    "no axis": "np.array(1.0)",
    "too many": "np.ones(n + 1)",
    "too few": "np.ones(n - 1)",
    "a column": "np.ones((n, 1))",
    "three axes": "np.ones((1, n, 1))",
    "a square": "np.ones((n, n))",
    "nothing": "np.ones(0)",
    "None": "None",
    "a text": "'one'",
    "texts": "['one'] * n",
    "rows of several lengths": "[[1.0], [1.0, 2.0]]",
    "complex": "np.ones(n) * 1j",
    "objects": "np.array([object()] * n)",
    "a dict": "{}",
    "a function": "np.ones",
    "a set": "{1.0}",
    "not finite": "np.full(n, np.nan)",
}
# (which right answer, what is written there); the last is where n comes from.
PLACES = {
    "gamma": ("batchnorm", '"gamma": np.ones(self.n)', '"gamma": VALUE', "self.n"),
    "beta": ("batchnorm", '"beta": np.zeros(self.n)', '"beta": VALUE', "self.n"),
    "running_mean": ("batchnorm", "running_var = np.zeros(n),", "running_var = VALUE,", "n"),
    "running_var": ("batchnorm", "np.zeros(n), np.ones(n)", "np.zeros(n), VALUE", "n"),
    "a": ("PReLU", "self.init * np.ones(self.num_parameters)", "VALUE", "self.num_parameters"),
}


def told(which, text):
    """The error of a malformed answer, in three parts, or None where it passes."""
    try:
        checked(which, loaded(text))
    except AssertionError as error:
        what, broken, cause = str(error).split("\n")
        assert broken.startswith("  broken property: ")
        assert cause.startswith("  likely cause: ")
        return error
    return None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ARRAYS)
def test_whatever_stands_for_an_array_is_told(place, kind):
    which, old, new, n = PLACES[place]
    assert RIGHT[which].count(old) == 1
    value = (
        ARRAYS[kind].replace("(n", f"({n}").replace("* n", f"* {n}").replace("1, n,", f"1, {n},")
    )
    value = value.replace(", n)", f", {n})")
    error = told(which, RIGHT[which].replace(old, new.replace("VALUE", value)))
    assert error is not None
    assert error.variant != "malformed", "it has a sentence of its own"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"gamma": np.ones(self.n)', '"gamma": np.ones((1, self.n))'),
        ('"beta": np.zeros(self.n)', '"beta": [0.0] * self.n'),
        ("np.zeros(n), np.ones(n)", "np.zeros((1, n)), np.ones((1, n))"),
        ("self.dbeta[:] = dy.sum(0)", "self.dbeta[...] = dy.sum(0, keepdims=True)[0]"),
    ],
)
def test_another_form_of_the_same_numbers_passes(old, new):
    assert told("batchnorm", RIGHT["batchnorm"].replace(old, new)) is None


def test_slopes_of_other_forms_pass():
    text = RIGHT["PReLU"].replace("self.init * np.ones(self.num_parameters)", "VALUE")
    one_row = "np.full((1, self.num_parameters), self.init)"
    assert told("PReLU", text.replace("VALUE", one_row)) is None
    no_axis = "np.full(self.num_parameters if self.num_parameters > 1 else (), self.init)"
    assert told("PReLU", text.replace("VALUE", no_axis).replace("da[:]", "da[...]")) is None


# name -> (which right answer, old, new, what the error is called)
OTHERS = {
    "state is a text": ("batchnorm", '("running_mean", "running_var")', '"running_mean"', "state"),
    "state names what is not there": ("batchnorm", '"running_var")', '"running_std")', "state"),
    "state holds numbers": ("batchnorm", '("running_mean", "running_var")', "(1, 2)", "state"),
    "state is None": ("batchnorm", '("running_mean", "running_var")', "None", "malformed"),
    "no state": ("batchnorm", 'state = ("running_mean", "running_var")', "pass", "state"),
    "a name that is a number": ("batchnorm", '"beta": np', "0: np", "other names"),
    "a name with a blank": ("batchnorm", '"beta": np', '"be ta": np', "other names"),
    "a name of a method": ("batchnorm", '"beta": np', '"forward": np', "other names"),
    "a set of learned": ("batchnorm", 'return {"gamma"', 'return {1} or {"gamma"', "no dict"),
    "a read-only setting": ("PReLU", "    def forward", "    a = property(lambda self: 1)\n\n    def forward", "malformed"),
    "a property that fails": (
        "batchnorm",
        "    def initial",
        "    running_mean = property(lambda self: 1 / 0, lambda self, value: None)\n\n    def initial",
        "malformed",
    ),
    "running statistics deleted": ("batchnorm", "        if train:\n            N", "        if train:\n            self.running_mean = None\n            N", "crash"),
    "running statistics turn None": ("batchnorm", "            return self.gamma * self.cent", "            vars(self)['running_mean'] = None\n            return self.gamma * self.cent", "no running statistics"),
    "step is no method": ("Momentum", "    def step", "    step = 3\n\n    def stride", "crash"),
    "step fails to be found": ("Momentum", "    def step", "    step = property(lambda self: 1 / 0)\n\n    def stride", "malformed"),
    "lr is a text": ("Momentum", "w -= self.lr * ", "lr, self.lr = float(self.lr or 0), 'fast'; w -= lr * ", "crash"),
    "lr is read-only": ("Momentum", "    def step", "    lr = property(lambda self: 0.1, None)\n\n    def step", "crash"),
    "a range without ends": ("narrow", "type(space[name])(min(values), max(values))", "(min(values), max(values))", "ScaleLost"),
    "ends that are texts": ("narrow", "type(space[name])(min(values), max(values))", "type('R', (), {'low': 'a', 'high': 'b'})", "ScaleLost"),
    "ends that are None": ("narrow", "type(space[name])(min(values), max(values))", "type('R', (), {'low': None, 'high': None})", "ScaleLost"),
    "options that are a number": ("narrow", "Choice([option for option in space[name].options if option in values])", "type('C', (Choice,), {'__init__': lambda self: None, 'options': 3})()", "malformed"),
    "keys of several types": ("narrow", "    return new", "    new[3] = 1\n    return new", "other names"),
    "no text of its own": ("narrow", "    return new", "    return type('T', (), {'__repr__': lambda self: 1 / 0})()", "no dict"),
    "an error without a text": ("narrow", "    return new", "    raise type('E', (ValueError,), {'__str__': lambda self: 1 / 0})()", "crash"),
    "an error of three lines": ("narrow", "    return new", "    raise ValueError('a\\nb\\nc')", "crash"),
    "a matrix where text is asked": ("he_normal", "return ", "return [[1.0, 2.0]] * 600 or ", "no array"),
    "complex weights": ("he_normal", "return ", "return 1j * ", "wrong dtype"),
    "weights that are objects": ("he_normal", "return np.sqrt(2 / n_in) * rng.standard_normal(shape)", "return (np.sqrt(2 / n_in) * rng.standard_normal(shape)).astype(object)", "wrong dtype"),
    "all floating point errors raise": ("Sigmoid", "        self.y = ", "        np.seterr(all='raise')\n        self.y = ", "crash"),
    "NaN": ("dropout", "        return x * self.mask / (1 - self.rate)", "        return x * np.nan", None),
    "a tuple of two": ("dropout", "return x * self.mask / (1 - self.rate)", "return x, x", "no array"),
    "no rng can be handed over": ("dropout", "    def forward", "    rng = property(lambda self: None)\n\n    def forward", "malformed"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_malformed_is_told(name):
    which, old, new, called = OTHERS[name]
    assert old in RIGHT[which]
    error = told(which, RIGHT[which].replace(old, new, 1))
    assert error.variant == called
    assert np.geterr()["over"] == "warn"  # a student's np.seterr ends with the call


class Nameless(Tanh):
    def __repr__(self):
        return self.missing


class Texts(Tanh):
    def initial(self, rng):
        return {"W": ["a", "b"]}


@pytest.mark.parametrize("layer", [Texts(), Nameless()], ids=["texts", "nameless"])
def test_the_gradient_check_does_not_crash(layer):
    x = np.random.default_rng(0).normal(size=(5, 3))
    if isinstance(layer, Nameless):
        assert checks.gradient(layer, x) is None
        return
    with pytest.raises(AssertionError, match="(?s)W is .*real numbers.*likely cause"):
        checks.gradient(layer, x)


def test_the_guard_takes_what_no_sentence_foresees_but_not_our_own_mistakes():
    def observe(answer):
        yield Seen("one", "x", np.array([1.0 / answer]))

    with pytest.raises(Finding, match="cannot look at this answer: ZeroDivisionError"):
        judge(0, 1, observe, {"one": "1"}, [])
    with pytest.raises(ZeroDivisionError):
        judge(1, 0, observe, {"one": "1"}, [])

    def shapes(answer):
        yield Seen("one", "x", np.ones(answer))

    with pytest.raises(Finding, match=r"x should have shape \(2,\) but has \(3, 1\)"):
        judge((3, 1), 2, shapes, {"one": "1"}, [])
