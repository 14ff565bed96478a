"""What the Korean edition does otherwise: it writes the translated pages, and links to these."""

import functools

import catalogues
from book_content import claims_ledger
from book_search import sections
from bs4 import BeautifulSoup
from claim_words import Box

from dlcourse import _box

from . import marked_english, particles, same_anchors, tool_words

MORE = (
    '<p class="caption" role="heading" aria-level="2">'
    '<a class="all-english" href="{}" hreflang="en" lang="en">{}</a></p>'
)


def start(app, config):
    if config.language != "ko":
        return
    tool_words.put(config.edition_words)
    box = Box(catalogues.translator())
    for name in ("summary", "outcome", "effect", "control"):
        setattr(_box, name, getattr(box, name))
    assert claims_ledger._box is _box
    say = config.edition_words.get
    sections.BACK.update({say(title, title) for title in sections.BACK})
    app.connect("builder-inited", write_translated_ones)
    app.connect("doctree-read", same_anchors.take, 100)  # before titles are collected
    app.connect("doctree-read", particles.keep, 600)
    app.connect("doctree-read", marked_english.mark, 950)
    app.connect("doctree-read", marked_english.say, 960)
    app.connect("html-page-context", navigation, 800)


def write_translated_ones(app):
    """All pages are read, for their numbers and anchors; those that are shown are written."""
    write, kept = app.builder.write, set(catalogues.shown())

    @functools.wraps(write)
    def fewer(build_docnames, updated_docnames, method="update"):
        return write(kept & set(build_docnames or kept), kept & set(updated_docnames), method)

    app.builder.write = fewer


def navigation(app, page, template, context, doctree):
    """The table of contents, and the pages before and after, of the translated pages alone."""
    shown = catalogues.shown()
    gone = {app.builder.get_relative_uri(page, name) for name in app.env.found_docs} - {
        app.builder.get_relative_uri(page, name) for name in shown
    }
    if make := context.get("generate_toctree_html"):
        context["generate_toctree_html"] = lambda *a, **k: thinned(make(*a, **k), gone, page)
    if page in shown:
        at = shown.index(page)
        beside = {"prev": shown[at - 1 : at], "next": shown[at + 1 : at + 2]}
        for key, names in beside.items():
            context[key] = {
                "title": app.builder.render_partial(app.env.titles[names[0]])["title"],
                "link": app.builder.get_relative_uri(page, names[0]),
            } if names else None  # fmt: skip


def thinned(html, gone, page):
    soup = BeautifulSoup(str(html), "html.parser")
    for link in soup.select("li > a"):
        if not link.decomposed and link.get("href") in gone:  # gone with the page above it
            link.find_parent("li").decompose()
    for group in soup.select("ul"):
        if not group.select("li"):
            before = group.find_previous_sibling()
            if before and "caption" in before.get("class", []):
                before.decompose()
            group.decompose()
    more = MORE.format("../" * (page.count("/") + 1) + "index.html", "All pages in English")
    return f"{soup}{more}"
