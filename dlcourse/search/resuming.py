"""Where runs keep themselves between two rungs, so that the next one goes on."""

import inspect
import os
import shutil
import tempfile
from zlib import crc32

from .._arguments import file_path
from .texts import label


class Runs:
    """A folder with a checkpoint for each configuration and seed.

    Parameters
    ----------
    resume : bool or path
        True: a folder beside the journal, or one that ends with the search. A path: that
        folder, which stays. All workers must see it.
    journal : path or None
    """

    def __init__(self, resume, journal):
        self.own = resume is True and journal is None
        if self.own:
            self.folder = tempfile.mkdtemp(prefix="dlcourse-runs-")
        elif resume is True:
            self.folder = f"{os.fsdecode(journal)}.runs"
        else:
            self.folder = os.fsdecode(file_path(resume, "resume"))
        os.makedirs(self.folder, exist_ok=True)
        self.folder = os.path.abspath(self.folder)  # workers may stand elsewhere

    def path(self, config, seed):
        """The file of one run."""
        mark = crc32(label(config).encode())
        return os.path.join(self.folder, f"{seed}-{mark:08x}.npz")

    def close(self):
        """Remove a folder that nobody asked for."""
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)


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
