"""Residual: what lies inside a layer is as much a part of the network as the layer itself."""

import copy

import numpy as np
import pytest
from cases import away_from_kinks, close, same_bits, same_states, whole

import dlcourse as dl

X, Y = dl.moons(60)
RNG = np.random.default_rng


def network(dtype=np.float32, scale=0.7, rate=0.3, seed=0):
    """Statistics, masks and slopes in a block, and one in a block of that."""
    inner = dl.Residual(dl.LayerNorm(9), dl.Linear(9, 9), dl.PReLU(9), scale=-0.5)
    block = dl.Residual(
        dl.BatchNorm(8), dl.Linear(8, 9), inner, dl.Dropout(rate), dl.Linear(9, 8), scale=scale
    )
    return dl.Sequential(dl.Linear(2, 8), block, dl.Linear(8, 2), seed=seed, dtype=dtype)


def train(model, epochs=3, **more):
    kwargs = {"optimizer": dl.Adam(0.02), "epochs": epochs, "batch_size": 20} | more
    return dl.fit(model, (X.astype(model.dtype), Y), **kwargs)


def test_what_lies_inside_has_a_place_and_a_part_of_theta():
    model = network()
    inside = ["1.0.gamma", "1.0.beta", "1.1.W", "1.1.b", "1.2.0.gamma", "1.2.0.beta"]
    inside += ["1.2.1.W", "1.2.1.b", "1.2.2.a", "1.4.W", "1.4.b"]
    assert [*model.shapes] == ["0.W", "0.b", *inside, "2.W", "2.b"]
    assert whole(model)
    assert np.shares_memory(model.layers[1].layers[2].layers[1].W, model.theta)
    assert {"1.0.running_mean", "1.3.rng", "1.2.2.layer"} <= set(model.state_dict())
    kinds = model.vector(lambda layer, name, array: float(isinstance(layer, dl.PReLU)))
    assert kinds.sum() == 9
    before = model.theta.copy()
    train(model, 1)
    assert all(ratio > 0 for ratio in dl.update_ratio(model, before).values())
    assert (model.layers[1].layers[0].running_mean != 0).all()


def test_layers_around_a_block_start_as_without_it():
    plain = dl.Sequential(dl.Linear(2, 3), dl.Linear(3, 3), dl.Linear(3, 1))
    block = dl.Sequential(dl.Linear(2, 3), dl.Residual(dl.Linear(3, 3)), dl.Linear(3, 1))
    assert same_bits(plain.theta, block.theta)


def test_every_mask_has_a_stream_of_its_own():
    drops = dl.Dropout(0.5), dl.Dropout(0.5), dl.Dropout(0.5)
    dl.Sequential(drops[0], dl.Residual(drops[1], dl.Residual(drops[2])))
    masks = [drop.forward(np.ones((4, 9)), train=True).tobytes() for drop in drops]
    assert len(set(masks)) == 3


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_saved_and_copied_it_goes_on_with_the_same_bits(tmp_path, dtype):
    model, other = network(dtype), network(dtype, seed=5)
    train(model)
    model.save(tmp_path / "model")
    other.load(tmp_path / "model")
    for twin in (other, copy.deepcopy(model), copy.copy(model)):
        assert whole(twin)
        assert same_states(model.state_dict(), twin.state_dict())
        again = copy.deepcopy(model)
        assert same_bits(train(again).loss, train(twin).loss)
        assert same_states(again.state_dict(), twin.state_dict())


def test_resumed_it_ends_with_the_same_bits(tmp_path):
    def run(path, *ends):
        for end in ends:
            model = network()
            train(model, end, valid=(X, Y), checkpoint=path, patience=9)
        return model.state_dict()

    assert same_states(run(tmp_path / "whole", 5), run(tmp_path / "parts", 1, 3, 5))


@pytest.mark.parametrize(
    ("other", "fragment"),
    [
        (lambda: network(scale=0.5), r"layer 1 was Residual\(scale=0.7\) but is .*scale=0.5"),
        (lambda: network(rate=0.2), r"layer 1.3 was Dropout\(rate=0.3.* but is .*rate=0.2"),
        (lambda: dl.Sequential(dl.Linear(2, 8)), "it has 1[0-9] layers, this one 1"),
    ],
)
def test_a_state_of_another_network_is_refused(other, fragment):
    model = other()
    before = model.state_dict()
    with pytest.raises(ValueError, match=fragment):
        model.load_state_dict(network().state_dict())
    assert same_states(before, model.state_dict())


def inner(model):
    return model.layers[1].layers[2].layers[1]


PARTED = {
    "__dict__ W": lambda m: vars(inner(m)).update(W=inner(m).W.copy()),
    "__dict__ db": lambda m: vars(inner(m)).update(db=inner(m).db.copy()),
    "start again": lambda m: m.layers[1].layers[0].start(RNG(0)),
    "start of the block": lambda m: m.layers[1].start(RNG(0)),
    "layers": lambda m: setattr(m.layers[1], "layers", m.layers[1].layers[:-1]),
    "a list": lambda m: setattr(m.layers[1], "layers", [*m.layers[1].layers]),
    "other layers": lambda m: m.layers[1].__init__(dl.Linear(8, 8)),
    "of a copy": lambda m: setattr(m.layers[1], "layers", copy.deepcopy(m.layers[1]).layers),
    "in two": lambda m: dl.Sequential(inner(m)),
    "in two blocks": lambda m: dl.Residual(inner(m)),
}


