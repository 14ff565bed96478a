"""Fetch one package of npm in the version, and with the checksum, that a script names."""

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def package(name, version, sha512):
    """Give a function that reads a file of the package, and the list of its files."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.check_output(
            ["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, text=True
        ).strip()
        archive = Path(folder) / packed
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        assert found == sha512, f"{name} {version} has another SHA-512 than expected: {found}"
        with tarfile.open(archive) as files:
            names = [path.removeprefix("package/") for path in files.getnames()]
            yield lambda path: files.extractfile(f"package/{path}").read(), names


def size_of(folder):
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{folder}: {size / 1e3:.0f} kB"
