"""A file of finished trials, so that a search that was killed goes on where it stopped."""

import math
import warnings
from zlib import crc32

from .._arguments import file_path
from .lines import Lines
from .texts import LONG, label

HEAD = {"dlcourse", "space"}
FIELDS = {"number", "config", "seed", "score", "error"}
FIRST = {"dlcourse": "search", "format": 2}  # format 1 had no checksums, and no "format"


class Journal:
    """JSON lines: first what is searched, then one line a finished trial.

    A line is on the disk before the next result is looked at. Nothing is ever changed,
    only appended; a last line that was torn by a crash is cut off when the file is read.
    If something else removes or changes the file, `Lines` writes it anew.
    Each line ends with its checksum (CRC-32), so that a damaged one is found; files of an
    older version, without checksums, are still read. A second search on the file is
    refused while the first one runs.

    Parameters
    ----------
    path : path
    header : dict of str -> value
        What is searched. A file that says something else is refused.
    free : tuple of str
        Entries of the header that may differ.
    """

    def __init__(self, path, header, free=()):
        self._lines = Lines(file_path(path, "journal"))
        self.done = {}
        try:
            old = self._read()
            self.header = old[0] if old else header
            if old:
                self._compare(old[0], header, free)
                for entry in old[1:]:
                    self.done.setdefault(entry["number"], entry)
            else:
                self._append({**FIRST, **header})
        except BaseException:
            self.close()
            raise

    @property
    def path(self):
        """Where the journal stands."""
        return self._lines.path

    def find(self, number, config, seed):
        """(score, error) of a trial that is in the file, or None."""
        entry = self.done.get(number)
        if entry is None:
            return None
        if entry["seed"] != seed or not same_config(entry["config"], plain(config)):
            raise ValueError(
                f"{self.path}: trial {number} has the configuration {entry['config']} and seed "
                f"{entry['seed']}, but this search draws {plain(config)} and {seed}; it was "
                f"written by another version, so use another file"
            )
        return (float("nan") if entry["score"] is None else entry["score"]), entry["error"]

    def add(self, number, config, seed, score, error):
        """Append a finished trial, and wait until it is on the disk."""
        self._append(
            {
                "number": number,
                "config": plain(config),
                "seed": seed,
                "score": None if math.isnan(score) else score,
                "error": error,
            }
        )

    def close(self):
        """Close the file, and let another search have it."""
        self._lines.close()

    def _append(self, entry):
        import json  # here, so that `import dlcourse` stays light

        self._lines.append(sealed(json.dumps(entry)).encode())

    def _read(self):
        """The entries of the file, after a torn last line is cut off."""
        text = self._lines.text()
        lines = [line + b"\n" for line in text.split(b"\n")]
        lines[-1] = lines[-1][:-1]  # what follows the last newline: nothing, or a torn line
        lines = lines if lines[-1] else lines[:-1]
        entries, good, old = [], 0, text.startswith(b'{"dlcourse": "search", "objective"')
        for number, line in enumerate(lines, 1):
            entry = _entry(line, FIELDS if entries else HEAD, old)
            if entry is None:
                self._torn(number, lines, good)
                break
            entries.append(entry)
            good += len(line)
        return entries

    def _torn(self, number, lines, good):
        """Cut a torn last line off; refuse a file that is damaged or something else."""
        start = b'{"dlcourse": "search"'
        line = lines[number - 1]
        foreign = number == 1 and line[: len(start)] != start[: len(line)]
        several = line.count(b', "crc": "') > 1  # whose ends something else has changed
        if foreign or several or number < len(lines):
            raise ValueError(
                f"{self.path} is {'no' if foreign else 'a damaged'} journal of a search: line "
                f"{number} cannot be read; use another file"
            )
        warnings.warn(
            f"{self.path}: the last line is torn and was dropped; its trial runs again",
            stacklevel=6,
        )
        self._lines.cut(good)

    def _compare(self, found, header, free):
        """Refuse the file of another search, and say what differs."""
        different = [
            f"its {key} is {found.get(key)!r} but this one's is {value!r}"
            for key, value in header.items()
            if key not in ("space", *free) and found.get(key) != value
        ]
        names = [str(which.get("objective")).partition("(") for which in (found, header)]
        if different and names[0][1] and names[0][0] == names[1][0]:
            different[0] += (
                " (what it holds is a part of its name: if it only collects something there, "
                "empty that, or give the object a __repr__ with nothing but its settings)"
            )
        theirs, ours = found.get("space") or {}, header["space"]
        different += [
            f"its space[{name!r}] is {theirs.get(name, 'missing')} but this one's is "
            f"{ours.get(name, 'missing')}"
            for name in [*ours, *(name for name in theirs if name not in ours)]
            if theirs.get(name) != ours.get(name)
        ]
        if list(theirs) != list(ours) and not different:
            different = [f"its parameters stand in the order {', '.join(theirs)}"]
        if different:
            raise ValueError(
                f"{self.path} is the journal of another search: {'; '.join(different)}; "
                f"use another file, or search as before"
            )


def sealed(text):
    """A JSON object as a line with its checksum."""
    return f'{text[:-1]}, "crc": "{crc32(text.encode()):08x}"}}\n'


def _entry(line, needed, old):
    """One line of the file as a dict, or None if it is torn or damaged."""
    import json

    try:
        if not line.endswith(b"\n"):
            return None
        line = line.removesuffix(b"\r\n").removesuffix(b"\n") + b"\n"  # editors of Windows
        body, seal, _ = line.rpartition(b', "crc": "')
        if seal and line.decode() == sealed(body.decode() + "}"):
            entry = json.loads(body + b"}")
        else:
            entry = json.loads(line) if old and not seal else None
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and needed <= entry.keys() else None


def plain(config):
    """A configuration as JSON can hold it: anything unusual by its name."""
    return {
        name: value
        if isinstance(value, (str, float, type(None)))
        or (isinstance(value, int) and value.bit_length() < LONG)
        else label(value)
        for name, value in config.items()
    }


def same_config(a, b):
    """Whether two configurations agree, up to the last digits of another machine."""
    return list(a) == list(b) and all(
        math.isclose(a[name], b[name], rel_tol=1e-12)
        or (math.isnan(a[name]) and math.isnan(b[name]))
        if isinstance(a[name], float) and isinstance(b[name], float)
        else a[name] == b[name]
        for name in a
    )
