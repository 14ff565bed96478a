"""A font with the few icons that the site uses instead of the two thousand of Font Awesome.

The theme's style sheet gives each icon a character. The pages say which icons they use; the
characters of these are cut out of the theme's fonts when the build ends.
"""

import re
from pathlib import Path

import pydata_sphinx_theme
from fontTools.subset import Options, Subsetter, load_font, save_font

STATIC = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
FONTS = STATIC / "vendor" / "fontawesome" / "webfonts"
BY_SCRIPT = {"xmark"}  # icons that the theme's script adds


RULE = re.compile(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\([0-9a-f]+)\s*"\}')


def used(rule, names):
    return names & set(re.findall(r"\.fa-([a-z0-9-]+):", rule[1]))


def characters(css, names):
    """The characters of the icons of these names, and of those that the style sheet itself uses."""
    codes = re.findall(r'--pst-icon-[a-z-]+:"\\u([0-9a-f]{4})"', css)
    codes += [rule[2] for rule in RULE.finditer(css) if used(rule, names)]
    return {chr(int(code, 16)) for code in [*codes, "f107"]}  # f107 opens the table of contents


def cut(source, target, text):
    options = Options(flavor="woff2", layout_features=[])
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    save_font(font, str(target), options)


def icons(app, exception):
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    css = (STATIC / "styles" / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    pages = [path.read_text(encoding="utf-8") for path in out.rglob("*.html")]
    names = BY_SCRIPT | {name for page in pages for name in re.findall(r"\bfa-([a-z0-9-]+)", page)}
    text = "".join(sorted(characters(css, names)))
    target = out / "_static" / "vendor" / "fontawesome" / "webfonts"
    for font in target.iterdir():
        if font.suffix == ".woff2":
            cut(FONTS / font.name, font, text)
        else:
            font.unlink()  # for browsers of long ago
