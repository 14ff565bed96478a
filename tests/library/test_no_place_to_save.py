"""A checkpoint that cannot be written is refused before the first step."""

import os
import stat

import pytest
from bad_fits import refused


def made(kind, folder):
    """A path that cannot be written."""
    path = folder / "run.npz"
    if kind == "no folder":
        return folder / "no" / "run.npz"
    if kind == "a folder":
        path.mkdir()
    if kind == "in a file":
        path.write_text("text")
        return path / "run.npz"
    if kind == "a link to a folder":
        path.symlink_to(folder)
    if kind == "a link in a circle":
        path.symlink_to(path)
    if kind == "a link to no folder":
        path.symlink_to(folder / "no" / "run.npz")
    if kind == "a pipe":
        os.mkfifo(path)
    if kind == "a long name":
        return folder / ("x" * 256)
    if kind == "ends with a slash":
        return f"{folder}/no/"
    return path


@pytest.mark.parametrize(
    "kind",
    [
        "no folder",
        "a folder",
        "in a file",
        "a link to a folder",
        "a link in a circle",
        "a link to no folder",
        "a pipe",
        "a long name",
        "ends with a slash",
    ],
)
def test_a_checkpoint_that_cannot_be_written(tmp_path, kind):
    path = made(kind, tmp_path)
    refused(tmp_path, {"checkpoint": path}, OSError, "cannot be written", "choose another path")
    refused(tmp_path, {"checkpoint": os.fsencode(path)}, OSError, "cannot be written")


@pytest.mark.parametrize("value", [3, 1.5, ["x"], object()])
def test_a_checkpoint_that_is_no_path(tmp_path, value):
    refused(tmp_path, {"checkpoint": value}, TypeError, "path")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_read_only_place(tmp_path, what):
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "run.npz").write_text("kept")
    place = folder if what == "folder" else folder / "run.npz"
    place.chmod(stat.S_IMODE(place.stat().st_mode) & ~0o222)
    refused(tmp_path, {"checkpoint": folder / "run.npz"}, PermissionError, "cannot be written")
    place.chmod(0o755)


def test_a_folder_that_takes_no_new_file(tmp_path, monkeypatch):
    """The same for root: the system refuses the new file."""

    def no(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dlcourse._writing.os.open", no)
    refused(tmp_path, {"checkpoint": tmp_path / "a"}, PermissionError, "cannot be written")
