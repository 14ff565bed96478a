"""Known mistakes in the backward pass of batch normalization."""

from ..engine.judging import Table
from .wrong_batchnorm import Plain

TABLE = Table()
known = TABLE.known


@known("dx lacks gamma.")
class GradientWithoutGamma(Plain):
    def dx(self, dy, mean_term, variance_term):
        return (dy - mean_term - variance_term) / self.root


@known("dx lacks the division by the standard deviation.")
class GradientWithoutRoot(Plain):
    def dx(self, dy, mean_term, variance_term):
        return self.gamma * (dy - mean_term - variance_term)


@known("dx lacks the mean term: x enters y through the mean, too.")
class GradientWithoutMean(Plain):
    def dx(self, dy, mean_term, variance_term):
        return self.gamma / self.root * (dy - variance_term)


@known("dx lacks the variance term: x enters y through the variance, too.")
class GradientWithoutVariance(Plain):
    def dx(self, dy, mean_term, variance_term):
        return self.gamma / self.root * (dy - mean_term)


@known("dx treats mean and variance as constants: both terms are missing.")
class GradientOfConstants(Plain):
    def dx(self, dy, mean_term, variance_term):
        return self.gamma / self.root * dy


@known("dx subtracts the sums of dbeta and dgamma; divide them by N.")
class GradientOfSums(Plain):
    def dx(self, dy, mean_term, variance_term):
        return super().dx(dy, mean_term * len(dy), variance_term * len(dy))


@known("dgamma is computed with x; it needs x_hat.")
class GammaFromX(Plain):
    def backward(self, dy):
        dx = super().backward(dy)
        self.dgamma[...] = (dy * self.x).sum(axis=0)
        return dx


@known("dgamma and dbeta are means over the batch; they are sums: the loss has divided by N.")
class GradientsAveraged(Plain):
    def backward(self, dy):
        dx = super().backward(dy)
        self.dgamma /= len(dy)
        self.dbeta /= len(dy)
        return dx


@known("dgamma and dbeta are added to what stood there (+=); write: self.dgamma[...] = ...")
class GradientsAdded(Plain):
    def backward(self, dy):
        old = self.dgamma.copy(), self.dbeta.copy()
        dx = super().backward(dy)
        self.dgamma += old[0]
        self.dbeta += old[1]
        return dx
