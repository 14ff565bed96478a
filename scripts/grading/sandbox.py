"""Where a submission runs: as shut in as this machine can do, and never more is said than that.

bubblewrap (bwrap) shows the submission the machine read-only, without the home folder and the
other submissions, with no network and no process but its own. `unshare` takes the network and
the other processes away. Without both there are only the limits of time, memory and files.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def bubblewrap(work, hidden):
    command = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
               "--tmpfs", "/tmp"]  # fmt: skip
    for folder in dict.fromkeys([Path.home(), *hidden]):
        if folder.is_dir() and folder != Path("/"):
            command += ["--tmpfs", str(folder.resolve())]
    for folder in dict.fromkeys([ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix)]):
        command += ["--ro-bind", str(folder), str(folder)]
    for folder in hidden:  # they may lie in the repository
        if folder.is_dir():
            command += ["--tmpfs", str(folder.resolve())]
    command += ["--bind", str(work), str(work), "--chdir", str(work)]
    alone = ["--unshare-net", "--unshare-pid", "--unshare-ipc"]
    return [*command, *alone, "--die-with-parent", "--new-session", "--"]


def unshare(work, hidden):
    return ["unshare", "--user", "--map-current-user", "--net", "--pid", "--fork", "--kill-child",
            "--mount-proc", "--"]  # fmt: skip


def nothing(work, hidden):
    return []


SANDBOXES = {"bwrap": bubblewrap, "unshare": unshare, "none": nothing}
SAID = {
    "bwrap": "bubblewrap: no network, nothing but its own folder can be written or seen of yours",
    "unshare": "unshare: no network, but it can read and write what you can; better a container",
    "none": "NONE: it can do what you can do. Grade only in a container or a machine to throw away",
}


def best(work, asked="best"):
    """The name of the sandbox to use: the one that was asked for, or the best that works."""
    for name in SANDBOXES if asked == "best" else [asked]:
        command = [*SANDBOXES[name](work, []), sys.executable, "-c", "import numpy"]
        if name == "none":
            return name
        if shutil.which(name) and not subprocess.run(command, capture_output=True).returncode:
            return name
    raise SystemExit(f"the sandbox {asked!r} does not work here; try --sandbox best")
