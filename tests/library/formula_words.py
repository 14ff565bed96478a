r"""What is said of a formula that cannot be read: the token, the formula, what may be written."""

import re

# Commands that `docstring_formulas` or SymPy's parser reads, names of the Greek alphabet apart.
KNOWN = r"\frac \sqrt \log \ln \exp \sin \cos \tan \max \min \operatorname \sum \cdot \times"
KNOWN += r" \partial \text \hat \begin \end \le \ge \leftarrow \infty \lfloor \rfloor \pi"
MAY = (
    r"names such as w, \beta_1, \hat m, \text{lr} and x_{ij} (the indices are i, j and k), "
    r"numbers, + - / ^ and brackets, \frac, \sqrt, \log, \exp, \max(a, b), \min(a, b), "
    r"\operatorname{sign}(a), \sum_i, and cases, each with one of < > \le \ge"
)


class Unreadable(ValueError):
    """A formula that `docstring_formulas` cannot read."""

    def __init__(self, what, latex):
        super().__init__(
            f"{what}, in the formula\n    {latex}\nIt may have {MAY}. Write it with these, or let "
            f"tests/library/docstring_formulas.py read more; who is no optimizer and no activation "
            f"may stand in NOT_READ of tests/library/test_formulas.py, with the reason"
        )


def culprit(latex, names, error):
    """Which token of `latex` is to blame for an `error`; `names` finds the names in it."""
    for found in names.finditer(latex):
        command, behind = found["command"], latex[found.end() :]
        if command and command.split("{")[0] not in KNOWN.split():
            return f"{command} cannot be read"
        index = re.match(r"_(\{[^{}]*\}|\\[a-zA-Z]+|.)", behind)
        if index and not command:
            return f"{found[0]}{index[0]} cannot be read: it has another index than i, j or k"
    if isinstance(error, KeyError):
        return error.args[0]
    return f"{str(error).splitlines()[0] if str(error) else type(error).__name__} is the trouble"
