"""What `make claims` changes when it runs the book again: nothing else in dlcourse knows of it.

`base` is added to every seed of a chapter. It is 0 in the book; the environment variable
DLCOURSE_BASE, read once at import, gives another one: ``DLCOURSE_BASE=1000 jupyter lab``.
`records` is None. While it is a list, claims, measured values and tuned rates append what they
found to it, and do not raise.
"""

import os


def _base_from(text):
    if not text.isdecimal():
        raise ValueError(
            f"DLCOURSE_BASE must be a whole number of at least 0 but got {text!r}; "
            f"leave it unset to get the book's own seeds"
        )
    return int(text)


#: Add it to every seed of a chapter: ``range(base, base + 10)``. 0 in the book.
base = _base_from(os.environ.get("DLCOURSE_BASE", "0"))
records = None


def told(kind, name, good, **facts):
    """Whether somebody listens; then they are told, and the caller must not raise."""
    if records is None:
        return False
    records.append({"kind": kind, "name": name, "good": bool(good), **facts})
    return True
