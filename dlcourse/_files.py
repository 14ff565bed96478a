"""Saving arrays to .npz files that are never half written and never trusted blindly."""

import os

import numpy as np


def save_arrays(path, kind, arrays):
    """Write `arrays` to `path` in one atomic step; `kind` names what they are."""
    path = os.fspath(path)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:
            np.savez(file, **{"dlcourse": np.array(kind)}, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise


def load_arrays(path, kind):
    """Read what `save_arrays` wrote, as a dict, or say what is wrong with the file."""
    path = os.fspath(path)
    hint = f"save it again with {kind}.save"
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except FileNotFoundError:
        raise
    except Exception as e:  # numpy, zipfile, zlib and struct each have errors of their own
        raise ValueError(f"{path} is damaged or no .npz file ({e}); {hint}") from e
    found = arrays.pop("dlcourse", None)
    if found is None or str(found) != kind:
        what = "no file of dlcourse" if found is None else f"a saved {found}"
        raise ValueError(f"{path} is {what}, not a saved {kind}; {hint}")
    return arrays


def same_names(what, expected, found):
    """Check that a saved state has the names that the object has."""
    missing, foreign = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    if missing or foreign:
        raise ValueError(
            f"the saved state is of another {what}: missing {missing}, not known {foreign}; "
            f"build the {what} exactly as it was when it was saved"
        )


def same_array(name, expected, found):
    """Check shape and dtype of one saved array."""
    found = np.asarray(found)
    if found.shape != expected.shape or found.dtype != expected.dtype:
        raise ValueError(
            f"the saved {name} is {found.dtype} of shape {found.shape}, but this one needs "
            f"{expected.dtype} of shape {expected.shape}; nothing was loaded"
        )
    return found


def stream_state(rng):
    """Where a stream of random numbers stands, as an array that can be saved."""
    import json  # here, so that `import dlcourse` stays light

    return np.array(json.dumps(rng.bit_generator.state))


def saved_stream(name, found):
    """The state of a Generator from what was saved, tried out before anything is loaded."""
    import json

    try:
        state = json.loads(str(found))
        np.random.default_rng(0).bit_generator.state = state
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(
            f"the saved {name} is no state of a stream ({error}); nothing was loaded"
        ) from error
    return state
