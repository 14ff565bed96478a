"""A table of bad input: the call, the error, and what its text must hold."""

import numpy as np

import dlcourse as dl

X = np.ones((4, 3), np.float32)
WIDE = np.ones((4, 3))  # float64
Y = np.array([0, 1, 0, 1])
NAN = np.full_like(X, np.nan)
RNG = np.random.default_rng(0)


def net(**kwargs):
    return dl.Sequential(dl.Linear(3, 4), dl.ReLU(), dl.Linear(4, 2), **kwargs)


def fit(train=(X, Y), model=None, **kwargs):
    kwargs = {"optimizer": dl.Adam(), "epochs": 1} | kwargs
    return dl.fit(net() if model is None else model, train, **kwargs)


def after_training_pass(layer):
    model = dl.Sequential(layer)
    model.forward(X, train=True)
    return model


def reused(second, dtype=np.float64):
    optimizer = dl.Adam()
    optimizer.step(np.ones(3), np.ones(3))
    optimizer.step(np.ones(second, dtype), np.ones(second, dtype))


def step(w, g):
    dl.SGD(0.1).step(w, g)


def cross_entropy(labels, z=WIDE[:, :2]):
    return dl.softmax_cross_entropy(z, np.asarray(labels))


def valid(x, y):
    return fit(valid=(x, y))


