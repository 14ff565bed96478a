"""How an optimizer is described in the registry."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import dlcourse
from dlcourse.checks.asked_for import OPTIMIZERS


@dataclass(frozen=True)
class Case:
    """One optimizer, or one way to use it.

    `what` is the class. `formula` is the paper's, for one number: ``f(t, w, g, s, **settings)
    -> new w``, with memory `s` for up to 3 numbers and the library's names of settings.
    `learns` is the rate and the epochs that are enough for the two moons. `twin` is the class
    in torch.optim, or None; `told` is what only that is told; `slots` is how it calls ours;
    `draw` gives arguments that both take. `aims` are the ratios of the speed table: 270
    thousand numbers, one million. `changed` is what the case is made with beside defaults;
    `decoupled` says that weight decay is beside the step. `mutants` are (old, new): a text in
    the code of the class, and a wrong one that the formula notices. `whole` says that the
    formula is for a matrix as a whole, not for each of its numbers; `own_decay` that it takes
    weight decay itself.
    """

    what: str
    formula: Callable
    learns: tuple
    twin: str | None = None
    told: dict = field(default_factory=dict)
    slots: dict = field(default_factory=dict)
    draw: Callable = lambda rng: {}
    aims: tuple = (0.65, 1.2)
    changed: dict = field(default_factory=dict)
    decoupled: bool = False
    mutants: tuple = ()
    whole: bool = False
    own_decay: bool = False

    @property
    def settings(self):
        """Settings at which every line of the update matters, as the checks have them."""
        if self.what not in OPTIMIZERS:
            raise KeyError(f"the checks of assignments lack {self.what}: dlcourse/checks/mistakes")
        return OPTIMIZERS[self.what] | self.changed

    def cls(self, dl=dlcourse):
        return getattr(dl, self.what)

    def make(self, dl=dlcourse, **settings):
        """The optimizer with its defaults, and the rate 0.1 where there is none."""
        lr = inspect.signature(self.cls(dl)).parameters["lr"]
        needed = {"lr": 0.1} if lr.default is lr.empty else {}
        if self.whole:
            needed["shapes"] = None  # the array that it steps is one part
        return self.cls(dl)(**needed | self.changed | settings)

    def step(self, t, w, g, s, weight_decay=0.0, **settings):
        """The formula with weight decay: beside the step where it is decoupled, else in g."""
        if self.own_decay:
            settings["weight_decay"] = weight_decay
        elif self.decoupled:
            w = w - settings["lr"] * weight_decay * w
        else:
            g = g + weight_decay * w
        return self.formula(t, w, g, s, **settings)
