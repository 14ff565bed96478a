"""Exact relations between optimizers, and between an activation and its definition."""

import math

import numpy as np
import pytest
from cases import ACTIVATIONS, LAYERS, OPTIMIZERS, close, same_bits
from scipy import integrate, special

import dlcourse as dl
from dlcourse._special import erf, normal_cdf, normal_pdf

H = np.diag([1.0, 8.0, 30.0])  # a valley: its gradient at w is H @ w


def walk(optimizer, steps=30, start=(1.0, -2.0, 0.5)):
    """The points that an optimizer visits in the valley."""
    w = np.array(start)
    points = [w.copy()]
    for _ in range(steps):
        optimizer.step(w, H @ w)
        points.append(w.copy())
    return np.array(points)


def test_the_two_forms_of_nesterov():
    """Sutskever's rule takes the gradient ahead; ours is the same for the point ahead."""
    lr, mu = 0.02, 0.8
    w, v = np.array([1.0, -2.0, 0.5]), np.zeros(3)
    ahead = []
    for _ in range(31):
        ahead.append(w + mu * v)  # the variable of our form
        v = mu * v - lr * (H @ (w + mu * v))
        w = w + v
    close(walk(dl.NAG(lr, momentum=mu)), ahead, "NAG")


@pytest.mark.parametrize("cls", [dl.Momentum, dl.NAG])
def test_without_momentum_it_is_sgd(cls):
    assert same_bits(walk(cls(0.02, momentum=0.0)), walk(dl.SGD(0.02)))


def test_momentum_and_nag_differ_from_sgd_and_each_other():
    paths = [walk(dl.SGD(0.02)), walk(dl.Momentum(0.02)), walk(dl.NAG(0.02))]
    assert not np.allclose(paths[0], paths[1])
    assert not np.allclose(paths[1], paths[2])


def test_adam_without_momentum_is_rmsprop_with_bias_correction():
    adam = dl.Adam(lr=0.05, betas=(0.0, 0.9), eps=1e-12)
    rmsprop = dl.RMSprop(lr=0.05, alpha=0.9, eps=1e-12)
    w, u = np.array([1.0, -2.0, 0.5]), np.array([1.0, -2.0, 0.5])
    for t in range(1, 31):
        adam.step(w, H @ w)
        rmsprop.lr = 0.05 * math.sqrt(1 - 0.9**t)  # the correction, as a learning rate
        rmsprop.step(u, H @ u)
        close(w, u, f"step {t}")


@pytest.mark.parametrize("cls", [dl.Adam, dl.AdamW])
def test_the_first_step_of_adam_is_lr_times_the_sign(cls):
    g = np.array([1e-3, -5.0, 1e4, 0.2])
    w = np.zeros(4)
    cls(lr=0.01, eps=1e-20).step(w, g)
    close(w, -0.01 * np.sign(g), "first step")


@pytest.mark.parametrize("scale", [1e-6, 1e5])
@pytest.mark.parametrize("name", ["Adagrad", "RMSprop", "Adam", "AMSGrad", "AdamW"])
def test_without_eps_the_scale_of_gradients_does_not_matter(name, scale):
    paths = []
    for s in (1.0, scale):
        optimizer, w = OPTIMIZERS[name](), np.array([1.0, -2.0, 0.5])
        optimizer.eps = 0.0
        for _ in range(30):
            optimizer.step(w, s * (H @ w))
        paths.append(w)
    close(*paths, name)


def test_the_rates_of_amsgrad_never_grow():
    rng = np.random.default_rng(0)
    grown = {}
    for amsgrad in (False, True):
        optimizer, w = dl.Adam(betas=(0.9, 0.9), amsgrad=amsgrad), np.zeros(50)
        before, grown[amsgrad] = np.full(50, np.inf), False
        for t in range(60):
            optimizer.step(w, rng.normal(size=50) * (10.0 if t < 5 else 0.1))
            rate = 1 / np.sqrt(optimizer.v_max if amsgrad else optimizer.v)
            grown[amsgrad] |= bool((rate > before).any())
            before = rate
    assert grown == {False: True, True: False}


