# ruff: noqa: E501
"""Thirty wrong answers of a second pair of eyes, made like those of fresh_wrong.py.

(topic, what is wrong) -> old and new, in pairs, in the plain answer of the topic (one text alone
is the whole answer), and words that the message must hold. When they were written, all were
refused and 19 of the 28 for the checks were named; the names of the other nine came afterwards.
"""

SECOND_WRONG = {
("Adam", "t is counted after its use"): ("        self.t += 1\n", "", "eps)\n", "eps)\n        self.t += 1\n", "t is one behind"),
("Adam", "the betas swapped"): ("b1, b2 = self.betas", "b2, b1 = self.betas", "betas are swapped"),
("Adam", "uphill"): ("w -= self.lr", "w += self.lr", "uphill"),
("Adam", "sizes instead of squares"): ("(1 - b2) * g**2", "(1 - b2) * np.abs(g)", "g**2"),
("Adam", "the corrections swapped"): ("self.m / (1 - b1**self.t)", "self.m / (1 - b2**self.t)", "self.v / (1 - b2**self.t)", "self.v / (1 - b1**self.t)", "swapped"),
("Adam", "times t"): ("1 - b1**self.t", "1 - b1 * self.t", "1 - b2**self.t", "1 - b2 * self.t", "a power"),
("batchnorm", "dgamma of the centred x"): ("(self.x_hat * dy).sum(axis=0)", "(self.x_hat * self.std * dy).sum(axis=0)", "x_hat"),
("batchnorm", "dbeta is a mean"): ("self.dbeta[...] = dy.sum(axis=0)", "self.dbeta[...] = dy.mean(axis=0)", "- self.dbeta / N", "- self.dbeta", "sum"),
("batchnorm", "backward without gamma"): ("return self.gamma / self.std * inner", "return inner / self.std", "gamma"),
("batchnorm", "the wrong sign of the variance"): ("- self.x_hat * self.dgamma / N", "+ self.x_hat * self.dgamma / N", "sign"),
("batchnorm", "backward with the running variance"): ("return self.gamma / self.std * inner", "return self.gamma / np.sqrt(self.running_var + self.eps) * inner", "running"),
("batchnorm", "sums where means belong"): ("dy - self.dbeta / N - self.x_hat * self.dgamma / N", "dy - self.dbeta - self.x_hat * self.dgamma", "N"),
("dropout", "the scaling at inference"): ("            return x\n", "            return x * (1 - self.rate)\n", "keep.astype(x.dtype) / (1 - self.rate)", "keep.astype(x.dtype)", "inference"),
("dropout", "divided by the rate"): ("keep.astype(x.dtype) / (1 - self.rate)", "keep.astype(x.dtype) / self.rate", "1 - rate"),
("dropout", "multiplied instead of divided"): ("keep.astype(x.dtype) / (1 - self.rate)", "keep.astype(x.dtype) * (1 - self.rate)", "divide"),
("dropout", "a new mask backward"): ("return self.mask * dy", "return (self.rng.random(dy.shape) < 1 - self.rate) * dy / (1 - self.rate)", "mask"),
("dropout", "zeros written into x"): ("return self.mask * x", "x *= self.mask\n        return x", "into"),
("dropout", "numbers of the whole program"): ("self.rng.random(x.shape)", "np.random.rand(*x.shape)", "self.rng"),
("he_normal", "one instead of two"): ("2 / n_in", "1 / n_in", "2"),
("he_normal", "both sides"): ("2 / n_in", "2 / (n_in + n_out)", "n_in + n_out"),
("he_normal", "uniform in the bound of the deviation"): ("rng.normal(0, np.sqrt(2 / n_in), shape)", "rng.uniform(-np.sqrt(2 / n_in), np.sqrt(2 / n_in), shape)", "the draw is uniform"),
("he_normal", "numbers of the whole program"): ("rng.normal(0, np.sqrt(2 / n_in), shape)", "np.random.randn(*shape) * np.sqrt(2 / n_in)", "rng"),
("he_normal", "rows and columns swapped"): ("return rng.normal(0, np.sqrt(2 / n_in), shape)", "return rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))", "shape"),
("he_normal", "the root of two alone"): ("np.sqrt(2 / n_in)", "np.sqrt(2) / n_in", "the 2 alone"),
("narrow", "failed trials stay"): ("for i in trials.order():", "for i in sorted(range(len(trials.scores)), key=lambda i: -np.nan_to_num(trials.scores[i], nan=1e9)):", "failed"),
("narrow", "others' trials stay"): ("if all(config[name] in values for name, values in space.items()):", "if True:", "outside"),
("narrow", "one is enough"): ("max(2, math.ceil(keep * len(inside)))", "max(1, math.ceil(keep * len(inside)))", "two"),
("narrow", "all are kept"): ("inside[:k]", "inside", "all trials"),
("log_uniform", "two kinds of logarithm"): ("def f(u, low, high):\n    return np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))", "should be"),
("log_uniform", "from the wrong end"): ("def f(u, low, high):\n    return high * (low / high) ** u", "should be"),
}  # fmt: skip
