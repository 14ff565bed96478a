"""The journal: a search that was killed goes on, and ends with the table it would have had."""

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from functools import partial
from pathlib import Path

import loky
import numpy as np
import pytest
from search_objectives import SPACE, counted, same, smooth, wait_for_lines

import dlcourse as dl
from dlcourse.search.journal import sealed

SEARCHES = {
    "random": partial(dl.random_search, smooth, SPACE, trials=20),
    "coarse to fine": partial(dl.coarse_to_fine, smooth, SPACE, rounds=2, trials=10),
    "halving": partial(dl.successive_halving, smooth, SPACE, trials=9),
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "search.jsonl"


@pytest.mark.parametrize("name", SEARCHES)
def test_stopped_after_any_trial_it_goes_on(name, path):
    search = SEARCHES[name]
    whole = search(journal=path)
    lines = path.read_text().splitlines(keepends=True)
    assert len(lines) == len(whole) + 1
    for kept in (1, 5, 12, len(lines)):
        path.write_text("".join(lines[:kept]))
        assert same(search(journal=path), whole)
        assert path.read_text() == "".join(lines)


def test_lines_in_any_order_and_twice_are_fine(path):
    search = SEARCHES["random"]
    whole = search(journal=path, executor=loky.get_reusable_executor(2))
    head, *lines = path.read_text().splitlines(keepends=True)
    path.write_text(head + "".join(lines[:3] + lines[:10:-1]))
    assert same(search(journal=path), whole)


SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
import dlcourse as dl
from search_objectives import SPACE, counted
dl.random_search(counted, SPACE, 40, journal={path!r}, executor={executor})
"""
POOL = "__import__('loky').get_reusable_executor(2)"


@pytest.mark.parametrize("executor", ["None", POOL])
def test_killed_in_mid_search(executor, path, monkeypatch):
    ran = path.with_name("ran")
    monkeypatch.setenv("RAN", str(ran))
    monkeypatch.setenv("PYTHONPATH", str(Path(dl.__file__).parents[1]))
    code = SCRIPT.format(folder=str(Path(__file__).parent), path=str(path), executor=executor)
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    wait_for_lines(path, 8, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.2)  # its workers finish what they had
    done = path.read_bytes()
    done = done[: done.rindex(b"\n") + 1]
    seeds = {json.loads(line)["seed"] for line in done.splitlines()[1:]}
    assert 7 <= len(seeds) < 40
    ran = path.with_name("ran again")  # a worker may still write into the other file
    monkeypatch.setenv("RAN", str(ran))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the last line may be torn, or not
        trials = dl.random_search(counted, SPACE, 40, journal=path)
    assert same(trials, dl.random_search(smooth, SPACE, 40))
    again = [int(line) for line in ran.read_text().split()]
    assert len(again) == 40 - len(seeds)
    assert not seeds & set(again)


@pytest.mark.parametrize("torn", ["{", '{"number": 3, "conf', '{"number": 3}', "\0\0\0\n"])
def test_a_torn_last_line_is_dropped_with_a_warning(torn, path):
    search = SEARCHES["random"]
    whole = search(journal=path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:6]) + torn)
    with pytest.warns(UserWarning, match=r"search\.jsonl: the last line is torn"):
        assert same(search(journal=path), whole)
    assert path.read_text() == "".join(lines)


def test_a_journal_that_was_torn_in_its_first_line_starts_anew(path):
    path.write_text('{"dlcourse": "search", "obj')
    with pytest.warns(UserWarning, match="torn"):
        SEARCHES["random"](journal=path)
    assert len(path.read_text().splitlines()) == 21
    path.write_text("")
    SEARCHES["random"](journal=path)


@pytest.mark.parametrize("text", ["hello", "hello\nworld\n", '{"a": 1}\n', "[1]\n", "\n"])
def test_another_file_is_refused_and_left_alone(text, path):
    path.write_text(text)
    with pytest.raises(ValueError, match="no journal of a search: line 1"):
        SEARCHES["random"](journal=path)
    assert path.read_text() == text


def test_a_damaged_journal_is_refused(path):
    SEARCHES["random"](journal=path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:4], "junk", *lines[5:]]) + "\n")
    with pytest.raises(ValueError, match="a damaged journal of a search: line 5"):
        SEARCHES["random"](journal=path)


DIFFERENT = {
    "seed": (partial(dl.random_search, smooth, SPACE, 20, 1), "its seed is 0 but this one's is 1"),
    "objective": (partial(dl.random_search, counted, SPACE, 20), "its objective is 'search_obj"),
    "method": (SEARCHES["halving"], "its search is 'random_search'"),
    "range": (
        partial(dl.random_search, smooth, {**SPACE, "x": dl.Uniform(0, 2)}, 20),
        r"its space\['x'\] is Uniform\(0.0, 1.0\) but this one's is Uniform\(0.0, 2.0\)",
    ),
    "parameter": (
        partial(dl.random_search, smooth, {**SPACE, "rate": dl.Uniform(0, 1)}, 20),
        r"its space\['rate'\] is missing",
    ),
    "order": (
        partial(dl.random_search, smooth, dict(reversed(SPACE.items())), 20),
        "its parameters stand in the order x, lr, n, kind",
    ),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_a_journal_of_another_search_is_refused_by_name(what, path):
    SEARCHES["random"](journal=path)
    before = path.read_text()
    search, message = DIFFERENT[what]
    with pytest.raises(ValueError, match=f"journal of another search: {message}"):
        search(journal=path)
    assert path.read_text() == before


def test_a_search_can_go_on_with_more_trials(path):
    dl.random_search(smooth, SPACE, 10, journal=path)
    assert same(dl.random_search(smooth, SPACE, 25, journal=path),
                dl.random_search(smooth, SPACE, 25))  # fmt: skip
    assert len(path.read_text().splitlines()) == 26


def test_a_journal_without_checksums_of_an_older_version_goes_on(path):
    whole = SEARCHES["random"](journal=path)
    lines = [line.rpartition(', "crc"')[0] + "}\n" for line in path.read_text().splitlines()]
    lines[0] = lines[0].replace('"format": 2, ', "")
    path.write_text("".join(lines[:9]))
    assert same(SEARCHES["random"](journal=path), whole)
    assert sum('"crc"' in line for line in path.read_text().splitlines()) == 12
    assert same(SEARCHES["random"](journal=path), whole)
    path.write_text("".join([lines[0].replace('"search",', '"search", "format": 2,'), *lines[1:]]))
    with pytest.raises(ValueError, match="damaged journal of a search: line 1|no journal"):
        SEARCHES["random"](journal=path)  # it should have had checksums


def test_no_flipped_bit_is_believed(path):
    """It is found, or its trial runs again: the table is the same, or there is none."""
    whole = SEARCHES["random"](journal=path)
    text, rng = path.read_bytes(), np.random.default_rng(0)
    refused = 0
    for bit in rng.choice(8 * len(text), 500, replace=False).tolist():
        damaged = bytearray(text)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the last line may count as torn
            try:
                assert same(SEARCHES["random"](journal=path), whole)
            except ValueError as error:
                assert "damaged journal" in str(error) or "no journal" in str(error)  # noqa: PT017
                refused += 1
    assert refused > 400


def test_configurations_of_another_version_are_refused(path):
    SEARCHES["random"](journal=path)
    lines = path.read_text().splitlines()
    bodies = [line.rpartition(', "crc"')[0].replace('"n": 8', '"n": 7') for line in lines]
    path.write_text("".join(sealed(body + "}") for body in bodies))
    with pytest.raises(ValueError, match="was written by another version"):
        SEARCHES["random"](journal=path)


def test_each_line_is_on_the_disk_before_the_next_trial(path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(path.read_text().count("\n")))
    dl.random_search(smooth, SPACE, 5, journal=path)
    assert synced == [1, 2, 3, 4, 5, 6]


def test_options_that_json_cannot_hold(path):
    space = {"layer": dl.Choice([dl.ReLU, dl.Tanh, ("a", 1)])}
    trials = [dl.random_search(lambda c, s: 1, space, 9, journal=path) for _ in range(2)]
    assert same(*trials)
    assert '"layer": "Tanh"' in path.read_text()
