# ruff: noqa: E501  a table reads best with a row on a line
"""The wrong variants: (module, top-level name, old text, new text, the check that notices)."""

import numpy as np
from mutant_checks import (
    batch_norm,
    cross_entropy,
    dropout,
    ensemble,
    function,
    gated,
    gradients,
    initializer,
    large_numbers,
    layer_norm,
    linear,
    long_columns,
    optimizer,
    orthogonal,
    rms_norm,
    squared_error,
)
from registry import INITIALIZERS, LAYERS, OPTIMIZERS

import dlcourse

LAYER = {
    name: (lambda dl, case=case: case.make(4, dl), case.formula) for name, case in LAYERS.items()
}
curve = {name: function(make, f) for name, (make, f) in LAYER.items() if f is not None}
slope = {name: gradients(make) for name, (make, _) in LAYER.items()}
step = {name: optimizer(name) for name in OPTIMIZERS}
drawn = {
    name: initializer(name) for name, case in INITIALIZERS.items() if case.variance is not None
}
linear_gradients = gradients(lambda dl: dl.Linear(4, 3))
prelu, prelu_shared = gradients(lambda dl: dl.PReLU(4)), gradients(lambda dl: dl.PReLU())
norm, across = gradients(lambda dl: dl.BatchNorm(4)), gradients(lambda dl: dl.LayerNorm(4))
rms_gradients = gradients(lambda dl: dl.RMSNorm(4))
around = function(
    lambda dl: dl.Residual(dl.ReLU(), dl.Tanh(), scale=0.7),
    lambda x: x + 0.7 * np.tanh(np.maximum(x, 0)),
)
around_gradients = gradients(LAYER["Residual around everything"][0])
in_order = gradients(lambda dl: dl.Residual(dl.Tanh(), dl.Linear(4, 4), dl.Sigmoid()))
masks = gradients(lambda dl: dl.Dropout(0.4))
he, lecun, xavier = drawn["he_normal"], drawn["lecun_uniform"], drawn["xavier_uniform"]
decayed = optimizer("SGD", weight_decay=0.3)

