"""Where trials run: here, on an executor, or on one whose workers can be killed."""

from .._errors import positive
from ..browser import runs_in_browser


def place(executor, objective, space, timeout):
    """How trials are sent to an executor, or None if they run here."""
    timeout = None if timeout is None else positive("timeout", timeout)
    if runs_in_browser() and (executor is not None or timeout is not None):
        limit = "" if timeout is None else ", without a limit of time"
        print(f"A browser has no threads or processes: the trials run here, one by one{limit}.")
        return None
    if executor is None and timeout is not None:
        raise ValueError(
            "timeout needs an executor: a trial that hangs in this process cannot be stopped; "
            "give one, such as executor=loky.get_reusable_executor(1)"
        )
    if executor is None:
        return None
    if timeout is None:
        from .remote import Remote

        return Remote(executor, objective, space)
    from .limits import Limited

    return Limited(executor, objective, space, timeout)
