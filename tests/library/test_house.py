"""How the house is kept: names that differ, short files, and a package that is whole."""

import zipfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dlcourse", "scripts", "tests", "benchmarks", "_ext", "assignments")
FILES = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
OTHERS = [*(ROOT / "_static").glob("*.[cj]s*"), *(ROOT / "tests").rglob("*.mjs")]
# Python, pytest or the assignments give these their names.
SAME = ("__init__.py", "conftest.py", "solution.py")
# lines; an assignment's solution is a notebook, written as a file, and may be longer
LONGEST = 220


def twins(paths):
    """File names that stand more than once, with the places."""
    places = defaultdict(list)
    for path in paths:
        # a file of the tests' registry is called as what it describes
        if path.name not in SAME and path.parent.name != "registry":
            places[path.name].append(str(path))
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_two_files_have_the_same_name():
    assert twins([Path("a/rules.py"), Path("b/rules.py"), Path("b/__init__.py")])
    assert not twins(FILES)


def too_long(paths):
    """Files with more lines than a reader can keep in mind."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return {path.name: n for path, n in lengths.items() if n > LONGEST}


def test_no_file_is_long(tmp_path):
    (tmp_path / "endless.py").write_text("1\n" * 221)
    assert too_long([tmp_path / "endless.py"]) == {"endless.py": 221}
    assert not too_long(path for path in [*FILES, *OTHERS] if path.name != "solution.py")


def test_the_wheel_holds_the_whole_library(tmp_path):
    from make_lite import make_wheel

    with zipfile.ZipFile(make_wheel(tmp_path)) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith("dlcourse/")}
    written = {
        str(p.relative_to(ROOT).as_posix()) for p in FILES if p.is_relative_to(ROOT / "dlcourse")
    }
    assert written <= packed, "a new folder needs an __init__.py"
    assert "dlcourse/checks/mistakes/wrong_adam.py" in packed
