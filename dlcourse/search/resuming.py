"""Where runs keep themselves between two rungs, so that the next one goes on."""

import inspect
import os
import shutil
import tempfile
from zlib import crc32

from .._arguments import file_path
from .texts import label


class Runs:
    """A folder with the checkpoints of each configuration and seed, one for each budget.

    A checkpoint belongs to one search: its name begins with a mark that the search draws, and
    that its journal remembers. What another search left in the folder is never taken up.

    Parameters
    ----------
    resume : bool or path
        True: a folder beside the journal, or one that ends with the search. A path: that
        folder, which stays. All workers must see it.
    journal : path or None
    """

    def __init__(self, resume, journal):
        self.mark = os.urandom(8).hex()
        self.own = resume is True and journal is None
        if self.own:
            self.folder = tempfile.mkdtemp(prefix="dlcourse-runs-")
            return
        if resume is True:
            folder = f"{file_path(journal, 'journal')}.runs"
        elif resume == "" or not isinstance(resume, (str, bytes, os.PathLike)):
            raise TypeError(
                f"resume must be True, False or the path of a folder but got {resume!r:.60}; "
                f"with True runs are kept beside the journal"
            )
        else:
            folder = file_path(resume, "resume")
        self.folder = os.path.abspath(folder)  # workers may stand elsewhere
        try:
            os.makedirs(self.folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise ValueError(
                f"resume: the runs are to be kept in {self.folder}, but a file is in the way; "
                f"give the path of a folder"
            ) from error

    def path(self, config, seed, epochs):
        """The checkpoint of a run with this budget, begun with that of the budget before.

        Each budget has a file of its own: a rung that runs again, since its result was lost,
        must not find a run that is older already.
        """
        run = f"{self.mark}-{seed}-{crc32(label(config).encode()):08x}"
        folder = os.path.join(self.folder, run)
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, f"{epochs}.npz")
        had = [int(name[:-4]) for name in os.listdir(folder) if name[:-4].isdigit()]
        before = max((budget for budget in had if budget < epochs), default=None)
        if before is not None and epochs not in had:
            _copy(os.path.join(folder, f"{before}.npz"), path)
        return path

    def close(self):
        """Remove a folder that nobody asked for."""
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)


def _copy(old, new):
    """Copy a file, or a folder, in one step: a half of it never stands there."""
    part = f"{new}.part"
    if os.path.isdir(old):
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(old, part)
    else:
        shutil.copyfile(old, part)
    os.replace(part, new)


def check_objective(objective):
    """Refuse an objective that does not take the path of its run."""
    try:
        inspect.signature(objective).bind({}, 0, 1, "path")
    except TypeError:
        raise TypeError(
            f"with resume the objective gets a fourth argument, the path where its run is kept: "
            f"objective(config, seed, epochs, checkpoint), but got {label(objective)}; hand it on "
            f"to fit(..., checkpoint=checkpoint), or leave out resume"
        ) from None
    except ValueError:
        pass  # Python cannot tell
