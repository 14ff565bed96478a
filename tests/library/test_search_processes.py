"""What goes to another process and back, and what must not stay behind there."""

import copy
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool
from pathlib import Path

import loky
import pytest
from search_objectives import SPACE, same, smooth

import dlcourse as dl


def interrupted(message="stopped after 3"):
    stopped = dl.Interrupted(dl.random_search(smooth, SPACE, 3), message)
    stopped.add_note("a note")
    return stopped


def raises_interrupted():
    raise interrupted()


def check(stopped):
    assert type(stopped) is dl.Interrupted
    assert str(stopped) == "stopped after 3"
    assert stopped.__notes__ == ["a note"]
    assert same(stopped.trials, interrupted().trials)
    assert stopped.trials.space == SPACE


def test_interrupted_survives_every_way_to_another_process():
    import cloudpickle

    check(copy.deepcopy(interrupted()))
    check(copy.copy(interrupted()))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        check(pickle.loads(pickle.dumps(interrupted(), protocol)))
    check(cloudpickle.loads(cloudpickle.dumps(interrupted())))
    with Pool(1) as pool:
        check(pool.apply_async(interrupted).get(60))
    with ProcessPoolExecutor(1) as pool:
        check(pool.submit(raises_interrupted).exception(60))
        assert pool.submit(int).result(60) == 0  # the pool lives
    check(loky.get_reusable_executor(1).submit(raises_interrupted).exception(60))


SCRIPT = """
import concurrent.futures, loky, sys
sys.path.insert(0, {folder!r})
import dlcourse as dl
from search_objectives import SPACE, leaves_its_number
if __name__ == "__main__":
    dl.random_search(leaves_its_number, SPACE, 500, executor={pool}, timeout={timeout})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize(
    "pool", ["concurrent.futures.ProcessPoolExecutor(2)", "loky.get_reusable_executor(2)"]
)
def test_no_worker_is_left_when_the_search_is_killed(pool, timeout, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(dl.__file__).parents[1]))
    monkeypatch.setenv("RAN", str(tmp_path / "ran"))
    script = tmp_path / "script.py"
    folder = str(Path(__file__).parent)
    script.write_text(SCRIPT.format(folder=folder, pool=pool, timeout=timeout))
    process = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.DEVNULL)
    ran = tmp_path / "ran"
    deadline = time.monotonic() + 60
    while not ran.exists() or len(set(ran.read_text().split())) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    workers = [
        int(path.name) for path in Path("/proc").glob("[0-9]*") if parent(path) == process.pid
    ]
    assert set(map(int, ran.read_text().split())) & set(workers)
    process.send_signal(signal.SIGKILL)
    process.wait()
    while any(map(runs, workers)):
        assert time.monotonic() < deadline, "a worker is left"
        time.sleep(0.05)


def status(path):
    """The state of a process, and the number of the one that started it."""
    try:
        state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return "Z", 0
    return state, int(parent)


def parent(path):
    return status(path)[1]


def runs(number):
    return status(Path(f"/proc/{number}"))[0] != "Z"
