"""The tables are in the wheel, and are read there: an editable install would hide a missing one."""

import json
import os
import subprocess
import sys
import zipfile

from dlcourse import studies

SCRIPT = """
import json, sys
sys.path.insert(0, sys.argv[1])
import dlcourse
assert dlcourse.__file__.startswith(sys.argv[1]), dlcourse.__file__
assert not any(name.startswith("dlcourse.studies") for name in sys.modules)
names = sys.argv[2:]
sizes = {name: len(dlcourse.study(name)) for name in names}
assert not any(name.startswith("dlcourse.studies") for name in sys.modules)
print(json.dumps(sizes))
"""


def test_the_wheel_has_them(tables, tmp_path):
    from make_lite import make_wheel

    wheel = make_wheel(tmp_path)
    with zipfile.ZipFile(wheel) as file:
        inside = {name for name in file.namelist() if name.startswith("dlcourse/studies/")}
        file.extractall(tmp_path / "away")
    for name in studies.names():
        assert {
            f"dlcourse/studies/{name.replace('-', '_')}.{end}" for end in ("py", "csv")
        } <= inside
    away = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "away"), *studies.names()]
    done = subprocess.run(
        command, cwd=tmp_path, env=away, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: len(table) for name, table in tables.items()}