MUTANTS = [
    ("linear", "Linear", "y += self.b", "y -= self.b", linear),
    ("linear", "Linear", "matmul(x, self.W)", "matmul(x, abs(self.W))", linear),
    ("linear", "Linear", "np.zeros(self.n_out)", "np.ones(self.n_out)", linear),
    ("linear", "Linear", "matmul(x.T, dy, out=self.dW)", "self.dW += x.T @ dy", linear_gradients),
    ("linear", "Linear", "column_sums(dy, out=self.db)", "dy.mean(axis=0, out=self.db)", linear_gradients),
    ("linear", "Linear", "return matmul(dy, self.W.T)", "return -matmul(dy, self.W.T)", linear_gradients),
    ("activations.squashing", "Sigmoid", "np.exp(-np.abs(x))\n        return np", "np.exp(-x)\n        return np", curve["Sigmoid"]),
    ("activations.squashing", "Sigmoid", "np.maximum(e, x >= 0)", "np.maximum(e, x < 0)", curve["Sigmoid"]),
    ("activations.squashing", "Sigmoid", "e / (1 + e) ** 2", "e / (1 + e)", slope["Sigmoid"]),
    ("activations.squashing", "Tanh", "np.asarray(y * y)", "np.asarray(1 * y)", slope["Tanh"]),
    ("activations.rectified", "ReLU", "np.maximum(x, 0)", "np.maximum(x, 0.01 * x)", curve["ReLU"]),
    ("activations.rectified", "ReLU", "return x > 0", "return x < 0", slope["ReLU"]),
    ("activations.rectified", "ReLU2", "np.square(np.maximum(x, 0))", "np.square(x)", curve["ReLU2"]),
    ("activations.rectified", "ReLU2", "2 * np.maximum", "np.maximum", slope["ReLU2"]),
    ("gated", "SwiGLU", "silu.f(h)", "silu.f(v)", gated),
    ("gated", "SwiGLU", "gate * v", "gate + v", gated),
    ("gated", "SwiGLU", "silu.df(h, gate) * v", "silu.df(h, gate)", slope["SwiGLU"]),
    ("gated", "SwiGLU", "dv = gate * dy", "dv = h * dy", slope["SwiGLU"]),
    ("gated", "SwiGLU", "matmul(x.T, dv, out=self.dV)", "matmul(x.T, dh, out=self.dV)", slope["SwiGLU"]),
    ("gated", "SwiGLU", " + matmul(dv, self.V.T)", "", slope["SwiGLU"]),
    ("activations.rectified", "LeakyReLU", "self.negative_slope * x)", "-self.negative_slope * x)", curve["LeakyReLU"]),
    ("activations.rectified", "LeakyReLU", "x.dtype.type(self.negative_slope)", "x.dtype.type(0)", slope["LeakyReLU"]),
    ("activations.rectified", "PReLU", "np.minimum(x, 0) * dy", "np.maximum(x, 0) * dy", prelu),
    ("activations.rectified", "PReLU", "column_sums(da)", "da.mean(axis=0)", prelu),
    ("activations.rectified", "PReLU", "da.sum() if", "da.mean() if", prelu_shared),
    ("activations.exponential", "ELU", "np.expm1(", "np.exp(", curve["ELU"]),
    ("activations.exponential", "ELU", "self.alpha * np.exp(", "np.exp(", slope["ELU"]),
    ("activations.exponential", "SELU", "1.0507009873554804934", "1.0", curve["SELU"]),
    ("activations.exponential", "SELU", "1.6732632423543772848", "1.0507009873554804934", curve["SELU"]),
    ("activations.exponential", "ELU", "self.scale * np.where", "np.where", slope["SELU"]),
    ("activations.exponential", "SERLU", "2.90427123333", "1.6732632423543772848", curve["SERLU"]),
    ("activations.exponential", "SERLU", "self.alpha * (1 + left)", "self.alpha * left", slope["SERLU"]),
    ("activations.smooth", "GELU", "near * normal_cdf(near)", "near * normal_cdf(1.702 * near)", curve["GELU"]),
    ("activations.smooth", "GELU", "+ near * normal_pdf(near)", "+ normal_pdf(near)", slope["GELU"]),
    ("activations.smooth", "SiLU", "np.clip(x, -FAR, FAR) * super", "super", slope["SiLU"]),
    ("_special", "normal_cdf", "math.sqrt(0.5)", "math.sqrt(2)", curve["GELU"]),
    ("_special", "normal_cdf", "(x > 0) - below", "(x < 0) - below", curve["GELU"]),
    ("batchnorm", "BatchNorm", "x_hat) / N\n", "x_hat) / (N - 1)\n", batch_norm),
    ("batchnorm", "BatchNorm", "var * (N / (N - 1))", "var", batch_norm),
    ("batchnorm", "BatchNorm", "running += share", "running += (1 - share)", batch_norm),
    ("batchnorm", "BatchNorm", "np.ones(self.n), \"beta\"", "np.zeros(self.n), \"beta\"", batch_norm),
    ("batchnorm", "BatchNorm", "self.running_var = np.ones", "self.running_var = np.zeros", batch_norm),
    ("batchnorm", "BatchNorm", "1 / np.sqrt(var + self.eps)", "1 / (np.sqrt(var) + self.eps)", batch_norm),
    ("batchnorm", "BatchNorm", "np.sqrt(self.running_var + self.eps)", "np.sqrt(self.running_var)", batch_norm),
    ("batchnorm", "BatchNorm", "(x - self.running_mean)", "(x - x.mean(axis=0))", batch_norm),
    ("batchnorm", "BatchNorm", "self.dgamma * (-1 / N)", "self.dgamma * 0", norm),
    ("batchnorm", "BatchNorm", "dx -= self.dbeta * (1 / N)", "pass", norm),
    ("batchnorm", "BatchNorm", "dx *= self.gamma * inv_std", "dx *= inv_std", norm),
    ("layernorm", "LayerNorm", "x.mean(axis=1, keepdims=True)", "x.mean(axis=0, keepdims=True)", layer_norm),
    ("layernorm", "LayerNorm", "+ self.beta", "- self.beta", layer_norm),
    ("layernorm", "LayerNorm", "- x_hat * slope", "", across),
    ("layernorm", "LayerNorm", "d_hat = dy * self.gamma", "d_hat = dy", across),
    ("layernorm", "LayerNorm", "column_products(dy, x_hat", "column_products(dy, dy", across),
    ("layernorm", "RMSNorm", "(x * x).mean", "(x * x).sum", rms_norm),
    ("layernorm", "RMSNorm", "keepdims=True) + eps", "keepdims=True)", rms_norm),
    ("layernorm", "RMSNorm", "finfo(x.dtype).eps)", "finfo(x.dtype).tiny)", rms_norm),
    ("layernorm", "RMSNorm", "- x_hat * slope", "", rms_gradients),
    ("layernorm", "RMSNorm", "d_hat = dy * self.gamma", "d_hat = dy", rms_gradients),
    ("layernorm", "RMSNorm", "column_products(dy, x_hat", "column_products(dy, dy", rms_gradients),
    ("residual", "Residual", "x + self.scale * self._like", "self.scale * self._like", around),
    ("residual", "Residual", "x + self.scale * self._like", "x + self._like", around),
    ("residual", "Residual", "h = layer.forward(h,", "h = layer.forward(x,", around),
    ("residual", "Residual", "dh = self.scale * dy", "dh = 1 * dy", around_gradients),
    ("residual", "Residual", "return dy + self._like", "return self._like", around_gradients),
    ("residual", "Residual", "self.layers[::-1]", "self.layers", in_order),
    ("_statistics", "standardize_large", "np.ldexp(root_eps, -k)", "root_eps", large_numbers),
    ("_statistics", "standardize_large", "np.ldexp(mean, k)", "mean", large_numbers),
    ("_statistics", "standardize_large", "small -= mean", "", large_numbers),
    ("_statistics", "_in_pieces", "total += partial", "total = partial", long_columns),
    ("dropout", "Dropout", "< 1 - self.rate", "< self.rate", dropout),
    ("dropout", "Dropout", "1 / (1 - self.rate) if", "1 / self.rate if", dropout),
    ("dropout", "Dropout", "x if self.inverted else x * (1 - self.rate)", "x * (1 - self.rate)", dropout),
    ("dropout", "Dropout", "random(x.shape,", "random((1, *x.shape[1:]),", dropout),
    ("dropout", "Dropout", "random(x.shape,", "random((len(x), 1),", dropout),
    ("dropout", "Dropout", "return m * dy", "return dy", masks),
    ("thinned", "subnetworks", "(1 - d.rate) ** kept", "d.rate ** kept", ensemble),
    ("dropout", "drop_columns", "W * mask", "W * (1 - mask)", ensemble),
    ("losses", "softmax_cross_entropy", "z = z - row_max(z)", "pass", cross_entropy),
    ("losses", "softmax_cross_entropy", "p /= N", "p /= 1", cross_entropy),
    ("losses", "softmax_cross_entropy", "p.take(right) - 1", "-1", cross_entropy),
    ("losses", "softmax_cross_entropy", "p.sum(axis=1, keepdims=True)", "p.sum()[None, None]", cross_entropy),
    ("losses", "mean_squared_error", "2 / error.size", "2 / len(error)", squared_error),
    ("losses", "mean_squared_error", "np.mean(error * error)", "np.mean(error * error) / 2", squared_error),
    ("initializers.named_rules", "he_normal", "2.0", "1.0", he),
    ("initializers.named_rules", "he_normal", "fan_in", "fan_out", he),
    ("initializers.named_rules", "lecun_uniform", "1.0", "2.0", lecun),
    ("initializers.named_rules", "xavier_uniform", "fan_avg", "fan_in", xavier),
    ("initializers.named_rules", "xavier_uniform", "uniform\")", "normal\")", xavier),
    ("initializers.variance", "variance_scaling", "math.sqrt(3) * math.sqrt(variance)", "math.sqrt(variance)", lecun),
    ("initializers.variance", "variance_scaling", "0.0, math.sqrt(variance)", "0.0, variance", he),
    ("initializers.variance", "variance_scaling", "(n_in + n_out) / 2", "n_in + n_out", xavier),
    ("initializers.other_starts", "orthogonal", "q *= np.sign(np.diag(r))", "pass", orthogonal),
    ("optimizers.base", "Optimizer", "np.multiply(x, 1 - beta,", "np.multiply(x, 1,", step["RMSprop"]),
    ("optimizers.base", "Optimizer", "np.multiply(w, strength,", "np.multiply(w, -strength,", decayed),
    ("optimizers.base", "Optimizer", "1 - self.lr * strength", "1 - strength", step["AdamW"]),
    # those of an optimizer stand in its entry
    *(
        (vars(dlcourse)[case.what].__module__.removeprefix("dlcourse."), case.what, *mutant, step[name])
        for name, case in OPTIMIZERS.items()
        for mutant in case.mutants
    ),
]  # fmt: skip