def test_adamw_decays_at_one_rate_whatever_the_gradients():
    w, u = np.ones(2), np.ones(2)
    plain, decayed = dl.AdamW(lr=0.1, weight_decay=0.0), dl.AdamW(lr=0.1, weight_decay=0.5)
    g = np.array([1e-3, 1e3])
    plain.step(w, g)
    decayed.step(u, g)
    close(w - u, [0.05, 0.05], "what decay took away", rtol=1e-12)
    coupled, v = dl.Adam(lr=0.1, weight_decay=0.5), np.ones(2)
    coupled.step(v, g)
    assert np.abs(v - w).max() < 1e-6, "coupled: Adam's first step hides the decay"


def moments(f):
    """Mean and second moment of f(z), z a standard normal, by quadrature."""

    def mean(g):
        halves = (-40, 0), (0, 40)
        weighted = [
            integrate.quad(lambda z: g(z) * normal_pdf(z), *h, epsabs=1e-14) for h in halves
        ]
        return sum(value for value, _ in weighted)

    return mean(f), mean(lambda z: f(z) ** 2)


@pytest.mark.parametrize("activation", [dl.SELU(), dl.SERLU()])
def test_derived_constants(activation):
    mean, second = moments(lambda z: activation.f(np.array([z]))[0])
    assert abs(mean) < 1e-9
    assert abs(second - 1) < 1e-9


@pytest.mark.parametrize(
    ("activation", "negative"),
    [(dl.SELU(), lambda z: math.expm1(z)), (dl.SERLU(), lambda z: z * math.exp(z))],
)
def test_constants_follow_from_the_two_conditions(activation, negative):
    """alpha from E f = 0, then lambda from E f² = 1."""
    above = moments(lambda z: max(z, 0.0))
    below = moments(lambda z: negative(z) if z < 0 else 0.0)
    alpha = -above[0] / below[0]
    scale = 1 / math.sqrt(above[1] + alpha**2 * below[1])
    assert activation.alpha == pytest.approx(alpha, rel=1e-9)
    assert activation.scale == pytest.approx(scale, rel=1e-9)


def test_error_function():
    x = np.linspace(-40, 40, 160001)
    close(erf(x), np.vectorize(math.erf)(x), "math.erf", rtol=0, atol=3e-15)
    close(erf(x), special.erf(x), "scipy", rtol=0, atol=3e-15)
    close(normal_cdf(x), special.ndtr(x), "Phi", rtol=0, atol=3e-15)
    tail = np.linspace(-35, -1, 1001)
    close(normal_cdf(tail), special.ndtr(tail), "tail of Phi", rtol=1e-12, atol=0)
    assert erf(x.astype(np.float32)).dtype == np.float32
    assert erf(np.array([-1e30, 6.5, 1e30])).tolist() == [-1, 1, 1]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_slope_of_relu_at_zero_is_zero(dtype):
    model = dl.Sequential(dl.ReLU(), dtype=dtype)
    model.forward(np.array([[0.0, -0.0, 1.0]], dtype), train=True)
    assert model.backward(np.ones((1, 3), dtype), input_gradient=True).tolist() == [[0, 0, 1]]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_stable(name):
    """No overflow, no invalid value, for |x| up to 1e4 in float32."""
    sizes = np.concatenate([[0, 1e-38, 1e-20], np.logspace(-8, 4, 120)])
    x = np.concatenate([-sizes, sizes]).astype(np.float32)[:, None]
    model = dl.Sequential(LAYERS[name](1))
    with np.errstate(all="raise", under="ignore"):
        y = model.forward(x, train=True)
        dx = model.backward(np.ones_like(y), input_gradient=True)
        inference = model.forward(x)
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()
    assert same_bits(y, inference)
    exact = dl.Sequential(LAYERS[name](1), dtype=np.float64)
    wide = exact.forward(x.astype(np.float64), train=True)
    close(y, wide, name, rtol=1e-5, atol=1e-6)
    d_wide = exact.backward(np.ones_like(wide), input_gradient=True)
    close(dx, d_wide, f"slope of {name}", rtol=1e-4, atol=1e-6)
