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

import clusters  # noqa: E402
import fitting  # noqa: E402
import importing  # noqa: E402
import lean  # noqa: E402
import networks  # noqa: E402
import numpy as np  # noqa: E402
import optimizers  # noqa: E402
import searching  # noqa: E402
import sklearn  # noqa: E402
import threadpoolctl  # noqa: E402
import torch  # noqa: E402

TARGET = Path(__file__).parent / "table.md"
PARTS = [
    ("One training step", networks),
    ("One optimizer step", optimizers),
    ("A call of `fit`", fitting),
    ("The price of layers and checks", lean),
    ("A search", searching),
    ("A Dask worker", clusters),
    ("Importing", importing),
]


def machine():
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
        f"scikit-learn {sklearn.__version__}, Python {platform.python_version()}."
    )


def main():
    torch.set_num_threads(1)
    lines = [machine(), ""]
    for title, part in PARTS:
        lines += ["", f"**{title}**", "", "| what | compared with | measured | aim |"]
        lines += ["|---|---|---|---|"]
        for what, peer, value, allowed in part.rows():
            aim = "" if allowed is None else f"at most {allowed:g}"
            missed = allowed is not None and value > allowed
            lines.append(
                f"| {what} | {peer} | {value:.2f}{' (missed)' if missed else ''} | {aim} |"
            )
            print(lines[-1], flush=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    main()
