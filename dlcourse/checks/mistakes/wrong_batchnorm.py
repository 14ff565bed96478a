"""Known mistakes in batch normalization. Each class is wrong in the lines that it writes."""

import numpy as np

from ...layers import Layer
from ..engine.judging import Table

TABLE = Table()
known = TABLE.known


class Plain(Layer):
    """Batch normalization in pieces; the mistakes below each change one."""

    state = ("running_mean", "running_var")
    starts = {"gamma": 1.0, "beta": 0.0, "mean": 0.0, "var": 1.0}

    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n, self.eps, self.momentum = n, eps, momentum
        self.running_mean = np.full(n, self.starts["mean"])
        self.running_var = np.full(n, self.starts["var"])

    def initial(self, rng):
        return {key: np.full(self.n, self.starts[key]) for key in ("gamma", "beta")}

    def statistics(self, x):
        return x.mean(axis=0), x.var(axis=0)

    def std(self, var):
        return np.sqrt(var + self.eps)

    def scaled(self, x_hat):
        return self.gamma * x_hat + self.beta

    def store(self, mean, var, N):
        a = self.momentum
        self.running_mean = (1 - a) * self.running_mean + a * mean
        self.running_var = (1 - a) * self.running_var + a * var * (N / (N - 1))

    def forward(self, x, train=False):
        if not train:
            return self.inference(x)
        mean, var = self.statistics(x)
        self.x, self.root = x, self.std(var)
        self.x_hat = (x - mean) / self.root
        self.store(mean, var, len(x))
        return self.scaled(self.x_hat)

    def inference(self, x):
        return self.scaled((x - self.running_mean) / self.std(self.running_var))

    def backward(self, dy):
        self.dbeta[...] = dy.sum(axis=0)
        self.dgamma[...] = (dy * self.x_hat).sum(axis=0)
        return self.dx(dy, self.dbeta / len(dy), self.dgamma / len(dy) * self.x_hat)

    def dx(self, dy, mean_term, variance_term):
        return self.gamma / self.root * (dy - mean_term - variance_term)


@known("the variance of the batch is divided by N - 1; to normalize, divide by N.")
class UnbiasedInTraining(Plain):
    def statistics(self, x):
        return x.mean(axis=0), x.var(axis=0, ddof=1)

    def store(self, mean, var, N):
        super().store(mean, var * ((N - 1) / N), N)


@known("the running variance takes the variance divided by N; there it is N - 1.")
class BiasedStore(Plain):
    def store(self, mean, var, N):
        super().store(mean, var * ((N - 1) / N), N)


@known(
    "momentum is taken for the share of the old value, as Keras does; here it is that of the new."
)
class MomentumOfTheOld(Plain):
    def store(self, mean, var, N):
        a = 1 - self.momentum
        self.running_mean = (1 - a) * self.running_mean + a * mean
        self.running_var = (1 - a) * self.running_var + a * var * (N / (N - 1))


@known("eps is added to the standard deviation; it belongs inside the root, to the variance.")
class EpsOutside(Plain):
    def std(self, var):
        return np.sqrt(var) + self.eps


@known("eps is missing: divide by sqrt(var + eps).")
class EpsMissing(Plain):
    def std(self, var):
        return np.sqrt(var)


@known("eps is a fixed number; use self.eps, which was given.")
class EpsFixed(Plain):
    def std(self, var):
        return np.sqrt(var + 1e-5)


@known("the root is missing: this divides by the variance, not by the standard deviation.")
class RootMissing(Plain):
    def std(self, var):
        return var + self.eps


@known("the statistics are taken along each row (axis=1); a unit is a column: axis=0.")
class WrongAxis(Plain):
    def statistics(self, x):
        return x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)

    def store(self, mean, var, N):
        super().store(mean.mean(), var.mean(), N)


@known("mean and variance are taken over all entries at once; each unit has its own: axis=0.")
class OneForAll(Plain):
    def statistics(self, x):
        return np.full(x.shape[1], x.mean()), np.full(x.shape[1], x.var())


@known("the batch is centred but not divided by its standard deviation.")
class OnlyCentred(Plain):
    def std(self, var):
        return np.ones_like(var)


@known("gamma is missing in forward: y = gamma * x_hat + beta.")
class GammaMissing(Plain):
    def scaled(self, x_hat):
        return x_hat + self.beta


@known("beta is missing in forward: y = gamma * x_hat + beta.")
class BetaMissing(Plain):
    def scaled(self, x_hat):
        return self.gamma * x_hat


@known("inference uses the statistics of its batch; it must use the running ones.")
class BatchInInference(Plain):
    def inference(self, x):
        mean, var = self.statistics(x)
        return self.scaled((x - mean) / self.std(var))


@known("inference updates the running statistics: it runs the training lines.")
class InferenceLearns(Plain):
    def inference(self, x):
        self.store(*self.statistics(x), len(x))
        return super().inference(x)


@known("training normalizes by the running statistics; it must use those of the batch.")
class RunningInTraining(Plain):
    def forward(self, x, train=False):
        y = super().forward(x, train)
        return self.inference(x) if train else y


@known("inference lacks eps: divide by sqrt(running_var + eps).")
class InferenceWithoutEps(Plain):
    def inference(self, x):
        return self.scaled((x - self.running_mean) / np.sqrt(self.running_var))


@known("the running variance is used as if it were a standard deviation.")
class InferenceWithoutRoot(Plain):
    def inference(self, x):
        return self.scaled((x - self.running_mean) / (self.running_var + self.eps))


@known("the running statistics are never updated.")
class NeverStored(Plain):
    def store(self, mean, var, N):
        pass


@known("the running statistics are replaced by those of the last batch; momentum has no effect.")
class LastBatchOnly(Plain):
    def store(self, mean, var, N):
        self.running_mean, self.running_var = mean, var * (N / (N - 1))


@known("gamma starts at 0, so that the layer gives nothing but beta; start it at 1.")
class GammaStartsAtZero(Plain):
    starts = Plain.starts | {"gamma": 0.0}


@known("the running variance starts at 0, as in some books; here and in PyTorch at 1.")
class VarStartsAtZero(Plain):
    starts = Plain.starts | {"var": 0.0}
