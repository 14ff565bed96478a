"""Everything public that tests and tables go through, each thing described once.

A new optimizer, layer, initializer, loss, schedule or search range gets one entry in the file
of its kind; `public` and `missing` say what has none. Entries name classes and functions of the
library by their names, so that they can be made from a mutated copy of it, too.
"""

import inspect

from . import optimizers, optimizers_adam, optimizers_averaged, optimizers_muon
from .initializers import INITIALIZERS
from .layers import LAYERS
from .losses import LOSSES
from .ranges import RANGES
from .schedules import SCHEDULES

OPTIMIZERS = optimizers.OPTIMIZERS | optimizers_adam.OPTIMIZERS
OPTIMIZERS |= optimizers_muon.OPTIMIZERS | optimizers_averaged.OPTIMIZERS
# kind -> name -> entry
KINDS = {
    "optimizer": OPTIMIZERS,
    "layer": LAYERS,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
    "schedule": SCHEDULES,
    "range": RANGES,
}
NO_INITIALIZER = {"fans"}  # it counts what initializers need


def public(dl, namespace=None):
    """The public names of each kind, found by what they are and where they are written."""
    namespace = vars(dl) if namespace is None else namespace
    bases = {"layer": dl.Layer, "optimizer": dl.Optimizer, "range": dl.Uniform.__mro__[1]}
    alone = {*bases.values(), dl.activations.Activation}  # what others are made from
    modules = {"initializer": "initializers", "loss": "losses", "schedule": "schedules"}
    found = {kind: set() for kind in KINDS}
    for name, value in namespace.items():
        for kind, base in bases.items():
            if isinstance(value, type) and issubclass(value, base) and value not in alone:
                found[kind].add(name)
        for kind, module in modules.items():
            written = (getattr(value, "__module__", None) or "") + "."
            if inspect.isfunction(value) and written.startswith(f"{dl.__name__}.{module}."):
                found[kind] |= {name} - NO_INITIALIZER
    return found


def missing(dl, namespace=None):
    """A sentence for each public name that stands in no registry, or that is public no more."""
    sentences = []
    for kind, names in public(dl, namespace).items():
        described = {entry.what for entry in KINDS[kind].values()}
        sentences += [
            f"the {kind} {name} is exported but not tested: describe it in "
            f"tests/library/registry/{'losses' if kind == 'loss' else f'{kind}s'}.py"
            for name in sorted(names - described)
        ]
        sentences += [
            f"the {kind} {name} is described in the registry but dlcourse does not export it"
            for name in sorted(described - names)
        ]
    return sentences
