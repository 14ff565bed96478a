"""One search at a time on one journal, whoever starts the other one."""

import gc
import os
import socket
import stat
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

# Files that this process has locked: (device, file) -> process id. The system gives a
# process its own lock twice, and takes it away when any handle of the file is closed.
_held = {}
_guard = threading.RLock()  # the collector may release a lock while another one is taken
OURS = b" in process "  # how the text in a lock file begins
NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Lock:
    """A lock file beside a journal, held until `release` or the end of the process.

    The operating system holds the lock, not the file: a process that is killed loses it at
    once, its workers do not have it, and it does not matter whether two containers count
    their processes alike. A file that a killed process left is used again. A lock that
    nobody holds any more, since Ctrl-C came in a bad moment, is released by itself.

    Raises
    ------
    RuntimeError
        If another search holds it.
    ValueError
        If a file of somebody else has its name.
    """

    file = key = journal_key = None

    def __init__(self, journal):
        self.journal, self.path = journal, os.path.realpath(journal) + ".lock"
        with _guard:
            if self._is_ours():
                gc.collect()
            if self._is_ours():
                raise self._refused("in this process")  # before its file is opened
            try:
                while not self._take():
                    pass
            except OSError as error:
                self.release()
                self._without(error)
            except BaseException:
                self.release()
                raise

    def include(self, file):
        """Lock the open journal, too: another search may know it by another name.

        It takes the place of one that was included before, and is closed now.
        """
        with _guard:
            _held.pop(self.journal_key, None)
            key = _key(os.fstat(file))
            if _held.get(key) == os.getpid():
                raise self._refused("in this process")
            try:
                _lock(file)
            except (BlockingIOError, PermissionError):
                raise self._refused("in another process") from None
            except OSError:  # there are no locks here, which `_without` has said
                pass
            self.journal_key, _held[key] = key, os.getpid()

    def _is_ours(self):
        """Whether this process holds the lock, or the journal by another name."""
        return any(_held.get(_key_of(p), 0) == os.getpid() for p in (self.path, self.journal))

    def _take(self):
        """Open the file and lock it; false if its owner removed it meanwhile."""
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | NO_LINK, 0o666)
        status = os.fstat(self.file)
        try:
            _lock(self.file)
        except (BlockingIOError, PermissionError):
            raise self._refused(_read(self.file)) from None
        if not _same_file(self.path, _key(status)):
            self.release()  # another file stands there now
            return False
        found = os.read(self.file, 500)
        if not stat.S_ISREG(status.st_mode) or not OURS.startswith(found[: len(OURS)]):
            raise ValueError(
                f"{self.path} would be the lock of the journal {self.journal}, but it is a file "
                f"of something else; give the journal another name"
            )
        self.key = _key(status)
        _held[self.key] = os.getpid()  # from now on the file is ours to remove
        os.ftruncate(self.file, 0)
        os.lseek(self.file, 0, os.SEEK_SET)
        os.write(self.file, OURS + f"{os.getpid()} of {socket.gethostname()}".encode())
        return True

    def release(self):
        """Let the next search begin, and remove the file."""
        with _guard:
            _held.pop(self.journal_key, None)
            self.journal_key = None
            if self.file is None:
                return
            try:  # a child that an objective forked does not hold it
                if _held.get(self.key) == os.getpid() and _same_file(self.path, self.key):
                    os.unlink(self.path)
            except OSError:
                pass  # Windows removes no open file
            finally:
                _held.pop(self.key, None)
                file, self.file = self.file, None
                os.close(file)

    __del__ = release

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


def _key_of(path):
    try:
        return _key(os.stat(path))
    except FileNotFoundError:
        return None


def _same_file(path, key):
    return _key_of(path) == key
