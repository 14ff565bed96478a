"""One trial, wherever it runs: what is sent to a worker, and what comes back."""

import math
import os
import pickle
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from zlib import crc32

import numpy as np

from .texts import label
from .values import own

# In a worker: the objective that was unpickled last, so that its data are read once.
_unpacked = {"token": None, "objective": None}
# In a worker: the process that started it and searches, once somebody watches whether it lives.
_watched = {"parent": None}
# Trials that run in this process now, and what holds its BLAS libraries at one thread.
_blas = {"running": 0, "modules": -1, "controller": None, "limit": None}
_lock = threading.Lock()


INTERRUPTED = "interrupted: "  # such a trial has not been done, and runs again


def attempt(objective, config, seed, *budget):
    """Run one trial here; returns (score, None) or (NaN, why it failed).

    Whoever starts trials in this process holds its BLAS at one thread around all of them.
    """
    return _attempt(objective, own(config), seed, budget, _main_thread())


def attempt_packed(token, packed, task):
    """The same in another process: `packed` is the pickled objective of search `token`.

    The token begins with the id of the process that searches.
    """
    here = token[0] == os.getpid()
    try:
        if not here:
            _leave_with(token[0])
        if _unpacked["token"] != token:
            _unpacked.update(token=None, objective=None)
            _unpacked.update(objective=pickle.loads(packed), token=token)
        _, config, seed, *budget = pickle.loads(task)
    except Exception as error:
        return float("nan"), (
            f"the worker could not unpickle the objective: {describe(error)}; define it in a "
            f"module that the workers can import, or install cloudpickle (loky brings it)"
        )
    with one_blas_thread():
        return _attempt(_unpacked["objective"], config, seed, budget, here and _main_thread())


def ready(number, parent):
    """Almost nothing; a worker that has done it has started, and has imported this module."""
    _leave_with(parent)
    return number


def _attempt(objective, config, seed, budget, hears_ctrl_c):
    process = os.getpid()
    try:
        try:
            score = objective(config, seed, *budget)
        finally:
            if os.getpid() != process:  # a child that the objective forked came out of it:
                os._exit(0)  # it must not go on with the search
        if getattr(score, "ndim", None) == 0:
            score = None if isinstance(score, np.ma.MaskedArray) and score.mask else score.item()
        if isinstance(score, bool) or not isinstance(score, (int, float)):
            return float("nan"), f"the objective returned no number but {label(score)[:200]}"
        score = float(score)
    except KeyboardInterrupt as error:
        if hears_ctrl_c:
            raise
        return float("nan"), INTERRUPTED + describe(error)
    except BaseException as error:  # whatever it is, it is this trial's own
        return float("nan"), describe(error)
    if not math.isfinite(score):
        return float("nan"), f"the objective returned {score}, which is no score"
    return score, None


def _main_thread():
    """Whether this is the thread that gets Ctrl-C."""
    return threading.current_thread() is threading.main_thread()


def _leave_with(parent):
    """Have a worker that was started for `parent` end with it, instead of staying behind."""
    from multiprocessing import parent_process  # here, so that `import dlcourse` stays light

    if _watched["parent"] == parent:
        return
    started = parent_process()  # a fork server starts workers for somebody else
    if os.getppid() == parent:
        lives = lambda: os.getppid() == parent  # noqa: E731
    elif started is not None and started.pid == parent:
        lives = started.is_alive
    else:
        return
    _watched["parent"] = parent

    def watch():
        while lives():
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def describe(error):
    """An exception as one line of text."""
    name = type(error).__name__
    try:
        lines = str(error).strip().splitlines()
    except BaseException:  # its own __str__ raises
        return f"{name}, whose text cannot be shown"
    return f"{name}: {lines[0][:500]}" if lines else name


def pickler():
    """The module that pickles: cloudpickle if it is there (functions of a notebook need it)."""
    try:
        import cloudpickle
    except ImportError:
        return pickle
    return cloudpickle


def pack(what, thing):
    """A thing in the form in which it is sent to workers."""
    module = pickler()
    try:
        return module.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        hint = "" if module is not pickle else ", or install cloudpickle (loky brings it)"
        raise TypeError(
            f"{what} cannot be pickled, which an executor needs to send it to its workers "
            f"({describe(error)}); define it at the top level of a module without open files "
            f"or locks{hint}, or search without executor"
        ) from error


def name_of(objective):
    """The name of an objective with what it holds, the same in every process, for the journal."""
    if isinstance(objective, partial):
        given = [label(value) for value in objective.args]
        given += [f"{key}={label(value)}" for key, value in objective.keywords.items()]
        return f"{name_of(objective.func)}({', '.join(given)})"
    owner, text = objective, label(objective)
    if not hasattr(owner, "__qualname__"):
        owner = type(owner)
    if len(text) > 500:
        text = f"{text[:450]}..., checksum {crc32(text.encode()):08x}"
    return f"{owner.__module__}.{text}"


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
