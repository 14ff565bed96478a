"""One vector, assigned to: what is assigned is written, what was exchanged raises."""

import copy

import numpy as np
import pytest
from cases import network, same_bits, same_states, whole

import dlcourse as dl

X, Y = dl.moons(60)


def learn(model):
    return dl.fit(model, (X, Y), optimizer=dl.Adam(0.05), epochs=2, batch_size=20).loss


# what a user assigns, and what theta or grad then holds
ASSIGNED = {
    "theta": lambda m, a: setattr(m, "theta", a(m.theta)),
    "grad": lambda m, a: setattr(m, "grad", a(m.grad)),
    **{
        f"{i}.{key}": lambda m, a, i=i, key=key: setattr(
            m.layers[i], key, a(getattr(m.layers[i], key))
        )
        for i, key in ((1, "W"), (1, "db"), (2, "gamma"), (2, "dbeta"), (3, "a"), (3, "da"))
    },
    "2.running_mean": lambda m, a: setattr(
        m.layers[2], "running_mean", a(m.layers[2].running_mean)
    ),
}


@pytest.mark.parametrize("name", ASSIGNED)
def test_an_assignment_writes_into_the_vector(name):
    model = network()
    learn(model)
    held = model.theta, model.grad
    ASSIGNED[name](model, lambda a: np.full_like(a, 0.25))
    assert whole(model)
    assert model.theta is held[0]
    assert model.grad is held[1]
    i, _, key = name.partition(".")
    array = getattr(model.layers[int(i)], key) if key else getattr(model, name)
    assert (array == 0.25).all()
    other = network(seed=3)
    other.load_state_dict(model.state_dict())
    assert same_states(other.state_dict(), model.state_dict())
    before = model.theta.copy()
    learn(model)
    assert not same_bits(model.theta, before)


WRONG = [
    (lambda a: a.astype(np.float64), TypeError, r"must be float32 but got float64; .*astype"),
    (lambda a: np.concatenate([a, a]), ValueError, "must have shape"),
    (lambda a: None, TypeError, r"got NoneType.*\[\.\.\.\] ="),
    (lambda a: 0.0, TypeError, r"got float.*\[\.\.\.\] ="),
    (lambda a: a.tolist(), TypeError, "got list"),
]


@pytest.mark.parametrize("name", ASSIGNED)
@pytest.mark.parametrize(("value", "error", "words"), WRONG)
def test_a_wrong_assignment_changes_nothing(name, value, error, words):
    model = network()
    before = model.state_dict()
    with pytest.raises(error, match=words):
        ASSIGNED[name](model, value)
    assert same_states(model.state_dict(), before)
    assert whole(model)


def test_augmented_assignment_writes_once():
    model = network()
    before = model.theta.copy()
    model.theta -= 1
    model.layers[1].W *= 2
    model.layers[1].W -= 1
    assert whole(model)
    assert np.array_equal(model.layers[1].W.ravel(), 2 * (before[:16] - 1) - 1)


def test_back_to_the_best_epoch_is_one_line():
    model, kept = network(), {}

    def keep(epoch, model, history):
        kept[epoch] = model.theta.copy(), model.layers[1].W.copy()

    dl.fit(model, (X, Y), optimizer=dl.Adam(0.05), epochs=4, batch_size=20, on_epoch=keep)
    model.theta = kept[1][0]
    assert same_bits(model.layers[1].W, kept[1][1])
    assert learn(model)[0] < 1


def delete(model, name):
    delattr(model.layers[1], name)


# ways around all of this: afterwards the views hold, or the next pass raises
AROUND = {
    "object.__setattr__ W": lambda m: object.__setattr__(m.layers[1], "W", m.layers[1].W.copy()),
    "object.__setattr__ dW": lambda m: object.__setattr__(m.layers[1], "dW", m.layers[1].dW.copy()),
    "__dict__ W": lambda m: vars(m.layers[1]).update(W=m.layers[1].W.copy()),
    "__dict__ db": lambda m: vars(m.layers[5]).update(db=m.layers[5].db.copy()),
    "__dict__ a": lambda m: vars(m.layers[3]).update(a=m.layers[3].a.copy()),
    "__dict__ without W": lambda m: vars(m.layers[1]).pop("W"),
    "a new __dict__": lambda m: setattr(m.layers[1], "__dict__", copy.deepcopy(vars(m.layers[1]))),
    "another part": lambda m: vars(m.layers[1]).update(W=m.theta[16:32].reshape(2, 8)),
    "theta in __dict__": lambda m: vars(m).update(theta=m.theta.copy()),
    "grad in __dict__": lambda m: vars(m).update(grad=m.grad.copy()),
    "_views of another": lambda m: vars(m).update(_views=network(seed=5)._views),
    "theta of the views": lambda m: setattr(m._views, "theta", m.theta.copy()),
    "grad of the views": lambda m: setattr(m._views, "grad", m.grad.copy()),
    "layers, a list": lambda m: setattr(m, "layers", list(m.layers)),
    "layers, one less": lambda m: setattr(m, "layers", m.layers[:-1]),
    "layers of a copy": lambda m: setattr(m, "layers", copy.deepcopy(m).layers),
    "layers[1]": lambda m: m.layers.__setitem__(1, dl.Linear(2, 8)),
    "layers.append": lambda m: m.layers.append(dl.ReLU()),
    "del W": lambda m: delete(m, "W"),
    "del dW": lambda m: delete(m, "dW"),
    "del theta": lambda m: delattr(m, "theta"),
    "resize": lambda m: m.theta.resize(500, refcheck=False),
    "resize in place": lambda m: m.grad.resize(m.grad.shape, refcheck=False),
    "memory of theta": lambda m: m.theta.__setstate__(m.theta.copy().__reduce__()[2]),
    "memory of grad": lambda m: m.grad.__setstate__(m.grad.copy().__reduce__()[2]),
    "memory of W": lambda m: m.layers[1].W.__setstate__(m.layers[1].W.copy().__reduce__()[2]),
    "data": lambda m: setattr(m.theta, "data", m.theta.copy().data),
    "shape of theta": lambda m: setattr(m.theta, "shape", (-1, 1)),
    "init again": lambda m: m.layers[1].__init__(2, 8),
    "a network again": lambda m: m.__init__(*m.layers),
    "another network": lambda m: dl.Sequential(*m.layers),
    "a layer in two": lambda m: dl.Sequential(m.layers[1]),
    "start again": lambda m: m.layers[1].start(np.random.default_rng(0)),
}


@pytest.mark.parametrize("trained", [False, True])
@pytest.mark.parametrize("name", AROUND)
def test_views_hold_or_the_next_pass_raises(name, trained):
    model = network()
    if trained:
        learn(model)
    try:
        AROUND[name](model)
        before = model.theta.copy()
        learn(model)
    except (AttributeError, TypeError, ValueError, RuntimeError):
        return
    assert whole(model)
    assert not same_bits(model.theta, before)
