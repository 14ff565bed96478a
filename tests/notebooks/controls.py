"""Every control is an experiment: none is typed in, and none is `holds` turned round."""

import ast

NEUTRAL = {
    *("range", "list", "tuple", "len", "bool", "int", "float", "all", "any", "sum", "min", "max"),
    *("abs", "sorted", "zip", "enumerate", "map", "filter", "scale"),
}


def trees(nb):
    """(code cell's number, syntax tree); cells with notebook commands are left out."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells, 1):
        try:
            yield number, ast.parse(cell.source)
        except SyntaxError:
            continue


def names_in(target):
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def starts_empty(node):
    if isinstance(node, ast.ListComp):
        return starts_empty(node.elt)
    return ast.unparse(node) in ("[]", "{}", "list()", "dict()")


class Origins(ast.NodeVisitor):
    """For each name of a notebook, every expression that ever went into it."""

    def __init__(self, nb):
        self.found, self.constants = {"base": [ast.Constant(0)]}, set()
        for _, tree in trees(nb):
            self.visit(tree)

    def add(self, target, value):
        for name in names_in(target):
            self.found.setdefault(name, []).append(value)

    def visit_Assign(self, node):
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
            for part, value in pairs:
                self.add(part, value)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        self.add(node.target, node.value)
        self.generic_visit(node)

    def visit_For(self, node):
        self.add(node.target, node.iter)
        self.generic_visit(node)

    visit_comprehension = visit_For

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "extend", "fill"):
            for value in node.args:
                self.add(node.func.value, value)
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        returns = [n.value for n in ast.walk(node) if isinstance(n, ast.Return)]
        if returns and all(isinstance(value, ast.Constant) for value in returns):
            self.constants.add(node.name)
        self.generic_visit(node)

    def typed(self, node, seen=()):
        """Whether an expression is made of literals alone, with no experiment in it."""
        if isinstance(node, ast.Name):
            if node.id in seen or node.id in NEUTRAL:
                return True
            # A list that starts empty gets its entries elsewhere, maybe under another name.
            values = [v for v in self.found.get(node.id, []) if not starts_empty(v)]
            return bool(values) and all(self.typed(v, (*seen, node.id)) for v in values)
        if isinstance(node, ast.Call):
            return self._plain(node.func, seen) and all(
                self.typed(part, seen)
                for part in [*node.args, *(keyword.value for keyword in node.keywords)]
            )
        if isinstance(node, ast.Lambda):
            return self.typed(node.body, seen)
        parts = [n for n in ast.iter_child_nodes(node) if isinstance(n, (ast.expr, ast.keyword))]
        parts += [c.iter for c in getattr(node, "generators", [])]
        return all(self.typed(part, seen) for part in parts)

    def _plain(self, function, seen):
        """A function that only moves its arguments about: `list`, `np.full`, ``x.astype``."""
        if isinstance(function, ast.Name):
            return function.id in NEUTRAL | self.constants
        if isinstance(function, ast.Attribute):
            owner = function.value
            if isinstance(owner, ast.Name) and owner.id in ("np", "numpy"):
                return function.attr != "random"
            return self.typed(owner, seen)
        return self.typed(function, seen)

    def inlined(self, node):
        """The expression, with names that were assigned once replaced by what they are."""
        while isinstance(node, ast.Name) and len(self.found.get(node.id, [])) == 1:
            node = self.found[node.id][0]
        return node


def bare(node):
    """An expression without what only wraps it: ``np.array(...)``, ``x.copy()``, ``list(x)``."""
    while True:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr in ("astype", "copy", "ravel", "tolist"):
                node = owner
                continue
            if node.func.attr in ("array", "asarray") and node.args:
                node = node.args[0]
                continue
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("list", "tuple") and node.args:
            node = node.args[0]
            continue
        return node


def turned_round(control, holds):
    """Whether `control` has `holds` inside, or compares the same two things."""
    control, holds = bare(control), bare(holds)
    if any(ast.dump(part) == ast.dump(holds) for part in ast.walk(control)):
        return True
    if isinstance(control, ast.Compare) and isinstance(holds, ast.Compare):
        sides = [
            sorted(ast.dump(side) for side in (node.left, *node.comparators))
            for node in (control, holds)
        ]
        return sides[0] == sides[1]
    return False


def claims(nb):
    """(code cell's number, id, arguments by name) of every call of `claim`."""
    for number, tree in trees(nb):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "claim":
                given = dict(zip(("id", "statement", "holds"), node.args, strict=False))
                given |= {keyword.arg: keyword.value for keyword in node.keywords}
                yield number, ast.literal_eval(given["id"]), given


def computed(nb):
    """What a claim counts, and what its control counts, comes out of an experiment."""
    origins, faults = Origins(nb), []
    for number, name, given in claims(nb):
        for part in ("holds", "control", "effect"):
            if part in given and origins.typed(given[part]):
                faults.append(f"code cell {number}: {part} of claim {name} is typed in")
        if "control" in given:
            holds, control = given["holds"], given["control"]
            pairs = [(control, holds), (origins.inlined(control), origins.inlined(holds))]
            pairs.append((origins.inlined(control), holds))
            if any(turned_round(*pair) for pair in pairs):
                faults.append(
                    f"code cell {number}: the control of claim {name} is only its holds turned "
                    f"round, which no experiment can fail"
                )
    return faults
