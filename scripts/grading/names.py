"""The names that code makes."""

import ast


def names_made(source):
    """The names that code makes at its top level; none when it is no Python."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return frozenset()
    names = set()
    for each in statements:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            names.add(each.name)
        elif isinstance(each, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in each.names}
        elif isinstance(each, ast.Assign):
            names |= {
                node.id
                for target in each.targets
                for node in ast.walk(target)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    return frozenset(names - {"fig", "ax"})  # every plot has these


def same_code(a, b):
    """Whether two cells are the same but for spaces, line ends, comments and quotes."""
    return plain(a) == plain(b)


def plain(source):
    """The code in one fixed form; the bare lines when it is no Python."""
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError):
        return "\n".join(line.strip() for line in source.splitlines() if line.strip())
