"""A figure as SVG, for slides: the same on every run, small, and tied to its PNG by a checksum."""

import base64
import hashlib
import io
import re
from xml.sax.saxutils import escape

LARGEST = 150_000  # bytes
DENSE = 3000  # points in one axes: beyond that its marks become a picture
START = re.compile(r"<svg [^>]*>")
PIXELS = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
CHECKSUM = re.compile(r"<metadata>PNG SHA-256 ([0-9a-f]{64})</metadata>")


def checksum(png):
    return hashlib.sha256(png).hexdigest()


def checksum_in(text):
    """The checksum of the PNG that an SVG was drawn with, or None."""
    found = CHECKSUM.search(text)
    return found and found[1]


def written(fig, png, alt, caption, name):
    """The text of the SVG. Dense parts are pixels inside; letters and axes stay lines."""
    for dense, dots in ((DENSE, 150), (0, 150), (0, 75)):
        rasterize(fig, dense)
        text = PIXELS.sub(_fewer_colors, _drawn(fig, dots))
        words = f"<title>{escape(caption)}</title><desc>{escape(alt)}</desc>"
        words += f"<metadata>PNG SHA-256 {checksum(png)}</metadata>"
        text = START.sub(lambda start, words=words: f"{start[0]}\n {words}", text, count=1)
        size = len(text.encode())
        if size <= LARGEST:
            return text
    raise ValueError(
        f"figure {name!r} has {size // 1000} kB as SVG, more than {LARGEST // 1000} kB; "
        f"draw fewer axes, smaller images, or fewer words"
    )


def _fewer_colors(found):
    """Pixels inside a drawing, in 256 colours: a third of the bytes."""
    from PIL import Image

    data = base64.b64decode(re.sub(r"\s", "", found[1]))
    image, page = Image.open(io.BytesIO(data)).convert("RGBA"), io.BytesIO()
    image.quantize(256, method=Image.Quantize.FASTOCTREE).save(page, format="png", optimize=True)
    return "data:image/png;base64," + base64.b64encode(page.getvalue()).decode()


def _drawn(fig, dots):
    import matplotlib

    page = io.StringIO()
    fixed = {"svg.hashsalt": "dlcourse", "svg.fonttype": "path"}
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))  # no date, no version
    with matplotlib.rc_context(fixed):
        fig.savefig(page, format="svg", dpi=dots, metadata=nothing)
    return re.sub(r">\s+<", ">\n<", page.getvalue())  # a tenth is indentation


def rasterize(fig, dense=DENSE):
    """Mark the lines and points of crowded axes: they are drawn as pixels."""
    for ax in fig.axes:
        marks = [*ax.lines, *ax.collections, *ax.patches]
        if sum(_points(mark) for mark in marks) > dense:
            for mark in marks:
                mark.set_rasterized(True)


def _points(mark):
    """How many corners a line, a cloud of points or a mesh has."""
    if hasattr(mark, "get_xdata"):
        return len(mark.get_xdata())
    if hasattr(mark, "get_offsets"):
        own = 0 if mark.get_array() is None else mark.get_array().size
        return max(own, len(mark.get_offsets()), sum(len(p.vertices) for p in mark.get_paths()))
    return len(mark.get_path().vertices)
