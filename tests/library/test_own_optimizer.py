"""An optimizer of one's own, lr and step(w, g), trains a network like ours."""

import re

import numpy as np
from bad_fits import XV, YV, Plain, Saving, X, Y, refused
from cases import REPOSITORY, network, same_states

import dlcourse as dl


def recorded(optimizer, **call):
    rates = []
    step = optimizer.step
    optimizer.step = lambda w, g: (rates.append(optimizer.lr), step(w, g))
    dl.fit(network(), (X, Y), optimizer=optimizer, epochs=3, batch_size=13, **call)
    return rates


def test_an_optimizer_of_lr_and_step_follows_a_schedule():
    assert recorded(Plain(0.1), schedule=dl.linear_lr(12)) == [
        0.1 * (1 - t / 12) for t in range(12)
    ]
    assert recorded(Plain(0.1)) == [0.1] * 12


def test_an_optimizer_of_lr_and_step_is_momentum():
    mine, theirs = network(), network()
    call = {"epochs": 3, "batch_size": 13, "schedule": dl.cosine_lr(12)}
    dl.fit(mine, (X, Y), optimizer=Plain(0.1), **call)
    dl.fit(theirs, (X, Y), optimizer=dl.Momentum(0.1), **call)
    np.testing.assert_allclose(mine.theta, theirs.theta, rtol=1e-4, atol=1e-6)


def published_momentum():
    """`MyMomentum` as assignment 5 publishes its answer."""
    text = (REPOSITORY / "assignments" / "05-optimizers" / "solution.py").read_text("utf-8")
    (cell,) = re.findall(r"^class MyMomentum:.*?(?=^# %%)", text, re.DOTALL | re.MULTILINE)
    names = {"np": np}
    exec(cell, names)
    return names["MyMomentum"]


def test_the_published_answer_of_an_assignment_trains_a_network(tmp_path):
    MyMomentum = published_momentum()
    mine, theirs = network(), network()
    call = {"epochs": 3, "batch_size": 13, "schedule": dl.linear_lr(20), "patience": 2}
    ours = dl.fit(theirs, (X, Y), (XV, YV), optimizer=dl.Momentum(0.05), **call)
    history = dl.fit(mine, (X, Y), (XV, YV), optimizer=MyMomentum(0.05), **call)
    np.testing.assert_allclose(history.loss, ours.loss, rtol=1e-4)
    np.testing.assert_allclose(mine.theta, theirs.theta, rtol=1e-3, atol=1e-5)
    case = {"optimizer": MyMomentum(0.05)}, TypeError, "no state_dict and no load_state_dict"
    refused(tmp_path, *case, checkpoint=tmp_path / "run.npz")


def test_an_optimizer_that_can_be_saved_goes_on_with_the_same_bits(tmp_path):
    """Its steps are counted by fit, so the schedule goes on too."""

    def run(epochs, path=None):
        model = network()
        call = {"batch_size": 13, "schedule": dl.cosine_lr(16), "checkpoint": path}
        dl.fit(model, (X, Y), optimizer=saving(), epochs=epochs, **call)
        return model.state_dict()

    def saving():
        optimizer = Saving(0.1)
        type(optimizer).__repr__ = lambda self: "Saving"
        return optimizer

    run(2, tmp_path / "run.npz")
    assert same_states(run(4, tmp_path / "run.npz"), run(4))
