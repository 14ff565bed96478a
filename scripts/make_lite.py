"""Build the JupyterLite in which readers run the chapters: make_lite.py OUT [--pyodide DIR].

OUT gets the application, a copy of each notebook in chapters/ and of each assignment, and a wheel
of dlcourse that the kernel loads when it starts. Pyodide, the Python of a browser, comes from its
usual content network; with --pyodide from DIR, an unpacked distribution, and then from nowhere
else.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from published_assignments import lay
from runnable import runnable, write

ROOT = Path(__file__).resolve().parent.parent
KOREAN = ROOT / "_build" / "html" / "ko" / "_sources" / "chapters"  # by make_korean.py
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
KERNELSPEC = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
PACKAGES = ["micropip", "comm", "jedi", "ipython", "numpy", "matplotlib"]
# From the kernel's script, which starts Pyodide, to the top folder of OUT.
UP = "../../../../"
EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
OPTIONS = {
    "apps": ["notebooks"],
    "federated_extensions": [str(EXTENSIONS / "@jupyterlite" / "pyodide-kernel-extension")],
    "ignore_sys_prefix": ["federated_extensions"],
    "no_sourcemaps": True,
    "no_unused_shared_packages": True,
}
WHEEL_NEEDS = ("pyproject.toml", "README.md", "LICENSE")


def stop(error, todo):
    sys.exit(f"error: {error}\nwhat to do: {todo}")


def run(*command, folder):
    command = [sys.executable, "-m", *command]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        stop(f"{done.stdout}{done.stderr}\n{' '.join(command[1:4])} failed", "see the lines above")


def make_wheel(folder):
    """A wheel of dlcourse, from a clean copy of its sources."""
    source = folder / "source"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dlcourse", source / "dlcourse", ignore=ignore)
    for name in WHEEL_NEEDS:
        shutil.copy(ROOT / name, source)
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")
    run("pip", "wheel", *options, "--wheel-dir", str(folder), str(source), folder=folder)
    return next(folder.glob("dlcourse-*.whl"))


def copy_chapters(folder):
    """The runnable chapters, and those of the Korean edition."""
    folder.mkdir(parents=True)
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        write(in_browser(runnable(path)), folder / path.name)
    for path in sorted(KOREAN.glob("*.ipynb")):  # runnable already
        target = folder.parent / "ko" / "chapters" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        write(in_browser(nbformat.read(path, as_version=4)), target)


def in_browser(nb):
    """A notebook with the name that the kernel in the browser has."""
    nb.metadata.kernelspec = nbformat.from_dict(KERNELSPEC)
    return nb


def settings(wheel, pyodide):
    """What the kernel loads when it starts, and from where."""
    kernel = {"loadPyodideOptions": {"packages": [*PACKAGES[-2:], UP + wheel]}}
    if pyodide:
        kernel["pyodideUrl"] = "./static/pyodide/pyodide.mjs"
        kernel["disablePyPIFallback"] = True
        kernel["loadPyodideOptions"]["packages"] = [*PACKAGES, UP + wheel]
    config = {"appName": "dlcourse", "litePluginSettings": {KERNEL: kernel}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def check(pyodide):
    """Stop unless the folder is a distribution with all that the kernel imports."""
    lock = pyodide / "pyodide-lock.json"
    todo = "make pyodide makes one; then say where it is: make lite-offline PYODIDE=build/pyodide"
    if not lock.is_file() or not (pyodide / "pyodide.mjs").is_file():
        stop(f"{pyodide} holds no unpacked Pyodide distribution", todo)
    has = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    if missing := sorted(set(PACKAGES) - set(has)):
        stop(f"the Pyodide in {pyodide} lacks {', '.join(missing)}", todo)


def build(out, pyodide=None):
    if pyodide:
        check(pyodide)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make_wheel(folder)
        # The address changes with the content, so that no browser keeps an old one.
        wheel = f"wheels/{hashlib.sha256(made.read_bytes()).hexdigest()[:12]}/{made.name}"
        lite, done, config = folder / "lite", folder / "out", folder / "build.json"
        copy_chapters(lite / "files" / "chapters")
        lay(lite / "files", in_browser)
        text = json.dumps(settings(wheel, pyodide), indent=1)
        (lite / "jupyter-lite.json").write_text(text, encoding="utf-8")
        config.write_text(json.dumps({"LiteBuildConfig": OPTIONS}), encoding="utf-8")
        folders = ("--lite-dir", str(lite), "--output-dir", str(done))
        run("jupyter", "lite", "build", "--config", str(config), *folders, folder=folder)
        (done / wheel).parent.mkdir(parents=True)
        shutil.copy(made, done / wheel)
        if pyodide:
            shutil.copytree(pyodide, done / "static" / "pyodide", dirs_exist_ok=True)
        if out.exists():
            shutil.rmtree(out)
        shutil.move(done, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pyodide", type=Path)
    given = parser.parse_args()
    build(given.out, given.pyodide)
    size = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"the chapters to run in a browser are in {given.out}: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
