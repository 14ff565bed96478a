"""Early stopping and checkpoints: a run that was interrupted ends as if nothing had happened."""

import os

import numpy as np
import pytest
from cases import network, run_python, same_bits, same_states
from test_checkpoint import rewritten
from test_early_stopping import FIELDS, run

import dlcourse as dl


@pytest.mark.parametrize("stop_after", [0, 2, 5, 9])
@pytest.mark.parametrize("call", [{"patience": 4}, {"patience": 60, "epochs": 14}], ids=str)
def test_interrupted_and_resumed(tmp_path, call, stop_after):
    class Interruption(Exception):
        pass

    def interrupt(epoch, model, history):
        if epoch == stop_after + 1:
            raise Interruption

    path = tmp_path / "run.npz"
    call = {**call, "schedule": dl.cosine_lr(80)}
    expected, history = run(optimizer=dl.RAdam(0.05), **call)
    assert len(history) > stop_after + 2
    with pytest.raises(Interruption):
        run(optimizer=dl.RAdam(0.05), checkpoint=path, on_epoch=interrupt, **call)
    for _ in range(2):  # the second time it has ended already
        optimizer = dl.RAdam(0.05)
        model, resumed = run(optimizer=optimizer, checkpoint=path, **call)
        assert same_states(model.state_dict(), expected.state_dict())
        assert (resumed.best_epoch, resumed.stopped) == (history.best_epoch, history.stopped)
        assert optimizer.t == 3 * len(history)
        for field in FIELDS:
            assert same_bits(getattr(resumed, field), getattr(history, field))


def test_a_longer_run_goes_on_from_the_last_epoch_not_from_the_best(tmp_path):
    path = tmp_path / "run.npz"
    run(epochs=8, patience=40, checkpoint=path)
    model, history = run(epochs=16, patience=40, checkpoint=path)
    expected, whole = run(epochs=16, patience=40)
    assert same_states(model.state_dict(), expected.state_dict())
    assert same_bits(history.valid_loss, whole.valid_loss)


@pytest.mark.parametrize(
    "other",
    [{"patience": 4}, {"patience": None}, {"monitor": "valid_accuracy"}, {"min_delta": 0.1}],
)
def test_other_early_stopping_is_another_run(tmp_path, other):
    path = tmp_path / "run.npz"
    run(epochs=3, checkpoint=path)
    with pytest.raises(ValueError, match="was written by another run, .*patience=3, monitor=valid"):
        run(epochs=4, checkpoint=path, **other)


def halve(optimizer):
    def on_epoch(epoch, model, history):
        if epoch in (1, 3):
            optimizer.lr *= 0.5

    return on_epoch


@pytest.mark.parametrize("start", [0.05, 0.025, 0.0125])
def test_a_checkpoint_tolerates_a_rate_that_on_epoch_changed(tmp_path, start):
    """Twice in one process (the rate is the new one) and in a new one (it is the first)."""
    path = tmp_path / "run.npz"
    optimizer = dl.Adam(0.05)
    expected, history = run(optimizer=optimizer, epochs=9, patience=60, on_epoch=halve(optimizer))
    optimizer = dl.Adam(0.05)
    on_epoch = halve(optimizer)
    for epochs in (1, 3, 4):
        run(optimizer=optimizer, epochs=epochs, patience=60, on_epoch=on_epoch, checkpoint=path)
    assert optimizer.lr == 0.0125
    if start == 0.025:  # neither the first rate nor the present one
        with pytest.raises(ValueError, match=r"another run, Adam\(lr=0.05"):
            run(optimizer=dl.Adam(start), epochs=9, patience=60, checkpoint=path)
        return
    optimizer = dl.Adam(start)
    call = {"epochs": 9, "patience": 60, "checkpoint": path}
    model, resumed = run(optimizer=optimizer, on_epoch=halve(optimizer), **call)
    assert same_states(model.state_dict(), expected.state_dict())
    assert resumed.lr.tolist() == history.lr.tolist() == [0.05] * 2 + [0.025] * 2 + [0.0125] * 5
    run(optimizer=dl.Adam(0.05), **call)  # a later process, with the rate of the beginning


