"""Features that meet: early stopping, checkpoints, schedules, vectors of rates, interruptions."""

import os

import numpy as np
import pytest

import dlcourse as dl

X, Y = dl.moons(200)
OPTIMIZERS = {
    "SGD": lambda: dl.SGD(0.1),
    "Momentum": lambda: dl.Momentum(0.05),
    "NAG": lambda: dl.NAG(0.05),
    "Adagrad": lambda: dl.Adagrad(0.05),
    "RMSprop": lambda: dl.RMSprop(0.01),
    "Adadelta": lambda: dl.Adadelta(),
    "Adam": lambda: dl.Adam(0.01),
    "AMSGrad": lambda: dl.Adam(0.01, amsgrad=True),
    "AdamW": lambda: dl.AdamW(0.01),
    "RAdam": lambda: dl.RAdam(0.01),
    "Lion": lambda: dl.Lion(0.003),
    "ScheduleFree": lambda: dl.ScheduleFree(0.01),
    "Muon": lambda: dl.Muon(0.01, shapes=network().shapes),
}


def network():
    layers = dl.Linear(2, 16), dl.BatchNorm(16), dl.ReLU(), dl.Dropout(0.2), dl.Linear(16, 2)
    return dl.Sequential(*layers)


def same(one, other):
    (model, history), (model2, history2) = one, other
    state, state2 = model.state_dict(), model2.state_dict()
    assert all(np.array_equal(state[name], state2[name]) for name in state)
    assert np.array_equal(history.loss, history2.loss)
    assert np.array_equal(history.valid_loss, history2.valid_loss)
    assert (history.best_epoch, history.stopped) == (history2.best_epoch, history2.stopped)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_vectors_a_schedule_patience_and_a_checkpoint_in_three_runs(name, tmp_path):
    def run(path, *epochs):
        for end in epochs:
            model, optimizer = network(), OPTIMIZERS[name]()
            optimizer.lr = model.vector(lambda layer, key, a: 0.01 if key == "W" else 0.02)
            optimizer.weight_decay = model.vector(lambda layer, key, a: 0.01 * (key == "W"))
            kwargs = {"schedule": dl.cosine_lr(50), "patience": 9, "checkpoint": path}
            kwargs |= {"optimizer": optimizer, "epochs": end, "batch_size": 20}
            history = dl.fit(model, (X, Y), (X, Y), **kwargs)
        return model, history

    same(run(tmp_path / "whole", 5), run(tmp_path / "parts", 2, 3, 5))


@pytest.mark.parametrize("cuts", [(0,), (1, 2), (0, 2, 3, 5)])
def test_an_error_in_on_epoch_and_a_new_start_change_no_bit(cuts, tmp_path):
    class Cut(Exception):
        pass

    def run(path, cuts):
        for cut in (*cuts, None):

            def on_epoch(epoch, model, history, cut=cut):
                if epoch == cut:
                    raise Cut

            model, kwargs = network(), {"patience": 3, "min_delta": 0.001, "checkpoint": path}
            kwargs |= {"schedule": dl.warmup_lr(20, dl.cosine_lr(300)), "on_epoch": on_epoch}
            kwargs |= {"optimizer": dl.Momentum(0.3), "epochs": 30, "batch_size": 20}
            try:
                history = dl.fit(model, (X, Y), (X + np.float32(0.1), Y), **kwargs)
            except Cut:
                assert cut is not None
        return model, history

    same(run(tmp_path / "whole", ()), run(tmp_path / "cut", cuts))
    assert sorted(os.listdir(tmp_path)) == ["cut", "whole"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_first_step_on_nothing_says_so(name):
    for w in (None, [1.0], 1.0, np.ones(3, int)):
        with pytest.raises(TypeError, match=f"{OPTIMIZERS[name]().__class__.__name__}: w must"):
            OPTIMIZERS[name]().step(w, np.ones(3))


@pytest.mark.parametrize("no_flag", ["False", 0, 1, None, np.ones(2), [True]])
def test_yes_or_no_is_true_or_false(no_flag):
    model = dl.Sequential(dl.Linear(2, 2))
    model.forward(X, train=True)
    calls = {
        "train": lambda: model.forward(X, train=no_flag),
        "input_gradient": lambda: model.backward(np.ones((200, 2), np.float32), no_flag),
        "bias": lambda: dl.Linear(2, 2, bias=no_flag),
        "inverted": lambda: dl.Dropout(0.5, inverted=no_flag),
        "amsgrad": lambda: dl.Adam(amsgrad=no_flag),
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match=f"{name} must be True or False but got"):
            call()
    assert dl.Linear(2, 2, bias=np.False_).bias is False
