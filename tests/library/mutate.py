"""A copy of the package with one piece of its text changed, loaded beside the real one."""

import ast
import functools
import importlib
import importlib.abc
import importlib.util
import itertools
import sys
from pathlib import Path

import dlcourse

ROOT = Path(dlcourse.__file__).parent
_number = itertools.count()


@functools.cache
def source(module):
    """The text of a module such as "optimizers.adam"; "" is the package itself."""
    path = ROOT.joinpath(*module.split(".")) if module else ROOT
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text() if path.exists() else None


@functools.cache
def compiled(module):
    return compile(source(module), f"dlcourse.{module}", "exec")


def mutated(module, where, old, new):
    """The text of `module` with `old` replaced in the code (not the docstring) of `where`."""
    text = source(module)
    found = [n for n in ast.parse(text).body if getattr(n, "name", None) == where]
    assert len(found) == 1, (
        f"{module}.py has no {where} any more: bring the list of mutants up to date"
    )
    begin, end = found[0].lineno - 1, found[0].end_lineno
    first = found[0].body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        begin = first.end_lineno  # behind the docstring
    lines = text.splitlines(keepends=True)
    before, code, after = ("".join(lines[a:b]) for a, b in ((0, begin), (begin, end), (end, None)))
    assert code.count(old) == 1, (
        f"{old!r} stands {code.count(old)} times, not once, in the code of {where} in {module}.py: "
        f"bring the list of mutants up to date with it"
    )
    return before + code.replace(old, new) + after


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of one copy of the package."""

    def __init__(self, name, changed):
        self.name, self.changed = name, changed

    def module(self, name):
        return name.removeprefix(self.name).removeprefix(".")

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] != self.name or source(self.module(name)) is None:
            return None
        package = (ROOT / self.module(name).replace(".", "/")).is_dir()
        return importlib.util.spec_from_loader(name, self, is_package=package)

    def exec_module(self, module):
        name = self.module(module.__name__)
        module.__file__ = str(ROOT / f"{name.replace('.', '/')}.py")
        exec(self.changed.get(name) or compiled(name), vars(module))


def load(changed=None):
    """Import a copy of dlcourse in which some modules have another text."""
    name = f"dlcourse_copy_{next(_number)}"
    finder = Finder(name, changed or {})
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(name)
    finally:
        sys.meta_path.remove(finder)
        for key in [key for key in sys.modules if key.split(".")[0] == name]:
            del sys.modules[key]