KILLING = """
import os, signal, sys, time
import numpy as np
sys.path.insert(0, {tests!r})
from test_early_stopping import run
from test_stopping_resumed import long_run
moments = np.random.default_rng(0)
kills = 0
for _ in range(20):
    child = os.fork()
    if child == 0:
        run(checkpoint={path!r}, **long_run())
        os._exit(0)
    time.sleep(moments.uniform(0.001, 0.06))
    os.kill(child, signal.SIGKILL)
    kills += os.WIFSIGNALED(os.waitpid(child, 0)[1])
print(kills)
"""


def long_run(epochs=200):
    return {"epochs": epochs, "patience": 200, "schedule": dl.cosine_lr(700)}


def test_killed_at_random_moments(tmp_path):
    """Twenty real SIGKILLs; then the bits of a run that was left alone, and no other file."""
    expected, history = run(**long_run())
    path = tmp_path / "run.npz"
    kills = run_python(KILLING.format(tests=os.path.dirname(__file__), path=str(path)))
    assert int(kills) >= 5, "the moments were too late to kill anything"
    model, resumed = run(checkpoint=path, **long_run())
    assert same_states(model.state_dict(), expected.state_dict())
    for field in FIELDS:
        assert same_bits(getattr(resumed, field), getattr(history, field))
    assert resumed.best_epoch == history.best_epoch
    run(checkpoint=path, **long_run(201))
    assert os.listdir(tmp_path) == ["run.npz"]


@pytest.mark.parametrize(
    "changes",
    [
        {"history.best_epoch": np.array(99)},
        {"history.best_epoch": np.array(-2)},
        {"history.best_epoch": np.array(0.0)},
        {"history.best_epoch": np.zeros(2, int)},
        {"history.stopped": np.array(1)},
        {"history.stopped": np.array([True])},
        {"history.loss": np.zeros(2)},
        {"history.loss": np.zeros((3, 1))},
        {"history.loss": np.zeros(3, np.float32)},
        {"history.loss": np.array(["a", "b", "c"])},
        {"history.loss": np.full(3, np.nan)},
        {"history.lr": np.array([0.1, np.inf, 0.1])},
        {"history.valid_loss": np.zeros(4)},
        {"history.valid_accuracy": np.zeros(0)},
        {"history.more": np.zeros(3)},
        {"best.1.W": None},
        {"best.1.W": np.zeros((3, 8), np.float32)},
        {"best.1.W": np.zeros((2, 8))},
        {"best.2.running_var": None},
        {"best.9.W": np.zeros(3)},
        {"best.0.rng": np.array("{}")},
        {"optimizer.t": np.array(2.5)},
        {"optimizer.t": np.array(-1)},
        {"optimizer.t": np.array([1, 2])},
        {"optimizer.lr": np.array(np.nan)},
        {"optimizer.lr": np.array(-1.0)},
        {"optimizer.lr": np.array("0.1")},
        {"run": np.zeros(3)},
        {"run": np.zeros((2, 2, 2), "U3")},
        {"data": np.zeros(3)},
    ],
    ids=lambda changes: " ".join(f"{k} {v!r:.40}" for k, v in changes.items()),
)
def test_a_crafted_checkpoint_is_refused_whole(tmp_path, changes):
    """Valid to the last checksum, but no run ever wrote it."""
    path = tmp_path / "run.npz"
    run(epochs=3, checkpoint=path)
    rewritten(path, **changes)
    raw = path.read_bytes()
    model, optimizer = network(seed=7), dl.Adam(0.05)
    before = model.state_dict(), optimizer.state_dict()
    with pytest.raises(ValueError, match="run.npz|saved|damaged"):
        run(model, optimizer, epochs=4, checkpoint=path)
    assert same_states(before[0], model.state_dict())
    assert same_states(before[1], optimizer.state_dict())
    assert path.read_bytes() == raw
