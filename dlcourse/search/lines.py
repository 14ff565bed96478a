"""A file that grows line by line, belongs to one search, and stays whole."""

import itertools
import os
import warnings
from contextlib import suppress

from .locks import Lock


class Lines:
    """What a journal is written to.

    A line is on the disk when `append` returns. Then the file is looked at: if something else
    has removed, moved, replaced, cut or lengthened it, all lines are written anew, since the
    open file may be one that nobody can find any more.

    Parameters
    ----------
    path : str
    """

    def __init__(self, path):
        self.path = path
        self._real = os.path.realpath(path)  # the search may go to another folder
        self._lock, self._file = Lock(path), None
        try:
            if os.path.exists(path) and not os.path.isfile(path):  # a device has no end
                raise OSError(22, "a journal must be a file", path)
            self._file = open(path, "a+b")  # noqa: SIM115 (`close` does)
            self._lock.include(self._file.fileno())
            # Not by another handle: when that is closed, the system takes the lock away.
            self._file.seek(0)
            self._parts = [self._file.read()]
            self._size, self._watched = len(self._parts[0]), True
        except BaseException:
            self.close()
            raise

    def text(self):
        """All that is in the file, as bytes."""
        return b"".join(self._parts)

    def cut(self, size):
        """Drop what follows the first `size` bytes."""
        self._parts, self._size = [self.text()[:size]], size
        os.truncate(self._real, size)

    def append(self, line):
        """Add a line, and wait until it is on the disk."""
        self._parts.append(line)
        self._size += len(line)
        try:
            self._write(self._file, line)
        except BaseException:  # how much of it is there?
            self._watched = False
            raise
        if self._watched and not self._is_whole():
            self._write_anew()

    def close(self):
        """Close the file, and let another search have it."""
        try:
            if self._file is not None:
                self._file.close()
        finally:
            self._lock.release()

    def _write(self, file, text):
        file.write(text)
        file.flush()
        os.fsync(file.fileno())

    def _is_whole(self):
        """Whether the file of this name is as long as it has to be."""
        try:
            return os.stat(self._real).st_size == self._size
        except FileNotFoundError:
            return False

    def _write_anew(self):
        """Write everything where it was, or beside what stands there now."""
        os.makedirs(os.path.dirname(self._real), exist_ok=True)
        for number in itertools.count():
            ending = f".saved{number}" if number else ""
            with suppress(FileExistsError):
                file = open(self._real + ending, "x+b")  # noqa: SIM115 (`close` does)
                break
        self._write(file, self.text())
        self._file.close()
        self._file, was = file, self.path
        self._lock.include(file.fileno())
        what, where = "was removed", "again"
        if ending:
            self.path = self._real = self._real + ending
            what, where = "was changed by something else", f"to {self.path}; search on with it"
        warnings.warn(
            f"{was} {what} while the search ran, so all its trials were written {where}",
            stacklevel=6,
        )
