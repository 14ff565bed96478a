"""What `import dlcourse` costs on top of `import numpy`: milliseconds and memory."""

import subprocess
import sys

import numpy as np

PROGRAM = """
import numpy, resource, time
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
import dlcourse
seconds = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(1000 * seconds, memory / 1024)
"""
ALLOWED = {"milliseconds": 15.0, "MiB": 6.0}


def rows():
    """(what, unit, median, allowed) over 15 fresh processes, after one that compiles."""
    _, *runs = [
        subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True)
        for _ in range(16)
    ]
    medians = np.median([[float(v) for v in run.stdout.split()] for run in runs], axis=0)
    for (unit, allowed), value in zip(ALLOWED.items(), medians, strict=True):
        yield "import dlcourse, beyond numpy", unit, float(value), allowed
