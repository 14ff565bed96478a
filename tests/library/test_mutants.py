"""Wrong variants of the formulas: each is caught by a check that the original passes."""

import pytest
from mutant_checks import cross_entropy, ensemble, orthogonal, squared_error
from mutants import MUTANTS
from mutate import load, mutated
from registry import KINDS


@pytest.fixture(scope="module")
def original():
    return load()


def name_of(mutant):
    module, where, old, new, _ = mutant
    return f"{where}: {old.strip()} -> {new.strip()}"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("mutant", MUTANTS, ids=name_of)
def test_mutant_is_killed(mutant, original):
    module, where, old, new, check = mutant
    check(original)
    text = mutated(module, where, old, new)
    killed = False
    try:
        check(load({module: compile(text, f"mutant of {module}", "exec")}))
    except (AssertionError, FloatingPointError) as error:
        killed = str(error) or True
    assert killed, f"no check notices: {name_of(mutant)}"


def test_there_are_enough_and_none_twice():
    names = [name_of(mutant) for mutant in MUTANTS]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"leave one of each out of tests/library/mutants.py: {twice}"
    assert len(names) >= 45, "mutants have gone: bring back what tests/library/mutants.py has lost"
    kinds = {module.partition(".")[0] for module, *_ in MUTANTS}
    lacking = {"initializers", "activations", "losses", "layernorm"} - kinds
    assert not lacking, f"write mutants of {lacking} into tests/library/mutants.py"


@pytest.mark.parametrize("kind", ["layer", "optimizer", "loss"])
def test_each_of_the_registry_has_a_mutant(kind):
    changed = {where for _, where, *_ in MUTANTS}
    lacking = {case.what for case in KINDS[kind].values()} - changed
    place = "its entry in the registry" if kind == "optimizer" else "tests/library/mutants.py"
    assert not lacking, f"write mutants of {lacking} into {place}"


def test_a_change_of_nothing_survives(original):
    """The copies work: without a change every check passes."""
    text = mutated("losses", "mean_squared_error", "error = z - y", "error =  z - y")
    copy = load({"losses": compile(text, "same", "exec")})
    for check in (squared_error, cross_entropy, ensemble, orthogonal):
        check(original)
        check(copy)
    assert copy.mean_squared_error is not original.mean_squared_error


@pytest.mark.parametrize(
    ("where", "old", "fragment"),
    [
        (
            "mean_squared_error",
            "this is not there",
            "stands 0 times, not once, in the code of mean",
        ),
        ("mean_squared_error", "error", "bring the list of mutants up to date"),
        ("no_such_function", "error", "losses.py has no no_such_function any more"),
    ],
)
def test_a_mutant_that_fits_no_longer_says_so(where, old, fragment):
    with pytest.raises(AssertionError, match=fragment):
        mutated("losses", where, old, "")
