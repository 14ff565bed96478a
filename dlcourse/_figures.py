"""Show a figure in a notebook, with the words that belong to it."""

import base64
import io
import os
import re
from pathlib import Path

from . import _explore, _svg
from ._errors import missing

MIME = "application/vnd.dlcourse.figure+json"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# `make notebooks` names a folder in this variable and finds there an SVG of each figure.
KEPT = "DLCOURSE_FIGURES"


def show(fig, alt, *, caption=None, name=None, explore=None):
    """Show a figure in a notebook, with the text that a reader who cannot see it gets.

    With a caption and a name it can be cited: the page numbers it (*Figure 5.3*), gives it
    the anchor ``fig-NAME``, and offers it as PNG and as SVG.

    Parameters
    ----------
    fig : matplotlib figure
        It is closed, so that nothing is shown twice.
    alt : str
        What the figure *shows*, in a sentence or two: not only what it is of. It goes
        into the HTML page, and is compared when the notebook is tested, so it must be
        the same on every machine.
    caption : str, optional
        One sentence below the figure that says what is seen, compared too: so it holds
        words and settings, but nothing that was measured. Formulas between ``$`` and code
        between backticks are allowed.
    name : str, optional
        A short word, unique in its chapter, such as ``"zigzag"``: small letters, digits and
        hyphens. A caption and a name come together.
    explore : dict, optional
        What a reader of the site can change. ``figure`` is the module of ``_static/explore``
        that draws it, ``title`` a heading, ``controls`` a list of
        ``(name, label, values, value)``, ``presets`` a list of ``(key, label)``, ``heights``
        the room that it needs in pixels, ``{"wide": ..., "narrow": ...}``. Optional are
        ``data``, what the module draws, and ``answers``, a list of ``(state, words)``: with
        the controls so, the figure must say these words. It is stored beside the picture and
        compared when the notebook is tested. A notebook shows the picture alone.

    Raises
    ------
    TypeError
        If `fig` is no figure of matplotlib, or a text is no text.
    ValueError
        If `alt` or `caption` is too short to say anything or is no sentence, if they are
        the same, or if one of caption and name is missing or the name is no name; or if
        `explore` lacks a part.
    """
    if not hasattr(fig, "savefig") or not hasattr(fig, "get_figwidth"):
        raise TypeError(f"fig must be a figure of matplotlib, plt.subplots()[0], but got {fig!r}")
    check_words(alt, caption, name)
    moving = None if explore is None else _explore.checked(explore)
    try:
        from IPython.display import display
    except ImportError as error:
        raise missing("ipython", "showing a figure in a notebook") from error
    png = _small_png(fig)
    image = {"image/png": base64.b64encode(png).decode(), "text/plain": alt}
    if name is not None:
        image[MIME] = {"name": name, "caption": caption}
        if folder := os.environ.get(KEPT):
            text = _svg.written(fig, png, alt, caption, name)
            Path(folder, f"{_svg.checksum(png)}.svg").write_text(text, encoding="utf-8")
    if moving is not None:
        image[_explore.MIME] = moving
    _close(fig)
    width = round(100 * fig.get_figwidth())
    display(image, metadata={"image/png": {"alt": alt, "width": width}}, raw=True)


def check_words(alt, caption, name):
    """Check what is said about a figure, or say what to write instead."""
    for what, text in {"alt": alt, "caption": caption, "name": name}.items():
        if not isinstance(text, str) and (what == "alt" or text is not None):
            raise TypeError(f"{what} must be a text but got {text!r}")
    if len(alt.strip()) < 30:
        raise ValueError(f"alt must say in a sentence what the figure shows but got {alt!r}")
    if (caption is None) != (name is None):
        raise ValueError(
            f"a caption and a name come together but got caption={caption!r} and name={name!r}; "
            f"give both, or neither"
        )
    if caption is None:
        return
    if not NAME.fullmatch(name) or len(name) > 30:
        raise ValueError(
            f"name must be a short word of small letters, digits and hyphens, such as 'zigzag', "
            f"but got {name!r}"
        )
    if len(caption) < 20 or len(caption) > 300 or "\n" in caption or caption[-1] not in ".?!":
        raise ValueError(
            f"caption must be one sentence of 20 to 300 letters that says what is seen, "
            f"with a full stop, but got {caption!r}"
        )
    if caption == alt:
        raise ValueError(
            "caption and alt are the same; the caption tells those who see the figure what to "
            "look at, alt tells those who do not see it what it shows"
        )


def _close(fig):
    import matplotlib.pyplot as plt

    plt.close(fig)


def _small_png(fig):
    """The figure as a PNG of 256 colours: a third of the bytes, and no eye sees it."""
    from PIL import Image

    full, small = io.BytesIO(), io.BytesIO()
    fig.savefig(full, format="png")
    image = Image.open(full).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    image.save(small, format="png", optimize=True)
    return small.getvalue()
