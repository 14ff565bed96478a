"""The hash follows what a study computes, and nothing else: shown on a library of four files."""

import subprocess
import sys

import pytest
from study_code import code_hash, reach

LIBRARY = {
    "__init__.py": """
        from .rules import *
        from .training import fit
        """,
    "training.py": '''
        """Training."""
        import numpy as np
        from . import plots
        from .rules import base as rules_base
        SIZE = 50
        TABLE = {}
        TABLE["a"] = 1
        try:
            from .fast import matmul
        except ImportError:
            def matmul(a, b):
                return a @ b
        def fit(model, lr: float = 0.1):
            """Train."""
            from .history import record
            if lr <= 0:
                raise ValueError(f"lr must be above 0 but is {lr}: {advice()}")
            plots.draw(model)
            return record(matmul(order(model), SIZE), rules_base.start())
        def order(model):
            # a comment
            return np.sort(model[: SIZE + TABLE["a"]])
        def advice():
            return "take a small one"
        def unused():
            return 1
        ''',
    "fast.py": """
        def matmul(a, b):
            return a.dot(b)
        """,
    "history.py": """
        def record(x, y):
            return x + y
        """,
    "plots.py": """
        def draw(model):
            return 1
        """,
    "rules/__init__.py": """
        from .base import Base
        from .momentum import Momentum
        class Other:
            x = 1
        """,
    "rules/base.py": """
        class Base:
            def step(self):
                self.t += 1
        def start():
            return 0
        """,
    "rules/momentum.py": """
        from dlcourse.rules.base import Base
        class Momentum(Base):
            slots = ("v",)
            def update(self, w, g):
                w -= g
        """,
    "studies/toy.py": '''
        """What?"""
        from dlcourse import Momentum, fit
        LOOK = (1, 2)
        def run(seed):
            """A run."""
            return fit(Momentum(), LOOK)
        def grid():
            return [{"seed": 0}]
        ''',
    "studies/__init__.py": "",
}


@pytest.fixture
def library(tmp_path):
    for name, text in LIBRARY.items():
        path = tmp_path / "dlcourse" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = text.removeprefix("\n").splitlines()
        path.write_text("\n".join(line[8:] for line in lines) + "\n", encoding="utf-8")
    return tmp_path


def edit(root, file, old, new):
    path = root / "dlcourse" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGES = {
    "the study itself": ("studies/toy.py", "Momentum(), LOOK", "LOOK, Momentum()"),
    "a constant of it": ("studies/toy.py", "(1, 2)", "(1, 3)"),
    "a function that it uses": ("training.py", "record(matmul", "record(1 + matmul"),
    "a default": ("training.py", "= 0.1", "= 0.2"),
    "a function that this uses": ("training.py", "np.sort", "np.unique"),
    "a constant of a function": ("training.py", "SIZE = 50", "SIZE = 51"),
    "a change of a constant": ("training.py", '["a"] = 1', '["a"] = 2'),
    "when an error is raised": ("training.py", "lr <= 0", "lr < 0"),
    "that one is raised": ("training.py", 'raise ValueError(f"lr', 'print(f"lr'),
    "an import in a function": ("history.py", "x + y", "x - y"),
    "one of two ways to import": ("fast.py", "a.dot(b)", "b.dot(a)"),
    "the other one": ("training.py", "a @ b", "b @ a"),
    "a method": ("rules/momentum.py", "w -= g", "w += g"),
    "an attribute of a class": ("rules/momentum.py", '("v",)', '("m",)'),
    "a base class": ("rules/base.py", "self.t += 1", "self.t += 2"),
    "a module that is used by its name": ("rules/base.py", "return 0", "return 1"),
}
SAME = {
    "a docstring": ("training.py", '"""Train."""', '"""Another word."""'),
    "a docstring of a module": ("training.py", '"""Training."""', '"""Another word."""'),
    "a new docstring": ("history.py", "    return x", '    """New."""\n    return x'),
    "a comment": ("training.py", "# a comment", "# another"),
    "the form": ("history.py", "x + y", "(\n        x +\n        y\n    )"),
    "what an error says": ("training.py", "must be above 0", "should be positive"),
    "what is only used to say it": ("training.py", "a small one", "a smaller one"),
    "an annotation": ("training.py", "lr: float", "lr: 'float > 0'"),
    "an annotation of a result": ("history.py", "record(x, y):", "record(x, y) -> float:"),
    "code that is not reached": ("training.py", "def unused():\n    return 1", "def other(): ..."),
    "a class that is not reached": ("rules/__init__.py", "x = 1", "x = 2"),
    "what is exported": ("__init__.py", "import *", "import Momentum"),
    "figures": ("plots.py", "return 1", "return 2"),
    "the grid": ("studies/toy.py", '{"seed": 0}', '{"seed": 1}'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_is_computed_changes_the_hash(change, library):
    before = code_hash("toy", library)
    edit(library, *CHANGES[change])
    assert code_hash("toy", library) != before


@pytest.mark.parametrize("change", SAME)
def test_other_changes_do_not(change, library):
    before = code_hash("toy", library)
    edit(library, *SAME[change])
    assert code_hash("toy", library) == before


def test_a_name_that_is_nowhere_is_no_silent_gap(library):
    edit(library, "__init__.py", "from .rules import *", "Momentum = globals()")
    edit(library, "__init__.py", "Momentum", "Other")
    with pytest.raises(LookupError, match="dlcourse defines no Momentum"):
        code_hash("toy", library)


def test_formatting_everything_changes_nothing(copy_of_code):
    before = code_hash("dropout-arms", copy_of_code)
    command = [sys.executable, "-m", "ruff", "format", "--line-length", "70", "--isolated"]
    subprocess.run([*command, str(copy_of_code)], check=True, capture_output=True)
    assert code_hash("dropout-arms", copy_of_code) == before


def test_what_is_reached():
    names = {f"{module}.{name}" for module, name in reach("dlcourse.studies.small_rate", "run")}
    needed = (
        "training.fit batchnorm.BatchNorm datasets.mnist optimizers.base.Optimizer layers.Layer"
    )
    assert {f"dlcourse.{name}" for name in needed.split()} <= names
    assert not any(name.startswith(("dlcourse.plots", "dlcourse.checks")) for name in names)


def test_a_changed_hash_fails_at_once_and_says_what_to_do(small_rate):
    from study_sample import faults

    from dlcourse.tables import Table

    table = Table("small-rate", {**small_rate.header, "code": "0" * 16}, small_rate.columns)
    assert faults("small-rate", table) == [
        "the code that small-rate depends on has changed since its table was made: "
        "make studies STUDY=small-rate"
    ]
