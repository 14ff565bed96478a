"""Run all benchmarks and write the tables of the page *Speed*: make bench.

Needs the extra `peers`. One BLAS thread; nothing else should compute meanwhile.
"""

import os
import platform
import sys
from pathlib import Path

# The first two slow a current NumPy down; with the third every import compiles the library anew.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONDONTWRITEBYTECODE"):
    if os.environ.pop(name, None):
        os.execv(sys.executable, [sys.executable, *sys.argv])
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import importlib  # noqa: E402
import json  # noqa: E402
import subprocess  # noqa: E402
from importlib.util import find_spec  # noqa: E402

import numpy as np  # noqa: E402

TARGET = Path(__file__).parent / "table.md"
# title -> (module, how often it runs, each time in a fresh process)
PARTS = {
    "One training step": ("networks", 5),
    "One training step, compiled": ("compiled", 5),
    "One training step, residual blocks": ("blocks", 5),
    "One optimizer step": ("optimizers", 1),
    "A call of `fit`": ("fitting", 1),
    "The price of layers and checks": ("lean", 1),
    "A search": ("searching", 1),
    "A Dask worker": ("clusters", 1),
    "Importing": ("importing", 1),
}
NEEDS = {"compiled": ("jax", "JAX is not installed; `make peers-jax` adds this table.")}


def machine():
    """Processor, kernel and versions: what the numbers depend on."""
    import sklearn
    import threadpoolctl
    import torch

    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].split(":")[1].strip() if models else cpu
    pools = [p for p in threadpoolctl.threadpool_info() if p["internal_api"] == "openblas"]
    blas = {pool["architecture"] for pool in pools}
    return (
        f"Measured on {cpu}, {os.cpu_count()} cores, one thread; NumPy {np.__version__} with the "
        f"OpenBLAS kernel {', '.join(sorted(blas))}, PyTorch {torch.__version__}, "
        f"scikit-learn {sklearn.__version__}, Python {platform.python_version()}. "
        f"Ratios of a training step are medians of five runs."
    )


def one_run(module):
    """The rows of a part, measured here: what a fresh process prints."""
    print(json.dumps(list(importlib.import_module(module).rows())))


def measured(module, runs):
    """The rows of a part: the median over the runs of each number."""
    command = [sys.executable, __file__, module]
    all_rows = []
    for _ in range(runs):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        all_rows.append(json.loads(done.stdout.splitlines()[-1]))
    for same in zip(*all_rows, strict=True):
        what, peer, _, allowed = same[0]
        yield what, peer, float(np.median([value for _, _, value, _ in same])), allowed


def main():
    lines = [machine(), ""]
    for title, (module, runs) in PARTS.items():
        lines += ["", f"**{title}**", ""]
        package, excuse = NEEDS.get(module, (None, None))
        if package and not find_spec(package):
            lines.append(excuse)
            print(excuse, flush=True)
            continue
        lines += ["| what | compared with | measured | aim |", "|---|---|---|---|"]
        for what, peer, value, allowed in measured(module, runs):
            aim = "" if allowed is None else f"at most {allowed:g}"
            missed = allowed is not None and value > allowed
            lines.append(
                f"| {what} | {peer} | {value:.2f}{' (missed)' if missed else ''} | {aim} |"
            )
            print(lines[-1], flush=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    one_run(*sys.argv[1:]) if sys.argv[1:] else main()
