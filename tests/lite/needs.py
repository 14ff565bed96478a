"""What the tests of JupyterLite need besides Python: else they are skipped, and fail in CI."""

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def need(found, message):
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(message)
    return pytest.skip(message)


def pyodide():
    """The folder of an unpacked Pyodide."""
    folder = ROOT / os.environ.get("PYODIDE", "build/pyodide")
    lock = folder / "pyodide-lock.json"
    need(lock.is_file(), f"Pyodide is missing in {folder}: run `make pyodide`")
    return folder


def node():
    found = shutil.which("node", path=Path(sys.prefix) / "bin") or shutil.which("node")
    return need(found, "node is missing: run `make book`, which installs it")
