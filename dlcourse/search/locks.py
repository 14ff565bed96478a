"""One search at a time on one journal, whoever starts the other one."""

import contextlib
import os
import socket
import threading
import warnings

try:
    import fcntl
except ImportError:  # Windows, and the Python of a browser
    fcntl = None
try:
    import msvcrt
except ImportError:
    msvcrt = None

# Lock files that this process holds: (device, file) -> process id. The system gives a
# process its own lock twice, and takes it away when any handle of the file is closed.
_held = {}
_guard = threading.Lock()


class Lock:
    """A lock file beside a journal, held until `release` or the end of the process.

    The operating system holds the lock, not the file: a process that is killed loses it at
    once, its workers do not have it, and it does not matter whether two containers count
    their processes alike. A file that a killed process left is used again.

    Raises
    ------
    RuntimeError
        If another search holds it.
    """

    def __init__(self, journal):
        self.journal, self.path = journal, os.path.realpath(journal) + ".lock"
        self.file = self.key = None
        with _guard:
            self._take()

    def _take(self):
        while True:
            try:
                if _held.get(_key(os.stat(self.path))) == os.getpid():
                    raise self._refused("in this process")  # before its file is opened
            except FileNotFoundError:
                pass
            try:
                file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                return self._without(error)
            try:
                _lock(file)
            except (BlockingIOError, PermissionError):
                owner = _read(file)
                os.close(file)
                raise self._refused(owner) from None
            except OSError as error:
                os.close(file)
                return self._without(error)
            self.key = _key(os.fstat(file))
            if _same_file(self.path, self.key):
                break
            os.close(file)  # its owner removed it meanwhile: another one stands there now
        self.file = file
        _held[self.key] = os.getpid()
        os.ftruncate(file, 0)
        os.write(file, f" in process {os.getpid()} of {socket.gethostname()}".encode())

    def release(self):
        """Let the next search begin, and remove the file."""
        with _guard:
            if self.file is None:
                return
            with contextlib.suppress(OSError):  # Windows removes no open file
                os.unlink(self.path)
            os.close(self.file)
            _held.pop(self.key, None)
            self.file = None

    def _refused(self, where):
        return RuntimeError(
            f"{self.journal} is the journal of a search that is running now ({where.strip()}); "
            f"wait until it has ended, or give each search a journal of its own"
        )

    def _without(self, error):
        if os.path.isdir(os.path.dirname(self.path)):
            warnings.warn(
                f"{self.journal} cannot be locked here ({error}): see to it yourself that no "
                f"second search uses it at the same time",
                stacklevel=7,
            )


def _lock(file):
    """Take the lock or raise; without locks (in a browser) there is one process only."""
    if fcntl is not None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    elif msvcrt is not None:
        os.lseek(file, 2**30, os.SEEK_SET)  # behind the text, which others may then read
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)


def _read(file):
    """Who holds the lock."""
    try:
        return os.read(file, 500).decode(errors="replace") or "in another process"
    except OSError:
        return "in another process"


def _key(status):
    return status.st_dev, status.st_ino


def _same_file(path, key):
    try:
        return _key(os.stat(path)) == key
    except FileNotFoundError:
        return False
