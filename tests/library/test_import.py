"""`import dlcourse` brings NumPy and the standard library, and nothing else."""

import json
import re
import sys

from cases import REPOSITORY, run_python

import dlcourse as dl


def test_training_hands_on_what_belongs_to_it():
    from dlcourse import training

    for name in ["accuracy", "evaluate", "fit", "minibatches"]:
        assert getattr(training, name) is getattr(dl, name), name


def test_import_brings_numpy_and_the_standard_library_only():
    loaded = json.loads(
        run_python("import json, sys, dlcourse; print(json.dumps(sorted(sys.modules)))")
    )
    baseline = "import json, sys, numpy.random; print(json.dumps(sorted(sys.modules)))"
    without = json.loads(run_python(baseline))
    roots = {name.split(".")[0] for name in set(loaded) - set(without)}
    assert {name for name in roots if name not in sys.stdlib_module_names} <= {"dlcourse", "numpy"}
    assert not any(name.startswith(("dlcourse.plots", "dlcourse.studies")) for name in loaded)


def test_the_version_is_that_of_the_package():
    text = (REPOSITORY / "pyproject.toml").read_text()
    assert re.search(r'^version = "(.*)"', text, re.MULTILINE)[1] == dl.__version__