@pytest.mark.parametrize("way", PARTED)
def test_what_is_inside_cannot_be_parted_from_theta_in_silence(way):
    model = network()
    train(model, 1)
    refusal = r"belongs to a network|cannot be exchanged|no longer a part of|must be a tuple"
    with pytest.raises((TypeError, ValueError, RuntimeError), match=refusal):
        PARTED[way](model), train(model, 1)


def test_an_assignment_inside_writes_into_theta():
    model = network()
    inner(model).W = np.full((9, 9), 3, np.float32)
    assert (model.theta == 3).sum() == 81


def test_a_block_first_in_a_network_and_alone():
    x, dy = away_from_kinks(RNG(0), (2, 6, 8))
    block = network(np.float64).layers[1]
    alone = copy.copy(block)
    model = dl.Sequential(copy.deepcopy(alone), dtype=np.float64)
    for layer, other in zip(alone.layers, model.layers[0].layers, strict=True):
        layer.rng, other.rng = RNG(3), RNG(3)
    assert same_bits(alone.forward(x, train=True), model.forward(x, train=True))
    dx = model.backward(dy, input_gradient=True)
    assert same_bits(alone.backward(dy), dx)
    grad = model.grad.copy()
    model.grad[...] = np.nan
    assert model.backward(dy) is None
    assert same_bits(grad, model.grad)
    assert not any(np.shares_memory(a.W, b.W) for a, b in [(alone.layers[1], block.layers[1])])


def test_what_is_no_longer_finite_is_named_inside():
    model = network()
    model.layers[1].layers[1].W[0, 0] = np.inf
    with pytest.raises(dl.Diverged, match=r"layer 1\.1, Linear\(8, 9\), whose output"):
        train(model, 1)
    model = dl.Sequential(dl.Residual(dl.Linear(2, 2, init=dl.constant(3e38)), scale=9.0))
    x = np.array([[0], [1], [0], [1]], np.float32) * np.full((4, 2), 0.5, np.float32)
    with pytest.raises(dl.Diverged, match=r"layer 0, Residual.* whose output"):
        dl.fit(model, (x, np.array([0, 1, 0, 1])), optimizer=dl.SGD(0.1), epochs=1)


def test_too_few_rows_for_a_norm_inside_are_told_before_the_first_step():
    model = network()
    before = model.theta.copy()
    with pytest.raises(ValueError, match=r"BatchNorm\(8\) needs at least 2 rows in every train"):
        train(model, 1, batch_size=59)
    assert same_bits(before, model.theta)


def test_thinned_networks_have_their_masks_inside():
    """One linear block: the average of all thinned networks is the network itself."""
    block = dl.Residual(dl.Dropout(0.3), dl.Linear(3, 3), dl.Residual(dl.Dropout(0.2)))
    model = dl.Sequential(dl.Dropout(0.1), block, dl.Linear(3, 2), dtype=np.float64)
    model.theta += RNG(0).normal(size=model.theta.size)
    x = RNG(1).normal(size=(4, 3))
    outputs, p = dl.subnetworks(model, x)
    assert len(outputs) == 2**9
    close(np.einsum("k,kij->ij", p, outputs), model.predict(x), "average")
    some = dl.monte_carlo(dl.Sequential(copy.deepcopy(block), dtype=np.float64), x, 20)
    assert len(np.unique(some[:, 0, 0])) > 1


def test_diagnostics_see_a_block_as_one_layer():
    model = network()
    assert dl.activation_statistics(model, X)["std"].shape == (3,)
    stds = dl.gradient_statistics(model, X, Y)
    assert stds.shape == (3,)
    assert (stds > 0).all()


class Sum(dl.Layer):
    """A student's own layer that is made of layers: branches side by side."""

    def __init__(self, *branches):
        self.layers = branches

    def forward(self, x, train=False):
        y = sum(layer.forward(x, train=train) for layer in self.layers)
        self.remember(train, y)
        return y

    def backward(self, dy):
        self.recall(dy)
        return sum(layer.backward(dy) for layer in self.layers)


def test_a_layer_of_ones_own_may_be_made_of_layers():
    branches = Sum(dl.Linear(4, 4), dl.Residual(dl.Dropout(0.4), dl.Linear(4, 4)))
    x = away_from_kinks(RNG(0), (6, 4))
    learned = {"0.0.W", "0.0.b", "0.1.1.W", "0.1.1.b"}
    assert set(dl.check_gradients(branches, x)) == {"x", *learned}
    assert not branches.layers[0]._owned, "the check has used a copy"
    model = dl.Sequential(branches, dl.Linear(4, 2))
    assert max(dl.check_gradients(model, x).values()) < 1e-6
    assert whole(copy.deepcopy(model))
    with pytest.raises(TypeError, match="only of Residual is it known how it joins them"):
        dl.monte_carlo(model, x.astype(np.float32), 2)
