"""An interrupted run ends with the bits of one that was not; a bad file changes nothing."""

import os

import numpy as np
import pytest
from cases import OPTIMIZERS, network, same_bits, same_states

import dlcourse as dl
from dlcourse import _files

EPOCHS = 6


class Interruption(Exception):
    pass


def run(name, path=None, stop_after=None, epochs=EPOCHS):
    """A run, from a checkpoint if there is one; returns model, optimizer and history."""
    x, y = dl.moons(90)

    def on_epoch(epoch, model, history):
        if epoch == stop_after:
            raise Interruption

    model, optimizer = network(), OPTIMIZERS[name]()
    history = dl.fit(
        model,
        (x, y),
        valid=(x, y),
        optimizer=optimizer,
        epochs=epochs,
        batch_size=20,
        seed=4,
        schedule=dl.cosine_lr(40),
        on_epoch=on_epoch,
        checkpoint=path,
    )
    return model, optimizer, history


@pytest.mark.parametrize("stop_after", [1, 4])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_interrupted_and_resumed(tmp_path, name, stop_after):
    path = tmp_path / "run.npz"
    with pytest.raises(Interruption):
        run(name, path, stop_after)
    assert path.exists()
    model, optimizer, history = run(name, path)
    expected_model, expected_optimizer, expected = run(name)
    assert same_states(model.state_dict(), expected_model.state_dict())
    assert same_states(optimizer.state_dict(), expected_optimizer.state_dict())
    for field in ("loss", "lr", "valid_loss", "valid_accuracy"):
        assert same_bits(getattr(history, field), getattr(expected, field)), field
    assert len(history) == EPOCHS
    assert os.listdir(tmp_path) == ["run.npz"]


def test_interrupted_before_the_first_checkpoint(tmp_path):
    with pytest.raises(Interruption):
        run("Adam", tmp_path / "run.npz", stop_after=0)
    assert os.listdir(tmp_path) == []


def test_interrupted_twice_and_a_finished_run_is_not_trained_again(tmp_path):
    path = tmp_path / "run.npz"
    for stop in (1, 3):
        with pytest.raises(Interruption):
            run("Adam", path, stop)
    model, _, _ = run("Adam", path)
    assert same_states(model.state_dict(), run("Adam")[0].state_dict())
    again, optimizer, history = run("Adam", path)
    assert same_states(model.state_dict(), again.state_dict())
    assert (optimizer.t, len(history)) == (EPOCHS * 5, EPOCHS)
    longer, _, history = run("Adam", path, epochs=EPOCHS + 2)
    assert len(history) == EPOCHS + 2
    assert same_states(longer.state_dict(), run("Adam", epochs=EPOCHS + 2)[0].state_dict())


def rewritten(path, **changes):
    """The same checkpoint with some arrays replaced, or left out where None."""
    arrays = _files.load_arrays(path, "checkpoint") | changes
    kept = {key: value for key, value in arrays.items() if value is not None}
    _files.save_arrays(path, "checkpoint", kept)


@pytest.mark.parametrize(
    ("changes", "fragment"),
    [
        ({"data": np.array("{}")}, "the saved data is no state of a stream"),
        ({"data": None}, "the saved data is no state of a stream"),
        ({"run": np.array("SGD(lr=1)")}, r"was written by another run, SGD\(lr=1\), but this one"),
        ({"run": None}, "was written by another run, None"),
        ({"optimizer.m": None}, r"another Adam: missing \['m'\]"),
        ({"optimizer.m": np.zeros(3, np.float32)}, "the saved m is float32 of shape"),
        ({"model.1.W": np.zeros((3, 3), np.float32)}, "the saved 1.W is float32 of shape"),
        ({"model.2.running_var": np.ones(8)}, "the saved 2.running_var is float64"),
        ({"model.4.rng": np.array("hello")}, "the saved 4.rng is no state of a stream"),
        ({"model.9.W": np.zeros(3)}, r"not known \['model.9.W'\]"),
        ({"history.loss": None}, r"another history: missing \['loss'\]"),
    ],
)
def test_a_checkpoint_that_does_not_fit_changes_nothing(tmp_path, changes, fragment):
    path = tmp_path / "run.npz"
    run("Adam", path, epochs=2)
    rewritten(path, **changes)
    model, optimizer = network(seed=7), OPTIMIZERS["Adam"]()
    optimizer.step(model.theta, np.ones_like(model.theta))
    before = model.state_dict(), optimizer.state_dict()
    settings = {"epochs": 3, "batch_size": 20, "seed": 4, "checkpoint": path}
    with pytest.raises(ValueError, match=fragment):
        dl.fit(model, dl.moons(90), optimizer=optimizer, **settings)
    assert same_states(before[0], model.state_dict())
    assert same_states(before[1], optimizer.state_dict())


@pytest.mark.parametrize(
    "other", [{"batch_size": 30}, {"seed": 5}, {"optimizer": dl.Adam(lr=0.02)}], ids=str
)
def test_a_checkpoint_of_other_settings_is_refused(tmp_path, other):
    path = tmp_path / "run.npz"
    run("Adam", path, epochs=2)
    settings = {"optimizer": OPTIMIZERS["Adam"](), "batch_size": 20, "seed": 4} | other
    with pytest.raises(ValueError, match="was written by another run, Adam"):
        dl.fit(network(), dl.moons(90), epochs=3, checkpoint=path, **settings)
