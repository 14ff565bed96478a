"""`import dlcourse` brings NumPy and the standard library, and every public name."""

import json
import re
import sys

import pytest
from cases import REPOSITORY, run_python

import dlcourse as dl

NAMES = {
    "seeding": "streams replay",
    "initializers": "fans variance_scaling lecun_normal lecun_uniform xavier_normal xavier_uniform"
    " he_normal he_uniform orthogonal constant normal",
    "activations": "Sigmoid Tanh ReLU LeakyReLU PReLU ELU SELU SERLU GELU SiLU",
    "layers": "Layer Linear",
    "dropout": "Dropout drop_columns subnetworks monte_carlo",
    "batchnorm": "BatchNorm",
    "layernorm": "LayerNorm",
    "losses": "softmax_cross_entropy mean_squared_error",
    "sequential": "Sequential",
    "optimizers": "Optimizer SGD Momentum NAG Adagrad RMSprop Adadelta Adam RAdam AdamW",
    "training": "fit",
    "batches": "minibatches",
    "evaluation": "accuracy evaluate",
    "history": "History",
    "divergence": "Diverged",
    "schedules": "constant_lr step_lr cosine_lr warmup_lr",
    "gradcheck": "numerical_gradient check_gradients",
    "datasets": "mnist moons spirals regression",
    "diagnostics": "activation_statistics gradient_statistics update_ratio",
    "search": "Uniform LogUniform IntUniform Choice random_search narrow coarse_to_fine"
    " successive_halving objective_for Trials Interrupted",
    "browser": "runs_in_browser scale",
    "claims": "claim",
    "measured": "between glue",
    "tuning": "tuned",
}


@pytest.mark.parametrize("module", NAMES)
def test_public_names(module):
    for name in NAMES[module].split():
        value = getattr(dl, name)
        assert value.__module__.startswith(f"dlcourse.{module}"), name
        assert value.__doc__.strip(), name


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
    assert not any(name.startswith("dlcourse.plots") for name in loaded)


def test_the_version_is_that_of_the_package():
    text = (REPOSITORY / "pyproject.toml").read_text()
    assert re.search(r'^version = "(.*)"', text, re.MULTILINE)[1] == dl.__version__
