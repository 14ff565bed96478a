"""Studies: experiments that take longer than a chapter may. One file a study.

Each has ``run(seed, **setting) -> dict of numbers``, what was done; ``grid()``, the list of all
settings; and beside it a table of what came out, which `dlcourse.study` reads. They are computed
by ``make studies``; the tests run a sample of the rows again.
"""

import importlib
import math
from pathlib import Path

FOLDER = Path(__file__).parent
# Everything is done three times, from other seeds: tuning, splits, starting weights, orders.
BASES = (0, 1000, 2000)


def names():
    """The names of all studies, those first that others build on."""
    found = sorted(path.stem.replace("_", "-") for path in FOLDER.glob("[a-z]*.py"))
    return sorted(found, key=lambda name: bool(getattr(load(name), "AFTER", None)))


def load(name):
    """The module of a study."""
    return importlib.import_module(f"dlcourse.studies.{name.replace('-', '_')}")


def compute(name, cell):
    """One row of a study: a dict of numbers, the kernel that computed it, and the seconds."""
    import time

    start = time.process_time()
    numbers = load(name).run(**cell)
    check(cell, numbers)
    return numbers, kernel(), time.process_time() - start


def check(cell, numbers):
    """Refuse NaN and infinity: a run that has no number for a column says None."""
    for key, value in numbers.items():
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{key} is {value} at {cell}; say None where there is no number")


def kernel():
    """Which code multiplies matrices here, and which NumPy: two that differ round differently."""
    import numpy as np
    from threadpoolctl import threadpool_info

    blas = [found for found in threadpool_info() if found["user_api"] == "blas"]
    name = blas[0].get("architecture", blas[0]["internal_api"]) if blas else "no BLAS"
    loops = np.lib.introspect.opt_func_info(func_name="^exp$", signature="float64")
    loop = loops["exp"]["dd"]["current"] if loops else "plain"
    return f"{name}, NumPy {'.'.join(np.__version__.split('.')[:2])} {loop}"
