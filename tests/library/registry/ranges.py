"""The ranges of a search: one of each."""

from dataclasses import dataclass

import dlcourse


@dataclass(frozen=True)
class Case:
    """The range is made with `arguments`; `kind` is the type of its values."""

    what: str
    arguments: tuple
    kind: type

    def make(self, dl=dlcourse):
        return getattr(dl, self.what)(*self.arguments)


RANGES = {
    "Uniform": Case("Uniform", (-2.0, 3.0), float),
    "LogUniform": Case("LogUniform", (1e-5, 10.0), float),
    "IntUniform": Case("IntUniform", (3, 12), int),
    "Choice": Case("Choice", (["relu", "tanh", "elu"],), str),
}
