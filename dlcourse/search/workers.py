"""One trial, wherever it runs: what is sent to a worker, and what comes back."""

import math
import pickle
import sys
from contextlib import contextmanager
from threading import Lock

from .choices import label

# In a worker: the objective that was unpickled last, so that its data are read once.
_unpacked = {"token": None, "objective": None}
# Trials that run in this process now, and what holds its BLAS libraries at one thread.
_blas = {"running": 0, "modules": -1, "controller": None, "limit": None}
_lock = Lock()


def attempt(objective, config, seed, *budget):
    """Run one trial here; returns (score, None) or (NaN, why it failed)."""
    try:
        with one_blas_thread():
            score = objective(dict(config), seed, *budget)
        if getattr(score, "ndim", None) == 0:
            score = score.item()
        if isinstance(score, bool) or not isinstance(score, (int, float)):
            return float("nan"), f"the objective returned no number but {label(score)[:200]}"
        score = float(score)
    except (Exception, SystemExit) as error:  # whatever it is, it is this trial's own
        return float("nan"), describe(error)
    if not math.isfinite(score):
        return float("nan"), f"the objective returned {score}, which is no score"
    return score, None


def attempt_packed(token, packed, task):
    """The same in another process: `packed` is the pickled objective of search `token`."""
    try:
        if _unpacked["token"] != token:
            _unpacked.update(token=None, objective=None)
            _unpacked.update(objective=pickle.loads(packed), token=token)
        _, *task = pickle.loads(task)
    except Exception as error:
        return float("nan"), f"the worker could not unpickle the objective: {describe(error)}"
    return attempt(_unpacked["objective"], *task)


def describe(error):
    """An exception as one line of text."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:500]}" if lines else type(error).__name__


def pack(what, thing):
    """Pickle, with cloudpickle if it is there (functions of a notebook need it)."""
    try:
        import cloudpickle as pickler
    except ImportError:
        pickler = pickle
    try:
        return pickler.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        hint = "" if pickler is not pickle else ", or install cloudpickle"
        raise TypeError(
            f"{what} cannot be pickled, which an executor needs to send it to its workers "
            f"({describe(error)}); define it at the top level of a module without open files "
            f"or locks{hint}, or search without executor"
        ) from error


def name_of(objective):
    """The qualified name of an objective, the same in every process, for the journal."""
    if hasattr(objective, "__qualname__"):
        return f"{objective.__module__}.{objective.__qualname__}"
    if hasattr(objective, "func") and hasattr(objective, "keywords"):  # functools.partial
        given = [label(value) for value in objective.args]
        given += [f"{key}={label(value)}" for key, value in objective.keywords.items()]
        return f"{name_of(objective.func)}({', '.join(given)})"
    return f"{type(objective).__module__}.{label(objective)}"


@contextmanager
def one_blas_thread():
    """Hold this process's BLAS at one thread while a trial runs, if threadpoolctl is there.

    Two threads on small matrices are slower than one, and sums may differ in their last
    digits. Trials in threads share the limit, and the last one out restores what was
    before. threadpoolctl lets one thread at a time decide, so whoever starts such threads
    holds the limit around them.
    """
    with _lock:
        _blas["running"] += 1
        if _blas["running"] == 1:
            _blas["limit"] = _limit()
    try:
        yield
    finally:
        with _lock:
            _blas["running"] -= 1
            if _blas["running"] == 0 and _blas["limit"] is not None:
                _blas["limit"].__exit__(None, None, None)
                _blas["limit"] = None


def _limit():
    try:
        import threadpoolctl
    except ImportError:
        return None
    if len(sys.modules) != _blas["modules"]:  # looking for libraries takes milliseconds
        _blas.update(controller=threadpoolctl.ThreadpoolController(), modules=len(sys.modules))
    return _blas["controller"].limit(limits=1, user_api="blas").__enter__()
