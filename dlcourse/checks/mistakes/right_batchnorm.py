"""The right batch normalization once more, in pieces: what the mistakes are made from."""

import numpy as np

from ...layers import Layer
from ..engine.pieces import right


@right
class Plain(Layer):
    """Batch normalization in pieces; the mistakes below each change one."""

    state = ("running_mean", "running_var")
    gamma_start, var_start = 1.0, 1.0

    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean, self.running_var = np.zeros(n), np.full(n, self.var_start)

    def initial(self, rng):
        return {"gamma": np.full(self.n, self.gamma_start), "beta": np.zeros(self.n)}

    def statistics(self, x):
        return x.mean(axis=0), x.var(axis=0)

    def std(self, var):
        return np.sqrt(var + self.eps)

    def scaled(self, x_hat):
        return self.with_gamma(x_hat) + self.shift()

    def with_gamma(self, x_hat):
        return self.gamma * x_hat

    def shift(self):
        return self.beta

    def store(self, mean, var, N):
        a = self.share()
        self.running_mean = (1 - a) * self.running_mean + a * mean
        self.running_var = (1 - a) * self.running_var + a * self.stored(var, N)

    def share(self):
        return self.momentum

    def stored(self, var, N):
        return var * (N / (N - 1))

    def forward(self, x, train=False):
        return self.training(x) if train else self.inference(x)

    def training(self, x):
        mean, var = self.statistics(x)
        self.x, self.root = x, self.std(var)
        self.x_hat = (x - mean) / self.root
        self.store(mean, var, len(x))
        return self.scaled(self.x_hat)

    def inference(self, x):
        return self.scaled((x - self.running_mean) / self.inference_std())

    def inference_std(self):
        return self.std(self.running_var)

    def backward(self, dy):
        self.dbeta[...] = self.written("dbeta", self.beta_of(dy))
        self.dgamma[...] = self.written("dgamma", self.gamma_of(dy))
        return self.by_gamma(self.by_root(dy - self.mean_term(dy) - self.variance_term(dy)))

    def written(self, name, gradient):
        return gradient

    def beta_of(self, dy):
        return dy.sum(axis=0)

    def gamma_of(self, dy):
        return (dy * self.x_hat).sum(axis=0)

    def mean_term(self, dy):
        return dy.mean(axis=0)

    def variance_term(self, dy):
        return self.x_hat * (dy * self.x_hat).mean(axis=0)

    def by_gamma(self, d):
        return self.gamma * d

    def by_root(self, d):
        return d / self.root
