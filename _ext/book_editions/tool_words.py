"""The words of Sphinx, the theme and the extensions, better than the translations they bring."""

from sphinx import locale


def put(words):
    for (_, catalogue), translator in locale.translators.items():
        if catalogue != "console" and hasattr(translator, "_catalog"):
            translator._catalog.update(words)
