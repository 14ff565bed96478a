"""The bar that shows how far something is: tqdm's, where it is wanted."""

from ._arguments import flag
from ._errors import missing


def bar_class(progress):
    """The class ``tqdm`` if `progress` asks for a bar, else None."""
    if not flag("progress", progress):
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise missing("tqdm", "progress=True") from error
    return tqdm
