"""What a study depends on, as a hash: its code and all code of dlcourse that it can reach.

It starts at `run` of the study's module. Every name that a definition mentions (a function, a
class with all its methods and bases, a constant, an import in a module of dlcourse) leads to the
definition of that name, and so on. Each definition is taken as its syntax tree, so that form does
not count; nor do comments, docstrings, annotations, what an error says, and NO_NUMBERS. NumPy is
not looked at: the table names its version.
"""

import ast
import functools
import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Figures; and how a file is written without ever being half there.
NO_NUMBERS = {"dlcourse.plots", "dlcourse._writing"}


def code_hash(study, root=ROOT):
    """16 hex digits for the study of that name."""
    found = reach(f"dlcourse.studies.{study.replace('-', '_')}", "run", root)
    text = "\n".join(f"{module} {name} {tree}" for (module, name), tree in sorted(found.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def reach(module, name, root=ROOT):
    """All definitions that `name` of `module` needs: {(module, name): syntax tree as text}."""
    found, todo = {}, [(module, name)]
    load = functools.cache(Module)
    while todo:
        key = todo.pop()
        module, name = key
        if key in found or module in NO_NUMBERS:
            continue
        here = load(module, root)
        if name == "*":  # the whole module
            todo += [(module, other) for other in here.names]
            continue
        if name and name not in here.names:
            todo.append((here.star_with(name), name))
            continue
        for node in here.names.get(name, ()):
            if isinstance(node, ast.ImportFrom | ast.Import):
                todo += here.imported(node, name)
                continue
            found[key] = found.get(key, "") + shape(node)
            todo += [(module, used) for used in mentioned(node) if here.knows(used)]
            for inner in ast.walk(node):  # imports inside a function
                if isinstance(inner, ast.ImportFrom | ast.Import):
                    todo += here.imported(inner)
        if key in found and here.names.get("", ()):  # what runs whenever it is imported
            todo.append((module, ""))
    return found


class Module:
    """The names that a file of dlcourse defines; under "" the statements that define none."""

    def __init__(self, name, root):
        path = root.joinpath(*name.split("."))
        self.package = name if path.is_dir() else name.rpartition(".")[0]
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        self.root, self.name, self.names, self.stars = root, name, {}, []
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for defined in defines(node):
                self.names.setdefault(defined, []).append(node)
        for node in self.names.pop("*", ()):
            self.stars += [module for module, _ in self.imported(node)]

    def imported(self, node, name=None):
        """Where an import leads inside dlcourse, for one of its names or for all."""
        if isinstance(node, ast.Import):
            inside = [alias.name for alias in node.names if alias.name.split(".")[0] == "dlcourse"]
            return [(module, "*") for module in inside]
        base = node.module or ""
        if node.level:
            above = self.package.split(".")[: len(self.package.split(".")) - node.level + 1]
            base = ".".join([*above, *filter(None, [base])])
        if base.split(".")[0] != "dlcourse":
            return []
        wanted = [a.name for a in node.names if name in (None, a.asname or a.name)]
        return [
            (f"{base}.{other}", "*") if self.is_module(f"{base}.{other}") else (base, other)
            for other in wanted
        ]

    def star_with(self, name):
        """Which of the modules that are imported with * has this name."""
        for module in self.stars:
            if Module(module, self.root).knows(name):
                return module
        raise LookupError(f"{self.name} defines no {name}: {Path(__file__).name} cannot follow it")

    def knows(self, name):
        """Whether the module has the name, its own or by a * import."""
        return name in self.names or any(Module(m, self.root).knows(name) for m in self.stars)

    def is_module(self, name):
        path = self.root.joinpath(*name.split("."))
        return path.is_dir() or path.with_suffix(".py").is_file()


def defines(node):
    """The names that a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.ImportFrom | ast.Import):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return []  # a docstring
    stored = [
        n.id
        for n in ast.walk(node)
        if isinstance(getattr(n, "ctx", None), ast.Store) and isinstance(n, ast.Name)
    ]
    inner = [n.name for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return stored + inner or [""]


def mentioned(node):
    """The names that a definition uses, outside what an error says."""
    if isinstance(node, ast.Raise):
        return set()
    own = {node.id} if isinstance(node, ast.Name) else set()
    return own.union(*map(mentioned, ast.iter_child_nodes(node)))


def shape(node):
    """A syntax tree as text: the same in every Python, without docstrings and errors' words."""
    if isinstance(node, list):
        return f"[{' '.join(map(shape, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    if isinstance(node, ast.Raise):
        return "(Raise)"
    parts = []
    for field in node._fields:
        value = getattr(node, field, None)
        if field == "body" and isinstance(value, list):
            value = [inner for inner in value if not is_text(inner)]
        if value not in (None, []) and field not in ("annotation", "returns", "ctx", "kind"):
            parts.append(f"{field}={shape(value)}")
    return f"({type(node).__name__} {' '.join(parts)})"


def is_text(node):
    """Whether a statement is a string and nothing else, as a docstring is."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
