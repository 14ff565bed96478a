"""The formulas that docstrings print are those that the code computes."""

import inspect
import re

import cases
import numpy as np
import pytest
import registry
from docstring_formulas import Indexed, Page, blocks, clean
from formula_mistakes import mistakes
from scipy import stats

import dlcourse as dl

ACTIVATIONS = {registry.LAYERS[name].what for name in cases.ACTIVATIONS}
# Shown, but not read here: what stands there is no arithmetic of numbers.
NOT_READ = {
    "Linear": "products of matrices, which SymPy's parser would commute",
    "Dropout": "a random mask, and which of two formulas holds is said in words",
    "orthogonal": "a property of the result; test_orthogonal measures it",
    "Residual": "a composition of other layers",
    "SwiGLU": "products of matrices",
    "Uniform": "how a draw is made; test_search_spaces measures the distribution",
    "LogUniform": "as Uniform",
    "IntUniform": "as Uniform",
}


def values_of(rule):
    """The settings of a rule by the names that its formula gives them."""
    names = {"lr": r"\text{lr}", "momentum": r"\mu", "alpha": r"\alpha", "rho": r"\rho"}
    names |= {"eps": r"\epsilon", "threshold": r"\text{threshold}"}
    names |= {"weight_decay": r"\text{weight\_decay}"}
    values = {symbol: getattr(rule, name) for name, symbol in names.items() if hasattr(rule, name)}
    if hasattr(rule, "betas"):
        values[r"\beta_1"], values[r"\beta_2"] = rule.betas
    if hasattr(rule, "ns_coefficients"):
        values |= dict(zip("abc", rule.ns_coefficients, strict=True))
        values[r"\text{ratio}"] = 0.2 * 3**0.5  # match_rms_adamw, three by three
    return values


def optimizer_agrees(name, texts):
    """Sixty steps of one weight, by the code and by the text.

    Where a formula is for matrices, the text is read for diagonal ones: their products are those
    of the numbers on the diagonal.
    """
    case = registry.OPTIMIZERS[name]
    settings = dict(case.settings)
    if case.decoupled:
        settings["weight_decay"] = 0.3
    rule = case.cls()(**settings)
    zeros = dict.fromkeys(["m", "v", "s", "u"], 0.0)
    page = Page(**zeros, w=0.7, x=0.7, z=0.7, **values_of(rule))
    n, rng = 3 if case.whole else 1, np.random.default_rng(0)
    shaped = np.diag if case.whole else np.asarray  # np.diag takes the diagonal back out, too
    w = shaped([0.7] * n)
    for t in range(1, 61):
        g = rng.normal(size=n) * 10 ** rng.uniform(-2, 1, n)
        rule.step(w, shaped(g))
        page.values |= {"g": g if case.whole else float(g[0]), "t": t}
        with np.errstate(invalid="ignore"):  # RAdam's r_t in its first steps, which use none
            for text in texts:
                page.read(text)
        np.testing.assert_allclose(
            page.values["w"], shaped(w) if case.whole else w[0], rtol=1e-10, err_msg=f"step {t}"
        )


def activation_agrees(name, texts):
    """Values and slopes on both sides of 0; for what is learned its gradient."""
    case = next(c for c in registry.LAYERS.values() if c.what == name)
    layer = case.make(1)
    model = dl.Sequential(layer, dtype=np.float64)
    x = np.linspace(-4.05, 4, 29)
    dy = np.cos(3 * x)
    text = inspect.getdoc(type(layer))
    constants = re.findall(r"(\\alpha|\\lambda) = (\d+\.\d+)", text)
    given = {symbol: float(number) for symbol, number in constants}
    given |= {r"\alpha": layer.alpha} if hasattr(layer, "alpha") and not constants else {}
    a = getattr(layer, "negative_slope", 0.25)
    page = Page(**given, x=x, a=a)
    page.values |= {
        "d y": dy,
        r"\tanh x": np.tanh(x),
        r"\sigma(x)": 1 / (1 + np.exp(-x)),
        r"\Phi(x)": stats.norm.cdf(x),
        r"\varphi(x)": stats.norm.pdf(x),
    }
    for latex in texts:
        page.read(latex)
    y = model.forward(x[:, None], train=True)
    dx = model.backward(dy[:, None], input_gradient=True)
    np.testing.assert_allclose(page.values["f(x)"], y[:, 0], rtol=1e-10)
    np.testing.assert_allclose(page.values["f'(x)"] * dy, dx[:, 0], rtol=1e-9, atol=1e-14)
    for key, (_, g) in model.parameters().items():
        np.testing.assert_allclose(page.values[f"d {key.split('.')[1]}"], g[0], rtol=1e-10)


