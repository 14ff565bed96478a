"""The objective of most searches: build a network, train it briefly, validate it."""

import warnings

import numpy as np

from .._errors import whole_number
from ..losses import softmax_cross_entropy
from ..optimizers import Adam
from ..training import accuracy, fit
from .reading import Noted, arguments, settings_of
from .texts import label


def objective_for(
    build,
    data,
    *,
    optimizer=Adam,
    epochs=5,
    batch_size=50,
    loss=softmax_cross_entropy,
    score=accuracy,
):
    """An objective that trains a network with a configuration and scores it.

    Parameters
    ----------
    build : callable
        ``build(config, seed) -> Sequential``.
    data : ((ndarray, ndarray), (ndarray, ndarray)) or callable
        Training and validation data, or a function without arguments that returns
        them, such as ``functools.partial(mnist, 3000, 1000, size=14)``. The function is
        called once in each worker, so that no data travel: use it on a cluster.
    optimizer : class or callable
        An optimizer's class, of the library or your own, gets those entries of the
        configuration that are its arguments: ``lr``, ``weight_decay``, ``momentum``, ...;
        so does a ``functools.partial`` of one. Anything else is a function
        ``f(config) -> optimizer``.
    epochs : int
        Passes over the training data; `successive_halving` sets its own.
    batch_size : int
        Examples in a step, unless the configuration has a ``batch_size``.
    loss : callable
        As in `fit`.
    score : callable
        ``score(model, x, y) -> float`` on the validation data, higher is better.

    Returns
    -------
    Objective
        ``objective(config, seed, epochs=None, checkpoint=None) -> float``. It can be pickled
        if `build` and the others can. The seed is that of the starting weights and of the
        batches. With a checkpoint the run goes on from that file, as in `fit`.

    Raises
    ------
    TypeError, ValueError
        If `build` is no function, `data` no pair of pairs, or a number is too small; from
        a search, before its first trial, if neither `build` nor the optimizer reads one of
        the names in the space (`build` is called to see which ones it reads).

    Examples
    --------
    >>> from dlcourse import Linear, LogUniform, ReLU, Sequential, mnist, random_search
    >>> def build(config, seed):
    ...     return Sequential(Linear(196, 16), ReLU(), Linear(16, 10), seed=seed)
    >>> objective = objective_for(build, mnist(500, 500, size=14), epochs=2)
    >>> trials = random_search(objective, {"lr": LogUniform(1e-4, 1)}, trials=4)
    >>> 0.6 < trials.best_score < 0.9
    True
    """
    return Objective(build, data, optimizer, epochs, batch_size, loss, score)


class Objective:
    """What `objective_for` makes; its text names everything that it depends on."""

    def __init__(self, build, data, optimizer, epochs, batch_size, loss, score):
        for name, function in (("build", build), ("optimizer", optimizer), ("score", score)):
            if not callable(function):
                raise TypeError(f"{name} must be a function but got {function!r}")
        self.build, self.optimizer, self.loss, self.score = build, optimizer, loss, score
        self.epochs = whole_number("epochs", epochs)
        self.batch_size = whole_number("batch_size", batch_size)
        self.source = data if callable(data) else None
        self.loaded = None if callable(data) else _pairs(data)

    def data(self):
        """Training and validation data, loaded on first use."""
        if self.loaded is None:
            self.loaded = _pairs(self.source())
        return self.loaded

    def __call__(self, config, seed, epochs=None, checkpoint=None):
        train, valid = self.data()
        model = self.build(config, seed)
        fit(
            model,
            train,
            optimizer=self.make_optimizer(config),
            loss=self.loss,
            epochs=self.epochs if epochs is None else epochs,
            batch_size=config.get("batch_size", self.batch_size),
            seed=seed,
            checkpoint=checkpoint,
        )
        return self.score(model, *valid)

    def make_optimizer(self, config):
        """The optimizer of a configuration."""
        if arguments(self.optimizer) is None:
            return self.optimizer(config)
        return self.optimizer(**settings_of(self.optimizer, config))

    def check_space(self, configs, seeds):
        """Refuse a space with a name that nothing reads in any of the configurations."""
        known = arguments(self.optimizer)
        read = {"batch_size", *([] if known is None else settings_of(self.optimizer, configs[0]))}
        failed = None
        for config, seed in zip(configs, seeds, strict=True):
            if read.issuperset(config):
                return
            noted = Noted(config, read)
            try:
                self.build(noted, int(seed))
                if known is None:
                    self.optimizer(noted)
            except Exception as error:
                failed = error  # its trial will say so; it may have read more otherwise
        if failed is not None:
            return self._warn([name for name in configs[0] if name not in read], failed)
        unread = [name for name in configs[0] if name not in read]
        if unread:
            names = [] if known is None else known[0]
            built = sorted(read - {"batch_size", *names})
            raise ValueError(
                f"nothing reads space[{unread[0]!r}]: {label(self.optimizer)} takes "
                f"{', '.join(names) or 'no name'}, {label(self.build)} reads "
                f"{', '.join(built) or 'no name'}, and there is batch_size; rename or remove it"
            )

    def _warn(self, unread, error):
        """Say which names nothing read where some networks could not be built."""
        if unread:
            warnings.warn(
                f"nothing reads space[{unread[0]!r}] where the network can be built; elsewhere "
                f"that is not known, since {label(self.build)} raises {type(error).__name__}: "
                f"{error}",
                stacklevel=5,
            )

    def __getstate__(self):
        state = dict(self.__dict__)
        if self.source is not None:
            state["loaded"] = None  # the worker loads its own
        return state

    def __repr__(self):
        parts = [self.build, self.optimizer, self.loss, self.score]
        data = label(self.source) if self.source is not None else f"data {_checksum(self.loaded)}"
        return (
            f"Objective({', '.join([label(parts[0]), data, *map(label, parts[1:])])}, "
            f"epochs={self.epochs}, batch_size={self.batch_size})"
        )


def _pairs(data):
    """Check that data are ((x, y), (x, y))."""
    try:
        (x, y), (valid_x, valid_y) = data
    except (TypeError, ValueError):
        raise TypeError(
            f"data must be ((x, labels), (valid_x, valid_labels)) or a function that returns "
            f"that, but got {type(data).__name__}"
        ) from None
    return (x, y), (valid_x, valid_y)


def _checksum(pairs):
    """The same eight digits for the same data."""
    from zlib import crc32

    value = 0
    for pair in pairs:
        for array in pair:
            array = np.asarray(array)  # labels may be a list, a Series or a tensor
            plain = label(array.tolist()).encode() if array.dtype.hasobject else array.tobytes()
            value = crc32(plain, value)
    return f"{value:08x}"
