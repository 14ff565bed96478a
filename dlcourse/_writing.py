"""Replacing a file in one atomic step, whoever else writes, reads or is killed meanwhile.

The new file is written beside the old one under a name that nobody can guess, and locked
until it takes the old one's place. What a killed writer left behind has no lock any more:
the next writer of the same file removes it. Where the file system knows no locks, what was
not touched for a day counts as left behind.
"""

import os
import secrets
import stat
import time
from contextlib import contextmanager, suppress
from zlib import crc32

from ._arguments import file_path

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows, where a file that is open cannot be removed
    flock = None

DAY = 24 * 60 * 60


@contextmanager
def replacing(path):
    """A new binary file; when the block ends well it stands at `path`, else it is gone.

    A link is followed: the file that it names is replaced. The mode of an old file is kept.
    """
    with _remedy(path):
        target, mode = _target(path)
        _sweep(_prefix(target))
        temporary, file = _create(_prefix(target), mode)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if flock is not None:  # the lock is held until the file has its name
                os.replace(temporary, target)
        if flock is None:
            os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.remove(temporary)
        raise


def check_writable(path, name):
    """Raise what `replacing` would raise for this path, and change nothing."""
    path = file_path(path, name)
    with _remedy(path):
        target, mode = _target(path)
        temporary, file = _create(_prefix(target), mode)
        file.close()
        os.remove(temporary)


@contextmanager
def _remedy(path):
    """Say in words what the operating system has against a path."""
    try:
        yield
    except OSError as error:
        raise type(error)(
            error.errno,
            f"this file cannot be written ({error.strerror}); make its folder first, or choose "
            f"another path",
            os.fsdecode(path),
        ) from error


def _target(path):
    """The real path of the file, and the mode that it has (None: it is not there yet)."""
    path = file_path(path)
    target = os.path.realpath(path)
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        if os.path.basename(path) in ("", ".", ".."):
            raise IsADirectoryError(21, "Is a directory", path) from None
        return target, None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, "Is a directory", target)
    if not stat.S_ISREG(mode):
        raise OSError(22, "No regular file", target)
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "The file is read-only", target)
    return target, stat.S_IMODE(mode)


def _prefix(target):
    """How the temporary files of this file begin: short, whatever the length of its name."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f"dlcourse-{crc32(os.fsencode(name)):08x}-")


def _create(prefix, mode):
    """A locked new file: nobody else's, no link, and never readable for more than the old one."""

    def opener(name, flags):
        return os.open(name, flags, 0o666 if mode is None else mode)

    while True:
        temporary = f"{prefix}{secrets.token_hex(8)}.tmp"
        file = open(temporary, "xb", opener=opener)  # noqa: SIM115 (the caller closes it)
        try:
            number = file.fileno()
            if _lock(number, wait=True) is False or _still(temporary, number):
                if mode is not None and os.chmod in os.supports_fd:
                    os.chmod(number, mode)
                return temporary, file
        except BaseException:
            file.close()
            with suppress(FileNotFoundError):
                os.remove(temporary)
            raise
        file.close()  # a sweeper came between making and locking: once more


def _lock(number, wait):
    """Lock an open file: True, None where somebody holds it, False where there are no locks."""
    if flock is None:
        return False
    try:
        flock(number, LOCK_EX if wait else LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return None
    except OSError:
        return False
    return True


def _still(name, number):
    """Whether `name` is still the name of the open file."""
    try:
        return os.path.samestat(os.lstat(name), os.fstat(number))
    except FileNotFoundError:
        return False


def _sweep(prefix):
    """Remove what killed writers of the same file left behind."""
    folder, start = os.path.split(prefix)
    with suppress(OSError), os.scandir(folder) as entries:
        names = [e.path for e in entries if e.name.startswith(start) and e.name.endswith(".tmp")]
        for name in names:
            with suppress(OSError):  # another writer was faster, or it is not ours
                _remove_if_dead(name)


def _remove_if_dead(name):
    number = os.open(name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        locked = _lock(number, wait=False)
        old = time.time() - os.fstat(number).st_mtime > DAY
        if (locked or (locked is False and old)) and _still(name, number):
            os.remove(name)
    finally:
        os.close(number)
