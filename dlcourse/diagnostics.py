"""Looking inside a network while it trains, without touching its layers."""

import numpy as np

from ._arguments import function, network
from ._errors import array
from .losses import softmax_cross_entropy


def activation_statistics(model, x):
    """What every layer gives for a batch, in inference mode.

    Parameters
    ----------
    model : Sequential
    x : ndarray, shape (N, n_in)

    Returns
    -------
    dict of ndarray, one entry for each layer
        ``mean`` and ``std`` of the outputs, ``zeros`` (the share of outputs that are
        exactly 0) and ``dead`` (the share of units that are 0 for every row).

    Examples
    --------
    >>> from dlcourse import ReLU, Sequential
    >>> x = np.array([[1.0, -1.0], [2.0, -2.0]], np.float32)
    >>> activation_statistics(Sequential(ReLU()), x)["dead"].tolist()
    [0.5]
    """
    if array("x", x).ndim < 2 or len(x) == 0:
        raise ValueError(f"x must be a batch of at least one row but got shape {x.shape}")
    network("model", model).forward(x)  # refuses what does not fit the network
    rows = {"mean": [], "std": [], "zeros": [], "dead": []}
    for layer in model.layers:
        x = layer.forward(x)
        zero = x == 0
        rows["mean"].append(x.mean())
        rows["std"].append(x.std())
        rows["zeros"].append(zero.mean())
        rows["dead"].append(zero.all(axis=0).mean())
    return {name: np.array(values, float) for name, values in rows.items()}


def gradient_statistics(model, x, y, loss=softmax_cross_entropy):
    """The standard deviation of dL/d(output) at every layer, for one training pass.

    The gradients in ``model.grad`` are those of this pass afterwards; running statistics
    and streams of masks move as in training.

    Parameters
    ----------
    model : Sequential
    x, y : ndarray
        A batch and its targets.
    loss : callable

    Returns
    -------
    ndarray, one entry for each layer

    Examples
    --------
    >>> from dlcourse import Linear, ReLU, Sequential
    >>> model = Sequential(Linear(3, 8), ReLU(), Linear(8, 2))
    >>> gradient_statistics(model, np.ones((4, 3), np.float32), np.array([0, 1, 0, 1])).shape
    (3,)
    """
    function("loss", loss, "(outputs, targets) -> (loss, gradient)")
    _, dy = loss(network("model", model).forward(x, train=True), y)
    stds = []
    for layer in reversed(model.layers):
        stds.append(dy.std())
        asked, layer.input_gradient = layer.input_gradient, True
        dy = layer.backward(dy)
        layer.input_gradient = asked
    return np.array(stds[::-1], float)


def update_ratio(model, before):
    r"""How far a step moved each parameter, relative to its size.

    .. math:: \frac{\lVert \theta_\text{after} - \theta_\text{before} \rVert}
                   {\lVert \theta_\text{before} \rVert}

    Parameters
    ----------
    model : Sequential
        After the step.
    before : ndarray
        A copy of ``model.theta`` from before it.

    Returns
    -------
    dict
        ``"0.W"`` -> ratio; infinite for a parameter that was 0 and moved.

    Examples
    --------
    >>> from dlcourse import Linear, Sequential, constant
    >>> model = Sequential(Linear(1, 1, bias=False, init=constant(2.0)))
    >>> before = model.theta.copy()
    >>> model.theta -= 0.5
    >>> update_ratio(model, before)
    {'0.W': 0.25}
    """
    if array("before", before).shape != network("model", model).theta.shape:
        raise ValueError(
            f"before must be a copy of model.theta, of shape {model.theta.shape}, "
            f"but has shape {before.shape}"
        )
    ratios, begin = {}, 0
    for name, (w, _) in model.parameters().items():
        old = before[begin : begin + w.size]
        begin += w.size
        moved, size = np.linalg.norm(w.ravel() - old), np.linalg.norm(old)
        ratios[name] = float(moved / size) if size else float("inf") if moved else 0.0
    return ratios
