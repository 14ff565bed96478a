"""A saved network of other layers is refused; streams of every kind are saved."""

import copy
import json

import numpy as np
import pytest
from cases import network, same_bits, same_states

import dlcourse as dl

KINDS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]


class Mine(dl.Layer):
    """A student's layer, with a setting."""

    def __init__(self, p=0.5, **rest):
        self.p = p

    def forward(self, x, train=False):
        self.remember(train, x)
        return x


PAIRS = [
    (dl.ReLU(), dl.Tanh()),
    (dl.ReLU(), dl.GELU()),
    (dl.Dropout(0.5), dl.Dropout(0.9)),
    (dl.Dropout(0.5), dl.Dropout(0.5, inverted=False)),
    (dl.LeakyReLU(0.1), dl.LeakyReLU(0.2)),
    (dl.ELU(1.0), dl.ELU(0.5)),
    (dl.ELU(1.0), dl.SELU()),
    (dl.BatchNorm(2), dl.BatchNorm(2, eps=1e-3)),
    (dl.BatchNorm(2), dl.BatchNorm(2, momentum=0.2)),
    (dl.LayerNorm(2), dl.LayerNorm(2, eps=1e-3)),
    (dl.LayerNorm(2), dl.BatchNorm(2)),
    (dl.PReLU(2), dl.PReLU()),
    (Mine(0.5), Mine(0.25)),
    (Mine(0.5), dl.ReLU()),
]
ALIKE = [
    (dl.PReLU(2), dl.PReLU(2, init=0.1)),
    (dl.Linear(2, 2), dl.Linear(2, 2, init=dl.xavier_normal)),
    (dl.Dropout(0), dl.Dropout(0.0)),
    (Mine(1), Mine(np.float64(1.0))),
]


def build(layer, seed=0):
    return dl.Sequential(dl.Linear(2, 2), copy.deepcopy(layer), dl.Linear(2, 2), seed=seed)


@pytest.mark.parametrize(("saved", "other"), PAIRS, ids=str)
def test_other_layers_are_refused(tmp_path, saved, other):
    for a, b in ((saved, other), (other, saved)):
        one, two = build(a), build(b, seed=1)
        one.save(tmp_path / "net.npz")
        before = two.state_dict()
        with pytest.raises(ValueError, match="saved"):
            two.load(tmp_path / "net.npz")
        with pytest.raises(ValueError, match="saved") as caught:
            two.load_state_dict(one.state_dict())
        assert same_states(two.state_dict(), before)
        text = str(caught.value)
        assert "layer 1 was " in text
        for layer in (a, b):
            assert type(layer).__name__ in text


@pytest.mark.parametrize(("saved", "other"), ALIKE, ids=str)
def test_how_a_layer_started_makes_no_difference(saved, other):
    one, two = build(saved), build(other, seed=1)
    two.load_state_dict(one.state_dict())
    assert same_bits(one.theta, two.theta)


def test_another_number_of_layers():
    with pytest.raises(ValueError, match="it has 3 layers, this one 1"):
        dl.Sequential(dl.ReLU()).load_state_dict(build(dl.ReLU()).state_dict())


def test_a_checkpoint_of_other_layers_is_refused(tmp_path):
    path, data = tmp_path / "run.npz", dl.moons(40)
    dl.fit(build(dl.ReLU()), data, optimizer=dl.SGD(0.1), epochs=1, checkpoint=path)
    with pytest.raises(ValueError, match=r"layer 1 was ReLU\(\) but is Tanh\(\)"):
        dl.fit(build(dl.Tanh()), data, optimizer=dl.SGD(0.1), epochs=2, checkpoint=path)


def test_a_rate_that_changed_in_training_comes_back():
    model, other = network(), network()
    model.layers[4].rate = 0.1
    other.load_state_dict(model.state_dict())
    model.load_state_dict(other.state_dict())


def test_a_file_of_an_older_version_is_read_with_a_warning(tmp_path):
    model, other = network(), network(seed=1)
    old = {k: v for k, v in model.state_dict().items() if not k.endswith(".layer")}
    np.savez(tmp_path / "old.npz", dlcourse=np.array("Sequential"), **old)
    with pytest.warns(UserWarning, match="only names and shapes are compared"):
        other.load(tmp_path / "old.npz")
    assert same_states(model.state_dict(), other.state_dict())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("here", KINDS)
def test_streams_of_every_kind(tmp_path, kind, here):
    model, other = network(), network(seed=1)
    model.layers[4].rng = np.random.Generator(getattr(np.random, kind)(3))
    other.layers[4].rng = np.random.Generator(getattr(np.random, here)(4))
    x = dl.moons(30)[0]
    model.forward(x, train=True)  # somewhere in the middle of its numbers
    model.save(tmp_path / "net.npz")
    other.load(tmp_path / "net.npz")
    assert same_states(model.state_dict(), other.state_dict())
    for _ in range(3):
        assert same_bits(model.forward(x, train=True), other.forward(x, train=True))


def test_fit_goes_on_with_a_stream_of_another_kind(tmp_path):
    def run(epochs, path=None):
        model = network()
        model.layers[4].rng = np.random.Generator(np.random.MT19937(3))
        settings = {"epochs": epochs, "batch_size": 20, "checkpoint": path}
        dl.fit(model, dl.moons(40), optimizer=dl.Adam(), **settings)
        return model.theta

    run(2, tmp_path / "run.npz")
    assert same_bits(run(4, tmp_path / "run.npz"), run(4))


def crafted():
    """States that look right and are not: (kind, changed state)."""
    for kind in KINDS:
        state = json.loads(str(network_with(kind).state_dict()["0.rng"]))
        for name in state["state"]:
            for bad in (-1, 2**140, 1e300, float("inf"), None, "x", [], [[]], {}, 0.5):
                yield kind, {**state, "state": {**state["state"], name: bad}}
        for name in state:
            for bad in (None, -1, 99, "RandomState", [], {}, 10**9):
                yield kind, {**state, name: bad}
            yield kind, {k: v for k, v in state.items() if k != name}


def network_with(kind):
    model = dl.Sequential(dl.Dropout(0.5))
    model.layers[0].rng = np.random.Generator(getattr(np.random, kind)(3))
    return model


@pytest.mark.parametrize(
    "text", ["", "[]", "1", "{}", "[" * 100_000, "NaN", '{"bit_generator": []}']
)
def test_a_text_that_is_no_stream(text):
    model = network_with("PCG64")
    with pytest.raises(ValueError, match=r"the saved 0\.rng is no state of a stream"):
        model.load_state_dict({**model.state_dict(), "0.rng": np.array(text)})


def test_crafted_streams_are_refused():
    refused = 0
    for kind, state in crafted():
        model = network_with(kind)
        before = model.state_dict()
        saved = {**before, "0.rng": np.array(json.dumps(state))}
        try:
            model.load_state_dict(saved)
        except ValueError as error:
            assert "the saved 0.rng is no state of a stream" in str(error)  # noqa: PT017
            assert same_states(model.state_dict(), before)
            refused += 1
        else:  # harmless: it is the state of a stream, and is taken over whole
            assert str(model.state_dict()["0.rng"]) == str(saved["0.rng"])
    assert refused > 200
