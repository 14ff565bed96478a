"""Saving arrays to .npz files that are never half written and never trusted blindly."""

import numpy as np

from ._arguments import file_path
from ._errors import generator
from ._writing import replacing

SMALL = 40_000  # bytes: more than a header, a name, or the state of a stream


def save_arrays(path, kind, arrays):
    """Write `arrays` to `path` in one atomic step; `kind` names what they are."""
    arrays = {name: np.asarray(value) for name, value in arrays.items()}
    for name, value in arrays.items():
        if value.dtype.hasobject:
            raise TypeError(
                f"{name} cannot be saved: it must be an array of numbers or text but holds "
                f"{value!r:.60}; nothing was written"
            )
    with replacing(path) as file:
        np.savez(file, **{"dlcourse": np.array(kind)}, **arrays)


def load_arrays(path, kind, room=None):
    """Read what `save_arrays` wrote, as a dict, or say what is wrong with the file.

    ``room(name)`` is the number of bytes that a member may fill, or None for a name that
    nobody knows. It is asked before anything is unpacked, since 3 MB can unpack to 3 GB.
    """
    path = file_path(path)
    hint = f"save it again with {kind}.save"
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as archive:
            sizes = {m.filename.removesuffix(".npy"): m.file_size for m in archive.zip.infolist()}
            found = str(archive["dlcourse"]) if sizes.get("dlcourse", SMALL) < SMALL else None
            sizes.pop("dlcourse", None)
            refused = _refused(sizes, room) if room else ""
            good = found == kind and not refused
            arrays = {name: archive[name] for name in sizes} if good else {}
    except FileNotFoundError:
        raise
    except Exception as e:  # numpy, zipfile, zlib and struct each have errors of their own
        raise ValueError(f"{path} is damaged or no .npz file ({e}); {hint}") from e
    if found != kind:
        what = "no file of dlcourse" if found is None else f"a saved {found}"
        raise ValueError(f"{path} is {what}, not a saved {kind}; {hint}")
    if refused:
        raise ValueError(f"{path}: {refused}; nothing was loaded")
    for name, value in arrays.items():
        if not isinstance(value, np.ndarray):
            raise ValueError(f"{path} is damaged ({name} is no array); {hint}")
    return arrays


def _refused(sizes, room):
    """What speaks against unpacking members of these sizes, or an empty text."""
    foreign = sorted(name for name in sizes if room(name) is None)
    if foreign:
        return (
            f"the saved state is of another network: not known {foreign}; build everything "
            f"exactly as it was when it was saved"
        )
    for name, size in sizes.items():
        if size > room(name) + SMALL:
            return f"the saved {name} fills {size} bytes, but this one needs {room(name)}"
    return ""


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

    return np.array(
        json.dumps(generator("rng", rng).bit_generator.state, default=np.ndarray.tolist)
    )


def saved_stream(name, found):
    """The state of a Generator from what was saved, tried out before anything is loaded."""
    import json

    try:
        saved = str(found)
        state = json.loads(saved)
        kind = state["bit_generator"]
        if kind not in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"):
            raise ValueError(f"{kind!r} is no kind of stream")
        rng = np.random.Generator(getattr(np.random, kind)(0))
        where = state["state"]["pos"] if kind == "MT19937" else state.get("buffer_pos", 0)
        if where not in range(625 if kind == "MT19937" else 5):
            raise ValueError(f"position {where} lies outside of its numbers")
        rng.bit_generator.state = state
        if str(stream_state(rng)) != saved:
            raise ValueError("its numbers are out of range")
    except Exception as error:  # json and the five kinds each have errors of their own
        raise ValueError(
            f"the saved {name} is no state of a stream ({str(error):.100}); nothing was loaded"
        ) from error
    return state
