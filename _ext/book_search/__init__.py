"""The search of the site: it lands on sections, in English and in Korean.

Sphinx's own finds pages, cuts Korean at spaces and knows no spelling but ours; Pagefind gives up
on Korean particles. So the text of each section is written here, and MiniSearch, a kept library,
looks through it in the reader's browser. Ours are the words, `site/words.js`, and the page.
"""

import shutil
from pathlib import Path

from sphinx.search.en import SearchEnglish

from . import sections, synonyms

SITE = Path(__file__).with_name("site")
SCRIPTS = ["stemmer.js", "index.js", "minisearch/index.js", "words.js", "find.js", "page.js"]


def start(app):
    if app.builder.format == "html":
        app.builder.search = False  # Sphinx makes neither its index nor its page


def page(app):
    scripts = [f"_static/search/{name}" for name in SCRIPTS]
    return [("search", {"title": "Search", "search_scripts": scripts}, "search.html")]


def write(app, exception):
    """The index of all pages, also of those that were not built anew; and Sphinx's stemmer."""
    if exception or app.builder.name != "html":
        return
    target = Path(app.outdir, "_static", "search")
    shutil.copytree(SITE, target, dirs_exist_ok=True)
    (target / "stemmer.js").write_text(SearchEnglish.js_stemmer_code, encoding="utf-8")
    data = {"entries": sections.stored(app), "groups": synonyms.groups(app.env)}
    data["wishes"] = synonyms.wishes()
    (target / "index.js").write_text(sections.script(data), encoding="utf-8")


def setup(app):
    app.connect("builder-inited", start)
    app.connect("doctree-resolved", sections.store, 900)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True}
