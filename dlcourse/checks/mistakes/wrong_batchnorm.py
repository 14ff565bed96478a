"""Known mistakes in batch normalization. Each class is wrong in the lines that it writes."""

import numpy as np

from ..engine.pieces import Table
from .right_batchnorm import Plain

TABLE = Table()
known = TABLE.known


@known("the variance of the batch is divided by N - 1; to normalize, divide by N.")
class UnbiasedInTraining(Plain):
    def statistics(self, x):
        return x.mean(axis=0), x.var(axis=0, ddof=1)

    def stored(self, var, N):
        return var


@known("the running variance takes the variance divided by N; there it is N - 1.")
class BiasedStore(Plain):
    def stored(self, var, N):
        return super().stored(var, N) * ((N - 1) / N)


@known(
    "momentum is taken for the share of the old value, as Keras does; here it is that of the new."
)
class MomentumOfTheOld(Plain):
    def share(self):
        return 1 - self.momentum


@known("the variance is mean(x^2) - mean^2, which loses all digits far from 0; use x.var(axis=0).")
class SquaresMinusSquare(Plain):
    def statistics(self, x):
        return x.mean(axis=0), (x * x).mean(axis=0) - x.mean(axis=0) ** 2


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
    def with_gamma(self, x_hat):
        return x_hat


@known("beta is missing in forward: y = gamma * x_hat + beta.")
class BetaMissing(Plain):
    def shift(self):
        return 0.0


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
    def training(self, x):
        super().training(x)
        return self.inference(x)


@known("inference lacks eps: divide by sqrt(running_var + eps).")
class InferenceWithoutEps(Plain):
    def inference_std(self):
        return np.sqrt(self.running_var)


@known("the running variance is used as if it were a standard deviation.")
class InferenceWithoutRoot(Plain):
    def inference_std(self):
        return self.running_var + self.eps


@known("inference lacks beta: y = gamma * x_hat + beta there, too.")
class InferenceWithoutBeta(Plain):
    def inference(self, x):
        return super().inference(x) - self.beta


@known("inference lacks gamma: y = gamma * x_hat + beta there, too.")
class InferenceWithoutGamma(Plain):
    def inference(self, x):
        return (x - self.running_mean) / self.inference_std() + self.shift()


@known("a standard deviation is stored; running_var keeps the variance, without a root.")
class RootStored(Plain):
    def stored(self, var, N):
        return np.sqrt(var)


@known("eps is stored with the variance; running_var keeps the variance alone.")
class EpsStored(Plain):
    def stored(self, var, N):
        return super().stored(var + self.eps, N)


@known("the running statistics are never updated.")
class NeverStored(Plain):
    def store(self, mean, var, N):
        pass


@known("the running statistics are replaced by those of the last batch; momentum has no effect.")
class LastBatchOnly(Plain):
    def share(self):
        return 1.0


@known("gamma starts at 0, so that the layer gives nothing but beta; start it at 1.")
class GammaStartsAtZero(Plain):
    gamma_start = 0.0


@known("the running variance starts at 0, as in some books; here and in PyTorch at 1.")
class VarStartsAtZero(Plain):
    var_start = 0.0


@known(
    "the running statistics belong to the class, so all layers share them; make them in "
    "__init__ and keep them in self."
)
class SharedByAllLayers(Plain):
    kept = {}

    @property
    def running_mean(self):
        return self.kept["mean"]

    @running_mean.setter
    def running_mean(self, value):
        self.kept["mean"] = value