def norm_agrees(name, texts):
    """Outputs and all gradients; BatchNorm's text speaks of one unit."""
    n = 1 if name == "BatchNorm" else 3
    layer = getattr(dl, name)(n, eps=0.2)
    model = dl.Sequential(layer, dtype=np.float64)
    rng = np.random.default_rng(0)
    model.theta += rng.normal(size=model.theta.size)
    x, dy = rng.normal(size=(2, 5, n)) * 1.7 + 0.4
    y = model.forward(x, train=True)
    dx = model.backward(dy, input_gradient=True)

    def given(array):
        return Indexed(array[:, 0], "i") if n == 1 else Indexed(array, "ij")

    page = Page(x=given(x), N=5, n=n)
    page.values |= {r"\epsilon": 0.2, "d y": given(dy)}
    for key, (w, _) in model.parameters().items():
        page.values[f"\\{key[2:]}"] = float(w[0]) if n == 1 else Indexed(w, "j")
    for latex in texts:
        page.read(latex)
    found = page.values
    np.testing.assert_allclose(found["y"].array.reshape(y.shape), y, rtol=1e-10)
    np.testing.assert_allclose(found["d x"].array.reshape(y.shape), dx, rtol=1e-10)
    for key, (_, g) in model.parameters().items():
        value = found[f"d \\{key[2:]}"]
        np.testing.assert_allclose(np.ravel(getattr(value, "array", value)), g, rtol=1e-10)


def loss_agrees(name, texts):
    """The loss and the gradient."""
    rng = np.random.default_rng(1)
    z, labels = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1])
    y = rng.normal(size=z.shape) if name == "mean_squared_error" else labels
    loss, dz = getattr(dl, name)(z, y)
    hit = np.eye(3)[labels]
    page = Page(z=Indexed(z, "ij"), N=4, C=3)
    page.values["y"] = Indexed(y, "ij") if y.ndim == 2 else None
    page.values[r"[j = \text{label}_i]"] = hit.reshape(4, 3, 1)
    page.values[r"p_{i, \text{label}_i}"] = lambda values: (
        (values["p"].array * hit).sum(axis=1).reshape(4, 1, 1)
    )
    for latex in texts:
        page.read(latex)
    np.testing.assert_allclose(page.values["L"], loss, rtol=1e-12)
    np.testing.assert_allclose(page.values["d z"].array, dz, rtol=1e-10)


def initializer_agrees(name, texts):
    """The variance of 60,000 weights, within five standard errors."""
    shape = (300, 200)
    W = getattr(dl, name)(np.random.default_rng(0), shape)
    (expression,) = texts
    page = Page()
    page.values |= {r"n_\text{in}": 300, r"n_\text{out}": 200, "n": 300, r"\text{scale}": 1}
    expected = page.evaluate(expression)
    assert abs(W.var() / expected - 1) < 5 * np.sqrt(2 / W.size)


def variance_of(name):
    found = re.findall(
        r"\\operatorname\{Var\}\[w\] &?= (.*?)(?:`|\s*\\\\\n)", inspect.getdoc(getattr(dl, name))
    )
    return [clean(found[0])]


CHECKS = {}  # name -> (how it is compared, the texts)
for case_name, case in registry.OPTIMIZERS.items():
    if case_name == case.what:
        texts = blocks(case.cls())
        if case_name == "Muon":  # before, a step of Newton and Schulz, after
            texts[1:2] *= case.settings["ns_steps"]
        CHECKS[case_name] = (
            optimizer_agrees,
            texts + (blocks(dl.Adam) if case_name == "AdamW" else []),
        )
for case in registry.LAYERS.values():
    cls = getattr(dl, case.what)
    if case.what in ACTIVATIONS:
        CHECKS[case.what] = (activation_agrees, blocks(cls))
    elif "Norm" in case.what:
        CHECKS[case.what] = (norm_agrees, blocks(cls))
for name in registry.LOSSES:
    CHECKS[name] = (loss_agrees, blocks(getattr(dl, name)))
for name, case in registry.INITIALIZERS.items():
    if case.variance is not None and case.factory is None:
        CHECKS[name] = (initializer_agrees, variance_of(name))


@pytest.mark.parametrize("name", CHECKS)
def test_the_docstring_says_what_the_code_does(name):
    compare, texts = CHECKS[name]
    assert texts, f"{name} shows no formula: .. math::"
    compare(name, texts)


def test_every_formula_is_read_or_listed():
    names = set().union(*registry.public(dl).values())
    shown = {name for name in names if re.search(r"\.\. math::", inspect.getdoc(getattr(dl, name)))}
    must = {case.what for case in registry.OPTIMIZERS.values()}
    must |= {name for name in vars(dl) if name in ACTIVATIONS}
    assert must <= set(CHECKS), "optimizers and activations have no way out"
    assert shown <= set(CHECKS) | set(NOT_READ), "read it in CHECKS, or say in NOT_READ why not"


@pytest.mark.parametrize("name", CHECKS)
def test_one_mistake_in_the_docstring_is_noticed(name):
    compare, texts = CHECKS[name]
    missed, tried = [], 0
    for n, text in enumerate(texts):
        for wrong in mistakes(text):
            tried += 1
            try:
                with np.errstate(all="ignore"):
                    compare(name, [*texts[:n], wrong, *texts[n + 1 :]])
            except Exception:  # the values differ, or the text makes no sense any more
                continue
            missed.append(wrong)
    assert tried > 0
    assert not missed, missed
