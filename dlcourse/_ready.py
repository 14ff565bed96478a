"""What `fit` can know before the first step, it says before the first step.

Nothing here changes weights, streams, optimizers or files.
"""

import inspect
import numbers
from functools import partial

import numpy as np

from ._arguments import network
from ._bars import bar_class
from ._errors import array, finite, not_negative
from ._nested import by_place
from .batches import last_batch, rows
from .evaluation import are_classes


def data_pair(name, pair):
    """Check a pair (inputs, targets): as many of the one as of the other, all finite."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(f"{name} must be a pair (inputs, targets) but got {type(pair).__name__}")
    x = array(f"{name} inputs", pair[0])
    x, y = rows(f"{name} inputs", x), rows(f"{name} targets", pair[1])
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(
            f"{name} needs as many targets as inputs, at least one, but got {len(x)} inputs "
            f"and {len(y)} targets"
        )
    if y.dtype.kind == "f":
        finite(f"{name} targets", y)
    return finite(f"{name} inputs", x), y


FORMS = {
    "loss": "(outputs, targets) -> (loss, gradient)",
    "schedule": "(t) -> factor",
    "on_epoch": "(epoch, model, history)",
}


def check_functions(**functions):
    """Can the arguments that should be functions be called?"""
    for name, value in functions.items():
        if not callable(value) and (value is not None or name == "loss"):
            raise TypeError(f"{name} must be a function {FORMS[name]} but got {value!r:.60}")


def check_data(model, train, valid, loss, batch_size, monitor):
    """Do network, loss and data fit together, down to the last label and the last batch?"""
    network("model", model)
    layers = by_place(model.layers).values()
    n, least = len(train[0]), max((layer.min_rows for layer in layers), default=1)
    last = last_batch(n, batch_size)
    if last < least:
        layer = next(layer for layer in layers if layer.min_rows > last)
        raise ValueError(
            f"{layer} needs at least {least} rows in every training batch, but {n} examples in "
            f"batches of {batch_size} leave a batch of {'one' if last == 1 else last}; choose "
            f"another batch_size, or leave out the last {last}: x[:-{last}], y[:-{last}]"
        )
    # As many rows at once as are quick, in whole batches: no part is smaller than a batch.
    _check_targets(model, *train, loss, batch_size * max(1, 1000 // batch_size))
    if valid is not None:
        scores = _check_targets(model, *valid, loss, len(valid[0]))
        if monitor == "valid_accuracy" and not are_classes(scores, valid[1]):
            raise ValueError(
                "monitor='valid_accuracy' needs class numbers as targets, whole numbers of "
                f"shape (N,), but valid has {valid[1].dtype} of shape {valid[1].shape}; "
                f"use monitor='valid_loss'"
            )


def _check_targets(model, x, y, loss, size):
    """Let the loss look at all targets, beside the outputs of the first row for every row."""
    scores = model.forward(x[:1])
    for start in range(0, len(y), size):
        part = y[start : start + size]
        z = np.repeat(scores, len(part), axis=0)
        with np.errstate(all="ignore"):
            result = loss(z, part)
        if not (isinstance(result, tuple) and len(result) == 2):
            raise TypeError(
                f"loss must return two things, the loss and its gradient with respect to the "
                f"outputs, but got {type(result).__name__}"
            )
        value, dz = result
        if np.ndim(value) != 0 or np.asarray(value).dtype.kind not in "iuf":
            raise TypeError(f"loss must return a number first but got {value!r:.60}")
        if not isinstance(dz, np.ndarray) or dz.shape != z.shape or dz.dtype != z.dtype:
            got = f"{dz.dtype} of shape {dz.shape}" if isinstance(dz, np.ndarray) else repr(dz)
            raise TypeError(
                f"loss must return a gradient like the outputs, {z.dtype} of shape {z.shape}, "
                f"but got {got:.60}"
            )
    return scores


def check_optimizer(optimizer, theta, saved):
    """Has the optimizer what `fit` uses: lr, step(w, g) and, to be saved, its two functions?"""
    has_both = hasattr(optimizer, "lr") and callable(getattr(optimizer, "step", None))
    if isinstance(optimizer, type) or not has_both:
        raise TypeError(
            f"optimizer must be an object with lr and step(w, g), such as Adam(lr=1e-3), "
            f"but got {optimizer!r:.60}"
        )
    if not isinstance(optimizer.lr, np.ndarray):
        not_negative("optimizer.lr", optimizer.lr)
    _takes(optimizer, "step", "(w, g)", theta, theta)
    try:
        optimizer.lr = optimizer.lr
    except AttributeError as error:
        raise TypeError(
            f"{optimizer!r:.60}: lr must be an attribute that can be set ({error}); fit sets it "
            f"at every step"
        ) from None
    if not saved:
        return
    missing = [name for name in ("state_dict", "load_state_dict") if not hasattr(optimizer, name)]
    if missing:
        raise TypeError(
            f"{optimizer!r:.60} cannot be saved, since it has no {' and no '.join(missing)}; give "
            f"it state_dict(), a dict of arrays, and load_state_dict(state, like), where like is "
            f"the array of weights (a subclass of Optimizer has both), or leave out checkpoint"
        )
    _takes(optimizer, "load_state_dict", "(state, like)", {}, like=theta)
    state = optimizer.state_dict()
    bad = [
        name
        for name, value in (state.items() if isinstance(state, dict) else [("state_dict", None)])
        if not isinstance(name, str) or np.asarray(value).dtype.hasobject
    ]
    if bad:
        raise TypeError(
            f"{optimizer!r:.60} cannot be saved: state_dict() must return a dict of names and "
            f"arrays of numbers, which {bad[0]!r} breaks; leave out what is not there yet"
        )


def _takes(owner, name, form, *args, **kwargs):
    """Check that a method takes these arguments, without calling it."""
    try:
        inspect.signature(getattr(owner, name)).bind(*args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{owner!r:.60}: {name} must take {form} ({error})") from None
    except ValueError:  # a function of another language, which says nothing about itself
        pass


def factor(schedule, t):
    """What the schedule says for step t, as a Python float, which widens no float32 array."""
    return not_negative(f"schedule({t})", schedule(t))


def step_count(optimizer, otherwise):
    """The optimizer's own count of steps, or what `fit` has counted for one that counts none."""
    t = getattr(optimizer, "t", None)
    return int(t) if isinstance(t, numbers.Integral) else otherwise


def progress_bar(progress):
    """What goes around the epochs: nothing, or a tqdm bar when asked for."""
    tqdm = bar_class(progress)
    return iter if tqdm is None else partial(tqdm, unit="epoch")
