"""One vector, copied: whatever way a copy is made, it is a whole network and learns."""

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import cloudpickle
import joblib
import numpy as np
import pytest
from cases import network, same_bits, same_states, whole

import dlcourse as dl

X, Y = dl.moons(60)


def saito():
    """A network with a layer that assigns its gradients, as many books do."""
    return dl.Sequential(Saito(2, 6), dl.Tanh(), Saito(6, 2))


class Saito(dl.Linear):
    def backward(self, dy):
        (x,) = self.recall(dy)
        self.dW = x.T @ dy
        self.db = dy.sum(axis=0)
        return dy @ self.W.T


NETWORKS = {
    "everything": network,
    "float64": lambda: network(np.float64),
    "layernorm": lambda: dl.Sequential(
        dl.Linear(2, 5), dl.LayerNorm(5), dl.GELU(), dl.Linear(5, 2)
    ),
    "first learns nothing": lambda: dl.Sequential(dl.Dropout(0.1), dl.PReLU(2), dl.Linear(2, 2)),
    "saito": saito,
    "residual": lambda: dl.Sequential(
        dl.Linear(2, 4), dl.Residual(dl.Dropout(0.2), dl.BatchNorm(4), Saito(4, 4)), Saito(4, 2)
    ),
}


def dumped(dump, load):
    return lambda model, path: (dump(model, path), load(path))[1]


def same(model):
    return model


def through_a_pool(model, path):
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool:
        return pool.submit(same, model).result()


WAYS = {
    "deepcopy": lambda model, path: copy.deepcopy(model),
    "copy": lambda model, path: copy.copy(model),
    "cloudpickle": lambda model, path: cloudpickle.loads(cloudpickle.dumps(model)),
    "joblib": dumped(joblib.dump, joblib.load),
    "a list with a layer": lambda model, path: copy.deepcopy([model.layers[0], model])[1],
    "twice": lambda model, path: copy.deepcopy(pickle.loads(pickle.dumps(model))),
}
WAYS |= {
    f"pickle {n}": lambda model, path, n=n: pickle.loads(pickle.dumps(model, n)) for n in range(6)
}


def train(model, epochs=2):
    x = X.astype(model.dtype)
    return dl.fit(model, (x, Y), optimizer=dl.Adam(0.05), epochs=epochs, batch_size=20).loss


def check_copy(model, other):
    assert whole(other)
    assert not np.shares_memory(model.theta, other.theta)
    assert same_states(model.state_dict(), other.state_dict())
    assert same_bits(model.grad, other.grad)
    for _ in range(2):
        losses = train(model), train(other)
        assert same_bits(*losses)
        assert losses[0][-1] != losses[0][0], "it learns"
        assert same_bits(model.theta, other.theta)
        assert same_states(model.state_dict(), other.state_dict())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NETWORKS)
def test_a_copy_is_a_whole_network(tmp_path, name, way):
    model = NETWORKS[name]()
    train(model)
    check_copy(model, WAYS[way](model, tmp_path / "model"))


def test_a_copy_returns_from_a_process():
    model = network()
    train(model)
    check_copy(model, through_a_pool(model, None))


def test_a_copy_goes_on_in_the_middle_of_a_step():
    model = network()
    z = model.forward(X, train=True)
    other = copy.deepcopy(model)
    _, dz = dl.softmax_cross_entropy(z, Y)
    model.backward(dz)
    other.backward(dz)
    assert same_bits(model.grad, other.grad)


def test_a_layer_that_refers_to_its_network():
    model = network()
    model.layers[1].net = model
    other = copy.deepcopy(model)
    assert other.layers[1].net is other
    assert whole(other)
    with pytest.raises(TypeError, match="copy the network"):
        copy.deepcopy(model.layers[1])
