# ruff: noqa: E501  a table reads best with a row on a line
"""The wrong variants: (module, top-level name, old text, new text, the check that notices)."""

from mutant_checks import (
    batch_norm,
    cross_entropy,
    dropout,
    ensemble,
    function,
    gradients,
    initializer,
    layer_norm,
    linear,
    optimizer,
    orthogonal,
    squared_error,
)
from registry import INITIALIZERS, LAYERS, OPTIMIZERS

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
masks = gradients(lambda dl: dl.Dropout(0.4))
he, lecun, xavier = drawn["he_normal"], drawn["lecun_uniform"], drawn["xavier_uniform"]
decayed = optimizer("SGD", weight_decay=0.3)

MUTANTS = [
    ("layers", "Linear", "y += self.b", "y -= self.b", linear),
    ("layers", "Linear", "matmul(x, self.W)", "matmul(x, abs(self.W))", linear),
    ("layers", "Linear", "np.zeros(self.n_out)", "np.ones(self.n_out)", linear),
    ("layers", "Linear", "matmul(x.T, dy, out=self.dW)", "self.dW += x.T @ dy", linear_gradients),
    ("layers", "Linear", "dy.sum(axis=0, out=self.db)", "dy.mean(axis=0, out=self.db)", linear_gradients),
    ("layers", "Linear", "return matmul(dy, self.W.T)", "return -matmul(dy, self.W.T)", linear_gradients),
    ("activations", "Sigmoid", "np.exp(-np.abs(x))", "np.exp(-x)", curve["Sigmoid"]),
    ("activations", "Sigmoid", "np.where(x >= 0, 1, e)", "np.where(x >= 0, e, 1)", curve["Sigmoid"]),
    ("activations", "Sigmoid", "return y * (1 - y)", "return y * (1 + y)", slope["Sigmoid"]),
    ("activations", "Tanh", "1 - y * y", "1 - y", slope["Tanh"]),
    ("activations", "ReLU", "np.maximum(x, 0)", "np.maximum(x, 0.01 * x)", curve["ReLU"]),
    ("activations", "ReLU", "return x > 0", "return x < 0", slope["ReLU"]),
    ("activations", "LeakyReLU", "self.negative_slope * x)", "-self.negative_slope * x)", curve["LeakyReLU"]),
    ("activations", "LeakyReLU", "x.dtype.type(self.negative_slope)", "x.dtype.type(0)", slope["LeakyReLU"]),
    ("activations", "PReLU", "np.minimum(x, 0) * dy", "np.maximum(x, 0) * dy", prelu),
    ("activations", "PReLU", "da.sum(axis=0)", "da.mean(axis=0)", prelu),
    ("activations", "PReLU", "da.sum() if", "da.mean() if", prelu_shared),
    ("activations", "ELU", "np.expm1(", "np.exp(", curve["ELU"]),
    ("activations", "ELU", "y + self.scale * self.alpha", "y + self.scale", slope["ELU"]),
    ("activations", "SELU", "1.0507009873554804934", "1.0", curve["SELU"]),
    ("activations", "SELU", "1.6732632423543772848", "1.0507009873554804934", curve["SELU"]),
    ("activations", "ELU", "x.dtype.type(self.scale)", "x.dtype.type(1)", slope["SELU"]),
    ("activations", "SERLU", "2.90427123333", "1.6732632423543772848", curve["SERLU"]),
    ("activations", "SERLU", "self.alpha * (1 + x)", "self.alpha * x", slope["SERLU"]),
    ("activations", "GELU", "return x * normal_cdf(x)", "return x * normal_cdf(1.702 * x)", curve["GELU"]),
    ("activations", "GELU", "+ x * normal_pdf(x)", "+ normal_pdf(x)", slope["GELU"]),
    ("activations", "SiLU", "s * (1 + x * (1 - s))", "s * (1 - s)", slope["SiLU"]),
    ("_special", "normal_cdf", "math.sqrt(0.5)", "math.sqrt(2)", curve["GELU"]),
    ("_special", "normal_cdf", "1 - below, below", "below, 1 - below", curve["GELU"]),
    ("batchnorm", "BatchNorm", "x_hat) / N", "x_hat) / (N - 1)", batch_norm),
    ("batchnorm", "BatchNorm", "var * (N / (N - 1))", "var", batch_norm),
    ("batchnorm", "BatchNorm", "self.running_mean += self.momentum", "self.running_mean += (1 - self.momentum)", batch_norm),
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
    ("layernorm", "LayerNorm", "np.sum(dy * x_hat, axis=0", "np.sum(dy, axis=0", across),
    ("dropout", "Dropout", "< 1 - self.rate", "< self.rate", dropout),
    ("dropout", "Dropout", "1 / (1 - self.rate) if", "1 / self.rate if", dropout),
    ("dropout", "Dropout", "x if self.inverted else x * (1 - self.rate)", "x * (1 - self.rate)", dropout),
    ("dropout", "Dropout", "random(x.shape,", "random((1, *x.shape[1:]),", dropout),
    ("dropout", "Dropout", "random(x.shape,", "random((len(x), 1),", dropout),
    ("dropout", "Dropout", "return m * dy", "return dy", masks),
    ("dropout", "subnetworks", "(1 - layer.rate) ** kept", "layer.rate ** kept", ensemble),
    ("dropout", "drop_columns", "W * mask", "W * (1 - mask)", ensemble),
    ("losses", "softmax_cross_entropy", "z = z - z.max(axis=1, keepdims=True)", "pass", cross_entropy),
    ("losses", "softmax_cross_entropy", "p /= N", "p /= 1", cross_entropy),
    ("losses", "softmax_cross_entropy", "p[rows, labels] -= 1", "p[rows, labels] = -1", cross_entropy),
    ("losses", "softmax_cross_entropy", "p.sum(axis=1, keepdims=True)", "p.sum()[None, None]", cross_entropy),
    ("losses", "mean_squared_error", "2 / error.size", "2 / len(error)", squared_error),
    ("losses", "mean_squared_error", "np.mean(error * error)", "np.mean(error * error) / 2", squared_error),
    ("initializers", "he_normal", "2.0", "1.0", he),
    ("initializers", "he_normal", "fan_in", "fan_out", he),
    ("initializers", "lecun_uniform", "1.0", "2.0", lecun),
    ("initializers", "xavier_uniform", "fan_avg", "fan_in", xavier),
    ("initializers", "xavier_uniform", "uniform\")", "normal\")", xavier),
    ("initializers", "variance_scaling", "math.sqrt(3 * variance)", "math.sqrt(variance)", lecun),
    ("initializers", "variance_scaling", "0.0, math.sqrt(variance)", "0.0, variance", he),
    ("initializers", "variance_scaling", "(n_in + n_out) / 2", "n_in + n_out", xavier),
    ("initializers", "orthogonal", "q *= np.sign(np.diag(r))", "pass", orthogonal),
    ("optimizers.momentum", "SGD", "w -=", "w +=", step["SGD"]),
    ("optimizers.momentum", "Momentum", "self.v += g", "self.v += (1 - self.momentum) * g", step["Momentum"]),
    ("optimizers.momentum", "Momentum", "self.v *= self.momentum", "self.v *= 0", step["Momentum"]),
    ("optimizers.momentum", "NAG", "ahead += g", "pass", step["NAG"]),
    ("optimizers.base", "Optimizer", "np.multiply(x, 1 - beta,", "np.multiply(x, 1,", step["RMSprop"]),
    ("optimizers.base", "Optimizer", "np.multiply(w, strength,", "np.multiply(w, -strength,", decayed),
    ("optimizers.adaptive", "Adagrad", "self.s += np.square", "self.s[...] = np.square", step["Adagrad"]),
    ("optimizers.adaptive", "Adagrad", "root += self.eps", "pass", step["Adagrad"]),
    ("optimizers.adaptive", "Adadelta", "np.square(delta, self.scratch)", "np.square(g, self.scratch)", step["Adadelta"]),
    ("optimizers.adaptive", "Adadelta", "np.add(self.u, self.eps", "np.add(self.u, 0.5", step["Adadelta"]),
    ("optimizers.adaptive", "RMSprop", "np.sqrt(self.s, self.scratch)", "np.add(self.s, 0, self.scratch)", step["RMSprop"]),
    ("optimizers.adam", "Adam", "self.average(self.v, beta2,", "self.average(self.v, beta1,", step["Adam"]),
    ("optimizers.adam", "Adam", "math.sqrt(1 - beta2**self.t)", "1.0", step["Adam"]),
    ("optimizers.adam", "Adam", "self.eps * correction", "self.eps", step["Adam"]),
    ("optimizers.adam", "Adam", "correction / (1 - beta1**self.t)", "correction", step["Adam"]),
    ("optimizers.adam", "Adam", "np.maximum(self.v_max", "np.minimum(self.v_max", step["AMSGrad"]),
    ("optimizers.base", "Optimizer", "1 - self.lr * strength", "1 - strength", step["AdamW"]),
    ("optimizers.adam", "AdamW", "decoupled = True", "decoupled = False", step["AdamW"]),
    ("optimizers.adam", "RAdam", "rho_inf = 2 / (1 - beta2) - 1", "rho_inf = 2 / (1 - beta2)", step["RAdam"]),
    ("optimizers.adam", "RAdam", "rho <= self.threshold", "rho <= 4", step["RAdam"]),
    ("optimizers.adam", "RAdam", " * math.sqrt(1 - beta2**self.t)", "", step["RAdam"]),
    ("optimizers.adam", "RAdam", "2 * self.t * beta2", "self.t * beta2", step["RAdam"]),
]  # fmt: skip
