"""Grade one submission in a process of its own, and end it with all its children.

When the process dies in a cell, it is started again without that cell (what the cell defines
stays), so that the parts which do not need it keep their points.
"""

import contextlib
import json
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from .sandbox import SANDBOXES

SCRIPTS = Path(__file__).resolve().parents[1]
MARK = "DLCOURSE_GRADING"  # in the environment of every process of a submission
GRACE = 3  # seconds from the interrupt of a cell to the end of its process
STARTING = 60  # seconds until the first cell begins
MOST_STARTS = 6
OUTPUT = 20_000  # bytes of output that are kept
LEFT_OUT = "this cell ended the process; only what it defines was run"


@dataclass(frozen=True)
class Limits:
    """What a submission may use."""

    seconds: float = 120  # a cell
    whole: float = 600  # the submission
    memory: int = 4_000_000_000  # bytes
    file_size: int = 100_000_000  # bytes of one file


def graded(steps, limits, sandbox="none", hidden=()):
    """Run the steps: which tests passed, what the others said, what needs a look, and more."""
    passed, failed, look, deadly, slow = set(), {}, [], {}, set()
    start = time.monotonic()
    for _ in range(MOST_STARTS):
        left = limits.whole - (time.monotonic() - start)
        if left <= 0:
            look.append(f"stopped after {limits.whole:g} seconds in all")
            break
        events, how = _one_run(steps, deadly, limits, left, sandbox, hidden)
        running = _take(events, steps, passed, failed, look)
        slow |= {event["end"] for event in events if event.get("stopped")}
        if how == "done":
            break
        if running is None or running in deadly:
            look.append(f"the process does not start: {how}")
            break
        deadly[running] = how
        kind = steps[running]["kind"]
        where = f"test {steps[running]['name']!r}" if kind == "test" else f"code cell {running + 1}"
        look.append(f"{where}: {how}")
        if kind == "test":
            failed.setdefault(steps[running]["name"], how)
    names = [step["name"] for step in steps if step["kind"] == "test"]
    for name in names:
        if name not in passed:
            failed.setdefault(name, "was never reached")
    return {
        "passed": sorted(passed, key=names.index),
        "failed": {name: text for name, text in failed.items() if name not in passed},
        "look": list(dict.fromkeys(look)),
        "left_out": sorted(slow | set(deadly)),  # for graders that would stop there
        "seconds": round(time.monotonic() - start, 1),
    }


def _take(events, steps, passed, failed, look):
    """Add what one run told; the step that was running when it ended, or None."""
    running, before = None, ""
    for event in events:
        if "begin" in event:
            running = event["begin"]
        if "end" not in event:
            continue
        step, running = steps[event["end"]], None
        if step["kind"] == "own" and event["error"]:
            before = event["error"].splitlines()[0]
        if event["stopped"] and step["kind"] != "test":
            look.append(f"code cell {event['end'] + 1}: {event['error']}")
        if step["kind"] == "test":
            if event["error"] is None:
                passed.add(step["name"])
            else:
                because = f"; the cell in front: {before}" if "NameError" in event["error"] else ""
                failed[step["name"]] = event["error"] + because * bool(before)
            if event["changed"]:
                look.append(f"changed what was given: {', '.join(event['changed'])}")
    return running


def _one_run(steps, deadly, limits, left, sandbox, hidden):
    """(events, how it ended) of one process; how is "done", or says what killed it."""
    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    work = Path(tempfile.mkdtemp(prefix="grading-"))
    reader, writer = os.pipe()
    plan = {
        "key": secrets.token_hex(16), "path": [str(SCRIPTS), str(SCRIPTS.parent)],
        "steps": steps, "deadly": sorted(deadly), "deadly_text": LEFT_OUT, **asdict(limits),
    }  # fmt: skip
    command = [sys.executable, "-m", "grading.child", str(writer)]
    command = [*SANDBOXES[sandbox](work, hidden), *command]
    try:
        process = subprocess.Popen(
            command, cwd=work, env=_environment(work, mark), pass_fds=[writer],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        os.close(writer)
        output = bytearray()
        threading.Thread(target=_drain, args=(process.stdout, output), daemon=True).start()
        threading.Thread(target=_feed, args=(process.stdin, plan), daemon=True).start()
        return _watch(process, reader, plan["key"], limits, left, output)
    finally:
        _end(process, mark)
        os.close(reader)
        shutil.rmtree(work, ignore_errors=True)


def _environment(work, mark):
    """No variable of yours but those that a program needs to start."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | {
        "HOME": str(work), "TMPDIR": str(work), "IPYTHONDIR": str(work / ".ipython"),
        "MPLCONFIGDIR": str(work / ".matplotlib"), "MPLBACKEND": "Agg",
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1",
        "PYTHONPATH": f"{SCRIPTS}{os.pathsep}{SCRIPTS.parent}", MARK: mark,
    }  # fmt: skip


def _feed(pipe, plan):
    with contextlib.suppress(OSError), pipe:  # when the process dies first, that is told elsewhere
        pipe.write(json.dumps(plan).encode())


def _drain(pipe, output):
    """Read all output, keep the end of it: a full pipe would stop the submission."""
    while block := os.read(pipe.fileno(), 65536):
        output += block
        del output[:-OUTPUT]


def _watch(process, reader, key, limits, left, output):
    """Read events until the end of the process, or of its time. Others lack the key."""
    events, text, deadline = [], b"", time.monotonic() + left
    cell_ends = time.monotonic() + STARTING
    while True:
        now = time.monotonic()
        if now >= min(deadline, cell_ends):
            whole = deadline < cell_ends
            return events, "out of time" + ("" if whole else f" (more than {limits.seconds:g} s)")
        wait = min(min(deadline, cell_ends) - now, 1.0)
        if select.select([reader], [], [], wait)[0]:
            block = os.read(reader, 65536)
            *lines, text = (text + block).split(b"\n")
            for line in lines:
                if key.encode() not in line:
                    continue
                events.append(json.loads(line))
                if "done" in events[-1]:
                    return events, "done"
                cell_ends = time.monotonic() + limits.seconds + GRACE
            if block:
                continue
        if process.poll() is not None:
            return events, _how_it_died(process.returncode, output)


def _how_it_died(code, output):
    last = bytes(output).decode("utf-8", "replace").strip().splitlines()[-1:]
    number = -code if code < 0 else code - 128
    try:
        return f"the process was killed by {signal.Signals(number).name}"
    except ValueError:
        return f"the process ended with code {code}" + (f": {last[0][:200]}" if last else "")


def _end(process, mark):
    """Kill the process, its group, and every process that has our mark."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for each in psutil.process_iter():
        try:
            if each.environ().get(MARK) == mark:
                each.kill()
        except (psutil.Error, OSError):
            continue
