"""Bad input to layers and networks: the call, the error, and what its text must hold."""

import numpy as np
from bad_input import NAN, T, V, X, after_training_pass, fit, net

import dlcourse as dl


class Listed(dl.Layer):
    """It names its inner layers as no layer does."""

    layers = [dl.ReLU()]


TABLE = [
    (lambda: dl.Dropout(1.0), V, "rate", "[0, 1)", "1.0", "the probability of dropping"),
    (lambda: dl.Dropout(-0.1), V, "rate", "[0, 1)", "-0.1"),
    (lambda: dl.Dropout(np.nan), V, "rate must be finite", "nan"),
    (lambda: dl.Dropout(True), T, "rate must be a number", "True"),
    (lambda: dl.Dropout("0.5"), T, "rate must be a number", "'0.5'"),
    (lambda: after_training_pass(dl.BatchNorm(3)).forward(X[:1], True), V, "2 rows", "got 1"),
    (lambda: fit(model=dl.Sequential(dl.BatchNorm(3)), batch_size=3), V, "batch_size", "of one"),
    (lambda: dl.BatchNorm(3, eps=0), V, "eps must be above 0", "0"),
    (lambda: dl.BatchNorm(3, momentum=1.5), V, "momentum", "(0, 1]", "share of the new batch"),
    (lambda: dl.LayerNorm(3, eps=-1), V, "eps must be above 0", "-1"),
    (lambda: dl.RMSNorm(3, eps=0), V, "eps must be above 0", "0"),
    (lambda: dl.RMSNorm(3).forward(X), AttributeError, "no gamma yet", "layer.start("),
    (lambda: dl.BatchNorm(0), V, "n must be at least 1", "0"),
    (lambda: dl.Linear(3.0, 2), T, "n_in must be a whole number", "3.0"),
    (lambda: dl.Linear(3, True), T, "n_out must be a whole number", "True"),
    (lambda: dl.Linear(3, 2, init="he"), T, "init must be a function", "'he'"),
    (lambda: dl.Sequential(dl.Linear(3, 2, init=lambda r, s: X.T)), V, "(3, 2)", "(3, 4)"),
    (lambda: dl.Sequential(dl.Linear(4, 3, init=lambda r, s: NAN)), V, "starting W", "NaN"),
    (lambda: dl.Linear(3, 2).forward(X), AttributeError, "no W yet", "layer.start("),
    (lambda: dl.BatchNorm(3).forward(X), AttributeError, "no gamma yet", "layer.start("),
    (lambda: dl.PReLU().forward(X), AttributeError, "no a yet", "layer.start("),
    (lambda: dl.Dropout().forward(X, train=True), V, "no stream of masks", "layer.rng ="),
    (lambda: dl.ELU(0), V, "alpha must be above 0", "0"),
    (lambda: dl.Sequential([dl.ReLU()]), T, "layer 0 must be a Layer", "[ReLU()]"),
    (lambda: dl.Sequential(dl.ReLU), T, "layer 0 must be a Layer", "ReLU"),
    (lambda: dl.Sequential(net().layers[0]), V, "already belongs to a network", "make a new one"),
    (
        lambda: dl.Sequential(*[dl.ReLU()] * 2),
        V,
        "layer 1, ReLU()",
        "already belongs",
        "make a new one",
    ),
    (lambda: net(seed=-1), V, "seed must be at least 0", "-1"),
    (lambda: net(seed=None), T, "seed must be a whole number", "None"),
    (lambda: net(dtype=np.float16), T, "float32 or float64", "float16"),
    (lambda: dl.SwiGLU(0, 2), V, "n_in must be at least 1", "0"),
    (lambda: dl.SwiGLU(3, 2.0), T, "n_hidden must be a whole number", "2.0"),
    (lambda: dl.SwiGLU(3, 2, init="he"), T, "init must be a function", "'he'"),
    (lambda: dl.SwiGLU(3, 2).forward(X), AttributeError, "no W yet", "layer.start("),
    (lambda: dl.Sequential(dl.SwiGLU(2, 2)).forward(X), V, "(N, 2)", "(4, 3)"),
    (lambda: dl.Sequential(dl.SwiGLU(3, 2, init=lambda r, s: X.T)), V, "(3, 2)", "(3, 4)"),
    (lambda: dl.Sequential(dl.SwiGLU(4, 3, init=lambda r, s: NAN)), V, "starting W", "NaN"),
    (lambda: dl.Residual(), V, "at least one layer", "got none", "Residual(Linear(8, 8)"),
    (lambda: dl.Residual([dl.ReLU()]), T, "layer 0 must be a Layer", "[ReLU()]"),
    (lambda: dl.Residual(net()), T, "layer 0 must be a Layer", "Sequential"),
    (lambda: dl.Residual(*[dl.ReLU()] * 2), V, "layer 1, ReLU()", "already belongs"),
    (lambda: dl.Residual(net().layers[0]), V, "already belongs to a network", "deepcopy"),
    (lambda: dl.Residual(dl.ReLU(), scale="1"), T, "scale must be a number", "'1'"),
    (lambda: dl.Residual(dl.ReLU(), scale=np.nan), V, "scale must be finite", "nan"),
    (
        lambda: dl.Sequential(dl.Residual(dl.Linear(3, 1))).forward(X),
        V,
        "Residual(Linear(3, 1))",
        "shape (4, 3)",
        "gave float32 of shape (4, 1)",
        "let the last one",
    ),
    (lambda: dl.Sequential(dl.Residual(dl.Residual(Listed()))), T, "layer 0, Listed()", "a tuple"),
    (lambda: dl.Layer().forward(X), NotImplementedError, "forward(self, x, train=False)"),
]
