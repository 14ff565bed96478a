"""The recipes of CONTRIBUTING: their places exist, and a test names each that is left out."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from cases import REPOSITORY
from recipe_places import ADAMAX, SOFTPLUS

# What a test says where the place is left out.
FORGOTTEN = {
    "dlcourse/optimizers/__init__.py": "dlcourse.optimizers' has no attribute 'Adamax'",
    "tests/library/registry/optimizers_adam.py": "the optimizer Adamax is exported but not tested",
    "dlcourse/checks/mistakes/wrong_radam.py": "the checks of assignments lack Adamax",
    "chapters/conventions.md": "conventions.md has no row for {'Adamax'}",
    "dlcourse/activations/__init__.py": "'dlcourse' has no attribute 'Softplus'",
    "tests/library/registry/layers.py": "the layer Softplus is exported but not tested",
    "dlcourse/checks/asked_for.py": "the checks of assignments lack Softplus",
    "dlcourse/checks/mistakes/curves.py": "no known mistakes of Softplus",
    "dlcourse/checks/mistakes/wrong_activations.py": "KeyError: 'Softplus'",
    "tests/library/mutants.py": "write mutants of {'Softplus'}",
}
# The tests that look whether something is whole; then those of the thing itself.
LOOK = """
import sys, warnings
import test_docs_of_names, test_registry
name, kind = sys.argv[1:]
warnings.simplefilter("ignore")  # a mutant may divide by 0
test_registry.test_everything_public_is_in_the_registry()
test_registry.test_whatever_assignments_may_ask_for_stands_in_the_checks()
test_registry.test_the_page_of_conventions_names_every_optimizer()
test_docs_of_names.test_every_paper_is_in_the_bibliography()
if kind == "optimizer":
    test_registry.test_optimizer_goes_downhill(name)
    test_registry.test_optimizer_agrees_with_its_formula(name, 0.3)
else:
    test_registry.test_layer_has_right_gradients(name)
import test_mutants
test_mutants.test_each_of_the_registry_has_a_mutant(kind)
for mutant in test_mutants.MUTANTS:
    if mutant[1] == name:
        test_mutants.test_mutant_is_killed(mutant, test_mutants.load())
"""


def places_in(recipe):
    """The files that a recipe of CONTRIBUTING names, in its order."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split(f"\n## {recipe}\n")[1].split("\n## ")[0]
    return re.findall(r"`([\w.-]+(?:/[\w.*-]+)+|[\w-]+\.(?:md|bib|yml))`", section)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """What a copy of the repository needs for these tests, without data."""
    folder = tmp_path_factory.mktemp("sources")
    ignore = shutil.ignore_patterns("__pycache__", "*.npz", "*.csv")
    for name in ("dlcourse", "tests/library"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=ignore)
    (folder / "chapters").mkdir()
    for name in ("chapters/conventions.md", "chapters/api.md", "references.bib"):
        shutil.copy(REPOSITORY / name, folder / name)
    return folder


def cooked(sources, folder, recipe, without=None):
    """A copy with all places of a recipe but one."""
    shutil.copytree(sources, folder)
    for name, line, text in recipe:
        if name != without:
            path = folder / name
            before = "" if line is None else path.read_text("utf-8")
            assert line is None or before.count(line) == 1, f"{name} has changed: {line!r}"
            path.write_text(before.replace(line, line + text) if line else text, "utf-8")
    return folder


def said(folder, name, kind):
    """What the tests say about that copy; nothing if all is well."""
    own = {"PYTHONPATH": str(folder), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", LOOK, name, kind]
    done = subprocess.run(
        command,
        cwd=folder / "tests" / "library",
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "kind", "recipe"), [("Adamax", "optimizer", ADAMAX), ("Softplus", "layer", SOFTPLUS)]
)
def test_a_recipe_is_whole(tmp_path, sources, name, kind, recipe):
    assert said(cooked(sources, tmp_path / "c", recipe), name, kind) == ""


PLACES = [("Adamax", "optimizer", ADAMAX, file) for file, line, _ in ADAMAX if line]
PLACES += [("Softplus", "layer", SOFTPLUS, file) for file, line, _ in SOFTPLUS if line]


@pytest.mark.parametrize(
    ("name", "kind", "recipe", "place"), PLACES, ids=lambda v: v if type(v) is str else ""
)
def test_a_forgotten_place_is_named(tmp_path, sources, name, kind, recipe, place):
    words = said(cooked(sources, tmp_path / "c", recipe, without=place), name, kind)
    assert FORGOTTEN[place] in words


RECIPES = ["Add an optimizer", "Add an activation or a layer", "Add a claim", "Add a study"]
RECIPES += ["Add a page or a section", "Change a sentence or a number"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_place_that_a_recipe_names_exists(recipe):
    places = places_in(recipe)
    assert places, "a recipe says where"
    made = [place for place in places if "my_" not in place]
    lacking = [place for place in made if not [*REPOSITORY.glob(place)]]
    assert not lacking, lacking


@pytest.mark.parametrize(("recipe", "places"), [(RECIPES[0], ADAMAX), (RECIPES[1], SOFTPLUS)])
def test_a_recipe_names_the_places_that_were_needed(recipe, places):
    named = {path for place in places_in(recipe) for path in REPOSITORY.glob(place)}
    lacking = {file for file, line, _ in places if line and REPOSITORY / file not in named}
    assert not lacking
