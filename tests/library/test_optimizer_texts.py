"""The text of an optimizer holds its settings, for a checkpoint goes on where the text agrees."""

import numpy as np
from cases import OPTIMIZERS
from walking import walk

import dlcourse as dl


def test_the_text_of_a_vector_is_short_and_tells_vectors_apart():
    lr = np.linspace(0.1, 1, 1_000_000)
    text = repr(dl.Adam(lr=lr))
    assert len(text) < 200
    assert text == repr(dl.Adam(lr=lr.copy()))
    assert "from 0.1 to 1" in text
    for other in (lr[::-1], lr.astype(np.float32), np.where(lr == 1, 0.5, lr)):
        assert repr(dl.Adam(lr=other)) != text


class Handing(dl.Momentum):
    """A student's optimizer that hands its settings on."""

    def __init__(self, lr, **kwargs):
        super().__init__(lr, **kwargs)


class Renaming(dl.Optimizer):
    """One that keeps a setting under another name."""

    def __init__(self, lr, momentum):
        super().__init__(lr)
        self.mu = momentum


class Bare(dl.Optimizer):
    """One that forgot super().__init__()."""

    def __init__(self, lr):
        self.lr = lr

    def update(self, w, g):
        w -= self.lr * g


def test_the_text_of_an_optimizer_holds_every_setting():
    assert repr(Handing(0.1, momentum=0.5)) == "Handing(lr=0.1, momentum=0.5, weight_decay=0.0)"
    assert repr(Renaming(0.1, 0.5)) != repr(Renaming(0.1, 0.99))
    assert repr(Bare(0.1)) == "Bare(lr=0.1)"
    for name, make in OPTIMIZERS.items():
        optimizer = make()
        walk(optimizer, np.ones(3), 2)
        assert repr(optimizer) == repr(make()), name
        assert repr(eval(f"dl.{optimizer}")) == repr(optimizer)


def test_an_optimizer_without_the_constructor_of_its_base_works():
    w = np.ones(3)
    Bare(0.5).step(w, np.ones(3))
    assert w.tolist() == [0.5] * 3
