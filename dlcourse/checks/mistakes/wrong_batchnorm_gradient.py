"""Known mistakes in the backward pass of batch normalization."""

from ..engine.pieces import Table
from .right_batchnorm import Plain

TABLE = Table()
known = TABLE.known


@known("dx lacks gamma.")
class GradientWithoutGamma(Plain):
    def by_gamma(self, d):
        return d


@known("dx lacks the division by the standard deviation.")
class GradientWithoutRoot(Plain):
    def by_root(self, d):
        return d


@known("dx lacks the mean term: x enters y through the mean, too.")
class GradientWithoutMean(Plain):
    def mean_term(self, dy):
        return 0.0


@known("dx lacks the variance term: x enters y through the variance, too.")
class GradientWithoutVariance(Plain):
    def variance_term(self, dy):
        return 0.0


@known("dx treats mean and variance as constants: both terms are missing.")
class GradientOfConstants(GradientWithoutMean, GradientWithoutVariance):
    pass


@known("dx subtracts the sums of dbeta and dgamma; divide them by N.")
class GradientOfSums(Plain):
    def mean_term(self, dy):
        return super().mean_term(dy) * len(dy)

    def variance_term(self, dy):
        return super().variance_term(dy) * len(dy)


@known("dx divides by the number of units; N is the number of rows: len(dy).")
class GradientBySize(Plain):
    def mean_term(self, dy):
        return super().mean_term(dy) * len(dy) / dy.shape[1]

    def variance_term(self, dy):
        return super().variance_term(dy) * len(dy) / dy.shape[1]


@known("dx has the wrong sign at the mean of dy: it is subtracted.")
class MeanTermAdded(Plain):
    def mean_term(self, dy):
        return -super().mean_term(dy)


@known("dx has the wrong sign at x_hat: x_hat times the mean of x_hat dy is subtracted.")
class VarianceTermAdded(Plain):
    def variance_term(self, dy):
        return -super().variance_term(dy)


@known("dx has gamma twice; it stands there once.")
class GammaTwice(Plain):
    def by_gamma(self, d):
        return self.gamma**2 * d


@known("dx is divided by the running deviation; backward belongs to the batch: sqrt(var + eps).")
class RunningInBackward(Plain):
    def by_root(self, d):
        return d / self.inference_std()


@known("dgamma is computed with x - mean; it needs x_hat, which is divided by the deviation.")
class GammaFromCentred(Plain):
    def gamma_of(self, dy):
        return (dy * self.x_hat * self.root).sum(axis=0)


@known("dgamma is computed with x; it needs x_hat.")
class GammaFromX(Plain):
    def gamma_of(self, dy):
        return (dy * self.x).sum(axis=0)


@known("dgamma and dbeta are means over the batch; they are sums: the loss has divided by N.")
class GradientsAveraged(Plain):
    def written(self, name, gradient):
        return super().written(name, gradient) / self.x.shape[0]


@known("dgamma and dbeta are added to what stood there (+=); write: self.dgamma[...] = ...")
class GradientsAdded(Plain):
    def written(self, name, gradient):
        return getattr(self, name) + super().written(name, gradient)
