"""Every known mistake fails and is named; wrong answers that are in no table fail, too."""

import pytest
from answers import RIGHT
from student_code import checked, loaded

from dlcourse.checks import SETTINGS
from dlcourse.checks.mistakes import MISTAKES

ALL = [(which, variant) for which, table in MISTAKES.items() for variant in table]


def failure(which, answer):
    """The error of a wrong answer."""
    with pytest.raises(AssertionError) as caught:
        checked(which, answer)
    return caught.value


@pytest.mark.parametrize(("which", "variant"), ALL, ids=lambda v: v if type(v) is str else v.name)
def test_a_known_mistake_is_named(which, variant):
    error = failure(which, variant.make)
    assert error.variant == variant.name, (
        f"the mistake {variant.name!r} of {which} is taken for {error.variant!r}: at the settings "
        f"of the check both give the same numbers. Leave one of them out, or let them differ there "
        f"(settings in dlcourse/checks/asked_for.py or the TABLE of dlcourse/checks/mistakes)"
    )
    what, broken, cause = str(error).split("\n")
    assert " should be " in what
    assert broken.startswith("  broken property: ")
    assert cause == f"  likely cause: {variant.sentence}"


ENOUGH = {"dropout": 8, "batchnorm": 10, "narrow": 4}
ENOUGH |= dict.fromkeys(SETTINGS["activation"], 4)
ENOUGH |= dict.fromkeys([*SETTINGS["initializer"], *SETTINGS["optimizer"]], 6)


@pytest.mark.parametrize("which", ENOUGH)
def test_there_are_enough(which):
    lacking = ENOUGH[which] - len(MISTAKES[which])
    assert lacking <= 0, (
        f"think of {lacking} more mistakes that students make in {which}, and write them into the "
        f"file of its topic, dlcourse/checks/mistakes/wrong_*.py: {ENOUGH[which]} are asked for"
    )


@pytest.mark.parametrize("which", MISTAKES)
def test_each_name_and_sentence_stands_once(which):
    assert len({v.name for v in MISTAKES[which]}) == len(MISTAKES[which])
    assert len({v.sentence for v in MISTAKES[which]}) == len(MISTAKES[which])
    assert all(v.sentence.endswith(".") or v.sentence[-3:] == "..." for v in MISTAKES[which])


# A wrong answer that is in no table: (which right answer, old text, new text).
MUTATIONS = [
    ("dropout", "x * self.mask / (1 - self.rate)", "x * self.mask / (1 - self.rate**2)"),
    ("dropout", "binomial(1, 1 - self.rate,", "binomial(1, 1 - self.rate / 2,"),
    ("dropout", "return dy * self.mask / (1 - self.rate)", "return dy * (self.mask + 0.1)"),
    ("batchnorm", "+ self.momentum * mean", "+ 0.5 * self.momentum * mean"),
    ("batchnorm", "+ d_var * 2", "+ d_var * 3"),
    ("batchnorm", "/ self.std + self.beta", "/ self.std - self.beta"),
    ("ELU", "self.alpha * (np.exp(x[low]) - 1)", "self.alpha * (np.exp(x[low] / 2) - 1)"),
    ("Sigmoid", "self.y * (1 - self.y) * dy", "self.y * (1 - self.y) ** 2 * dy"),
    ("SELU", "np.maximum(x, 0) +", "np.maximum(x, 0) -"),
    ("he_normal", "2 / n_in", "3 / n_in"),
    ("xavier_uniform", "6 / sum(shape)", "5 / sum(shape)"),
    ("Momentum", "self.lr * self.v", "self.lr**2 * self.v"),
    ("RMSprop", "np.sqrt(self.s)", "self.s ** (1 / 3)"),
    ("Adam", "1 - b1**self.t", "1 - b1 ** (self.t**2)"),
    ("AdamW", "self.wd * w", "self.wd * np.sign(w)"),
    ("narrow", "good[:k]", "good[1 : k + 1]"),
]


@pytest.mark.parametrize(("which", "old", "new"), MUTATIONS, ids=lambda v: v[:30])
def test_a_mistake_of_no_table_fails(which, old, new):
    assert RIGHT[which].count(old) == 1
    error = failure(which, loaded(RIGHT[which].replace(old, new)))
    assert error.variant is None
    assert "none of the" in error.cause
    assert error.broken


# Known mistakes in the words of a student: (which, old, new, the name in the table).
IN_OTHER_WORDS = [
    ("dropout", "binomial(1, 1 - self.rate,", "binomial(1, self.rate,", "KeepAndDropSwapped"),
    ("dropout", "return dy * self.mask / (1 - self.rate)", "return dy", "GradientOfNothing"),
    ("dropout", "size=x.shape)", "size=x.shape[1])[None].repeat(len(x), 0)", "OneMaskForAllRows"),
    ("batchnorm", "np.var(x, axis=0)", "np.var(x, axis=0, ddof=1)", "UnbiasedInTraining"),
    ("batchnorm", "var * N / (N - 1)", "var", "BiasedStore"),
    ("batchnorm", "d_var * 2 * self.centred / N + ", "", "GradientWithoutVariance"),
    ("batchnorm", " + d_mean / N", "", "GradientWithoutMean"),
    ("batchnorm", "(x - self.running_mean)", "(x - x.mean(axis=0))", None),
    ("batchnorm", "self.dgamma[:] =", "self.dgamma[:] +=", None),
    ("Sigmoid", "np.exp(-x)", "np.exp(x)", "sign"),
    ("Sigmoid", "self.y * (1 - self.y) * dy", "self.y * (1 - self.y)", "chain missing"),
    ("ELU", "(np.exp(x[low]) - 1)", "np.exp(x[low])", "no minus 1"),
    ("PReLU", "each.sum()", "each.mean()", "AveragedOverUnits"),
    ("he_normal", "np.sqrt(2 / n_in)", "2 / n_in", "no root"),
    ("he_normal", "2 / n_in", "2 / n_out", "fan_out"),
    ("xavier_uniform", "6 / sum", "3 / sum", "sum"),
    ("Momentum", "+ g", "+ (1 - self.momentum) * g", "NewAveraged"),
    ("Momentum", "w -= ", "w = w - ", "NotInPlace"),
    ("RMSprop", "np.sqrt(self.s) + self.eps", "np.sqrt(self.s + self.eps)", "EpsInside"),
    ("Adam", "self.m / (1 - b1**self.t)", "self.m", "OnlyVCorrected"),
    ("Adam", "(v_hat**0.5 + self.eps)", "(v_hat + self.eps)", "WithoutRoot"),
    ("AdamW", "self.wd * w)", "self.wd * w) * 1 - 0 * w", "right"),
    ("AdamW", " + self.wd * w)", ")", "WithoutDecay"),
    ("narrow", "-pair[0]", "pair[0]", "Worst"),
    ("narrow", "int(np.ceil(keep * len(good)))", "int(keep * len(good))", "Floor"),
    ("narrow", "keep * len(good)", "keep * len(trials)", "CountsFailed"),
]


@pytest.mark.parametrize(("which", "old", "new", "name"), IN_OTHER_WORDS, ids=lambda v: str(v)[:30])
def test_the_same_mistake_in_other_words_is_named(which, old, new, name):
    assert RIGHT[which].count(old) == 1
    answer = loaded(RIGHT[which].replace(old, new))
    if name == "right":  # a change that changes nothing
        assert checked(which, answer) is None
        return
    error = failure(which, answer)
    assert error.variant == name
    if name is None:
        assert "none of the" in error.cause