T, V, R = TypeError, ValueError, RuntimeError
TABLE = [
    # what goes in
    (lambda: net().forward(X.tolist()), T, "x must be a NumPy array", "list", "np.asarray("),
    (lambda: net().forward(X.astype(int)), T, "must hold floats", "int64", "x.astype("),
    (lambda: net().forward(WIDE), T, "computes in float32", "float64", "x.astype(np.float32)"),
    (lambda: net(dtype=float).forward(X), T, "in float64", "x is float32", "x.astype(np.float64)"),
    (lambda: net().forward(X[0]), V, "a batch", "(3,)", "x[None, :]"),
    (lambda: dl.Sequential(dl.ReLU()).forward(X[0]), V, "a batch", "(3,)", "x[None, :]"),
    (lambda: net().forward(X[:0]), V, "at least one row", "(0, 3)"),
    (lambda: net().forward(X.T), V, "(N, 3)", "(3, 4)", "x.T"),
    (lambda: net().forward(X[:2, :2]), V, "(N, 3)", "(2, 2)", "as many outputs"),
    (lambda: net().forward(X.reshape(4, 1, 3)), V, "(N, 3)", "(4, 1, 3)", "x.reshape(len(x), -1)"),
    (lambda: dl.Sequential(dl.BatchNorm(2)).forward(X), V, "(N, 2)", "(4, 3)"),
    (lambda: dl.Sequential(dl.LayerNorm(2)).forward(X), V, "(N, 2)", "(4, 3)"),
    (lambda: dl.Sequential(dl.RMSNorm(2)).forward(X), V, "(N, 2)", "(4, 3)"),
    (lambda: dl.Sequential(dl.PReLU(2)).forward(X), V, "2 slopes", "(4, 3)", "PReLU(3)"),
    (lambda: dl.ReLU().forward(X.astype(int)), T, "ReLU(): x must hold floats", "int64"),
    (lambda: dl.Dropout().forward([1.0]), T, "Dropout(0.5): x must be a NumPy array", "list"),
    (lambda: net().predict(NAN), V, "NaN or infinite", "12 of 12", "(0, 0)", "clean or scale"),
    (lambda: fit((np.where(X > 0, np.inf, X), Y)), V, "train inputs", "NaN or infinite", "clean"),
    (lambda: fit((X, NAN), loss=dl.mean_squared_error), V, "train targets", "NaN or infinite"),
    (lambda: valid(NAN, Y), V, "valid inputs", "NaN or infinite"),
    (lambda: dl.check_gradients(dl.ReLU(), NAN), V, "x holds NaN"),
    # backward
    (
        lambda: net().backward(np.ones((4, 2))),
        R,
        "Linear(4, 2)",
        "before",
        "forward(x, train=True)",
    ),
    (
        lambda: (m := after_training_pass(dl.Tanh()), m.forward(X), m.backward(X, True)),
        R,
        "inference",
    ),
    (lambda: after_training_pass(dl.Linear(3, 2)).backward(X), V, "(4, 2)", "(4, 3)"),
    (lambda: after_training_pass(dl.ReLU()).backward(WIDE, True), T, "float32", "dy.astype("),
    (lambda: after_training_pass(dl.Linear(3, 3)).backward(X.tolist()), T, "NumPy array", "list"),
    # labels and targets
    (lambda: cross_entropy([0, 1, 2, 1]), V, "from 0 to 1", "2 columns", "got 2"),
    (lambda: cross_entropy([0, -1, 0, 1]), V, "got -1"),
    (lambda: cross_entropy(Y[:3]), V, "(4,)", "(3,)"),
    (lambda: cross_entropy(Y[:, None]), V, "(4,)", "(4, 1)"),
    (lambda: cross_entropy(np.eye(2)[Y]), V, "one-hot", "labels.argmax(axis=1)"),
    (lambda: cross_entropy(Y * 1.0), T, "whole numbers", "float64", "labels.astype(np.int64)"),
    (lambda: cross_entropy(Y > 0), T, "whole numbers", "bool", "labels.astype(np.int64)"),
    (lambda: cross_entropy(Y, np.ones(4)), V, "z must have shape (N, classes)", "(4,)"),
    (lambda: dl.mean_squared_error(WIDE[:, :1], WIDE[:, 0]), V, "(4, 1)", "(4,)", "y[:, None]"),
    (lambda: dl.mean_squared_error(WIDE, WIDE[:1]), V, "the same shape", "(1, 3)"),
    (lambda: dl.accuracy(net(), X, Y[:3]), V, "(4,)", "(3,)"),
    (lambda: dl.accuracy(net(), X, Y + 7), V, "from 0 to 1", "got 7"),
    (lambda: dl.accuracy(net(), X, Y * 1.0), T, "whole numbers", "float64"),
    (lambda: fit((X, Y[:3])), V, "4 inputs and 3 targets"),
    (lambda: fit((X, Y + 1)), V, "from 0 to 1", "got 2"),
    (lambda: valid(X, Y + 1), V, "from 0 to 1", "got 2"),
    (lambda: fit(X), T, "train must be a pair (inputs, targets)", "ndarray"),
    (lambda: fit((X.tolist(), Y)), T, "train inputs must be a NumPy array", "list"),
    (lambda: fit((X[:0], Y[:0])), V, "at least one", "0 inputs"),
    (lambda: list(dl.minibatches(X, Y[:2], 2, RNG)), V, "same length", "4 and 2"),
    # optimizers
    (lambda: reused(4), V, "(3,)", "(4,)", "make a new optimizer"),
    (lambda: reused(3, np.float32), V, "float64", "float32", "make a new optimizer"),
    (lambda: step([1.0], [1.0]), T, "SGD: w must be a NumPy array", "list"),
    (lambda: step(Y, Y), T, "SGD: w must hold floats", "int64"),
    (lambda: step(np.ones(1), [1.0]), T, "SGD: g must be a NumPy array", "list"),
    (lambda: step(X, X[0]), V, "(4, 3)", "(3,)"),
    (lambda: step(X.copy(), WIDE), V, "float32", "float64"),
    (lambda: dl.SGD(0), V, "lr must be above 0", "0"),
    (lambda: dl.Adam(lr=-1e-3), V, "lr must be above 0", "-0.001"),
    (lambda: dl.SGD(np.inf), V, "lr must be finite", "inf"),
    (lambda: dl.SGD(None), T, "lr must be a number", "None"),
    (lambda: dl.SGD(0.1, weight_decay=-1), V, "weight_decay must be at least 0", "-1"),
    (lambda: dl.Momentum(0.1, momentum=1), V, "momentum", "[0, 1)", "1"),
    (lambda: dl.RMSprop(alpha=1.0), V, "alpha", "[0, 1)", "1"),
    (lambda: dl.Adadelta(rho=-0.1), V, "rho", "[0, 1)", "-0.1"),
    (lambda: dl.Adagrad(eps=0), V, "eps must be above 0", "0"),
    (lambda: dl.Adam(betas=(0.9, 1.0)), V, "beta2", "[0, 1)", "1.0"),
    (lambda: dl.RAdam(betas=(-0.1, 0.9)), V, "beta1", "[0, 1)", "-0.1"),
    (lambda: dl.AdamW(betas=0.9), V, "betas must be two numbers", "0.9"),
    (lambda: dl.RAdam(threshold=3), V, "threshold must be at least 4", "3"),
    (lambda: dl.Muon(0.1), T, "shapes"),
    (lambda: dl.Muon(shapes=[(3, 2)]), T, "shapes must be a dict", "[(3, 2)]", "model.shapes"),
    (lambda: dl.Muon(shapes={"W": 6}), T, "shapes: W must be a tuple", "6"),
    (lambda: dl.Muon(shapes={"W": (3, 0)}), V, "shapes: each number of W", "at least 1", "0"),
    (lambda: dl.Muon(shapes={"W": (3, 2.0)}), T, "shapes: each number of W", "2.0"),
    (lambda: fit(optimizer=dl.Muon(shapes={"W": (3, 2)})), V, "shapes must", "6 numbers", "(26,)"),
    (lambda: dl.Muon(shapes={"W": (3, 4)}).step(X.copy(), X), V, "w has shape (4, 3)"),
    (lambda: dl.Muon(shapes=None, momentum=1.0), V, "momentum", "[0, 1)", "1.0"),
    (lambda: dl.Muon(shapes=None, ns_steps=100), V, "ns_steps must be below 100", "100"),
    (lambda: dl.Muon(shapes=None, ns_coefficients=(1, 2)), V, "three numbers", "(1, 2)"),
    (lambda: dl.Muon(shapes=None, ns_coefficients=(1, 2, "c")), T, "ns_coefficients", "'c'"),
    (lambda: dl.Muon(shapes=None, adjust_lr_fn="adamw"), V, "original, match_rms_adamw", "'adamw'"),
    (lambda: dl.Muon(shapes=None, nesterov=1), T, "nesterov must be True or False", "1"),
    (lambda: dl.ScheduleFree(betas=(0.0, 0.9)), V, "beta1 must be above 0", "0"),
    (lambda: dl.ScheduleFree(warmup_steps=0.5), T, "warmup_steps must be a whole number", "0.5"),
    (lambda: dl.ScheduleFree(r=-1), V, "r must be at least 0", "-1"),
    (lambda: dl.ScheduleFree(weight_lr_power=-1), V, "weight_lr_power must be at least 0", "-1"),
    # training
    (lambda: fit(optimizer=dl.Adam), T, "optimizer must be an object", "Adam(lr=1e-3)"),
    (lambda: fit(optimizer="adam"), T, "optimizer must be an object", "'adam'"),
    (lambda: fit(epochs=0), V, "epochs must be at least 1", "0"),
    (lambda: fit(batch_size=2.5), T, "batch_size must be a whole number", "2.5"),
    (lambda: fit(seed=-1), V, "seed must be at least 0", "-1"),
    (lambda: fit(schedule=lambda t: np.nan), V, "schedule(0) must be finite", "nan"),
    (lambda: fit(schedule=lambda t: -1), V, "schedule(0) must be at least 0", "-1"),
    (lambda: dl.step_lr(0), V, "step_size must be at least 1", "0"),
    (lambda: dl.cosine_lr(0.5), T, "steps must be a whole number", "0.5"),
    # initializers, data and tools
    (lambda: dl.fans((3,)), V, "(n_in, n_out)", "(3,)"),
    (lambda: dl.fans((3, 2, 1, 1, 1, 1)), V, "(c_out, c_in, k, k)", "(3, 2, 1, 1, 1, 1)"),
    (lambda: dl.fans((3, 2, 0)), V, "k must be at least 1", "0"),
    (lambda: dl.he_normal(RNG, (2**30, 2**9, 3, 3)), V, "2**40 weights", "smaller"),
    (lambda: dl.he_normal(RNG, (0, 3)), V, "n_in must be at least 1", "0"),
    (lambda: dl.variance_scaling(RNG, (3, 2), mode="fan"), V, "fan_in, fan_out, fan_avg", "'fan'"),
    (lambda: dl.variance_scaling(RNG, (3, 2), scale=0), V, "scale must be above 0", "0"),
    (lambda: dl.variance_scaling(RNG, (3, 2), distribution="t"), V, "normal, uniform", "'t'"),
    (lambda: dl.normal(-1), V, "std must be at least 0", "-1"),
    (lambda: dl.mnist(4500, 501), V, "5000 digits", "5001"),
    (lambda: dl.mnist(10, 10, size=7), V, "28 or 14", "7"),
    (lambda: dl.moons(0), V, "n must be at least 1", "0"),
    (lambda: dl.regression(noise=-1), V, "noise must be at least 0", "-1"),
    (lambda: dl.streams(1.5), T, "seed must be a whole number", "1.5"),
    (lambda: dl.replay(0).__enter__(), T, "numpy.random.Generator", "int"),
    (lambda: dl.drop_columns(X, [1, 0]), V, "(4, 3)", "(2,)"),
    (lambda: dl.drop_columns(X, [1, 0, 0.5]), V, "only 0 (drop) and 1 (keep)", "0.5"),
    (lambda: dl.subnetworks(net(), X), V, "1 to 16 units", "0"),
    (lambda: dl.monte_carlo(net(), X, 3), V, "a model with dropout"),
    (lambda: dl.numerical_gradient(np.sum, X), T, "float64", "float32", "x.astype(np.float64)"),
    (lambda: dl.check_gradients(dl.ReLU(), X[:3]), V, "at least 4 rows", "3"),
    (lambda: dl.check_gradients(np.tanh, X), T, "a Layer or a Sequential", "tanh"),
    (lambda: dl.update_ratio(net(), X), V, "a copy of model.theta", "(26,)", "(4, 3)"),
    (lambda: dl.he_normal(0, (3, 4)), T, "numpy.random.Generator", "int", "default_rng"),
    (lambda: dl.orthogonal(None, (3, 4)), T, "numpy.random.Generator", "NoneType"),
    (lambda: dl.fans(3), V, "(n_in, n_out)", "3"),
    (lambda: list(dl.minibatches(X, Y, 2, rng=0)), T, "numpy.random.Generator", "int"),
    (lambda: dl.Sequential(dl.ReLU()).backward(X), RuntimeError, "before a training pass"),
]
