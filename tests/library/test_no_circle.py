"""The drawing of imports has no circle: each module needs only what is whole before it."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import dlcourse

PACKAGE = Path(dlcourse.__file__).parent


def modules(package):
    """Each module as a path of names: ("dlcourse", "optimizers", "adam"); a package by its own."""
    found = {}
    for file in package.rglob("*.py"):
        parts = file.relative_to(package.parent).with_suffix("").parts
        found[parts[:-1] if parts[-1] == "__init__" else parts] = file
    return found


def needs(module, file, known):
    """The modules that run when this one is imported, for its sake: relative imports at its top."""
    home = module if file.name == "__init__.py" else module[:-1]
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = home[: len(home) + 1 - node.level]
            base += tuple(node.module.split(".")) if node.module else ()
            for alias in node.names:
                path = (*base, alias.name) if (*base, alias.name) in known else base
                # Python runs the packages on the way, too; those around this module run already.
                around = {path[:n] for n in range(1, len(path))}
                yield from {path, *around} - {module[:n] for n in range(1, len(module) + 1)}


def circle(package):
    """The modules of a circle, in a line with arrows; empty if there is none."""
    known = modules(package)
    drawing = TopologicalSorter(
        {module: set(needs(module, file, known)) for module, file in known.items()}
    )
    try:
        drawing.prepare()
    except CycleError as error:
        return " <- ".join(".".join(module) for module in error.args[1])
    return ""


def test_the_drawing_of_imports_has_no_circle():
    known = modules(PACKAGE)
    adam, init = ("dlcourse", "optimizers", "adam"), ("dlcourse",)
    assert ("dlcourse", "optimizers", "base") in set(needs(adam, known[adam], known))
    assert len(set(needs(init, known[init], known))) > 20
    assert not circle(PACKAGE), "move what both need into a module of its own"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a.py": "from .b import x", "b.py": "from . import a"}, True),
        ({"a.py": "from .b import x", "b.py": "def f():\n    from . import a"}, False),
        ({"a.py": "from .c.d import x", "c/__init__.py": "from ..a import y", "c/d.py": ""}, True),
        ({"a.py": "from .c import x", "c/__init__.py": "from . import d", "c/d.py": ""}, False),
    ],
)
def test_a_circle_is_found(tmp_path, files, found):
    for name, text in files.items():
        path = tmp_path / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert bool(circle(tmp_path / "p")) is found
