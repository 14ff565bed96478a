"""Each page leads to the same page of the other edition: for readers and for search engines."""

from pathlib import Path

import catalogues

NAMES = {"en": "English", "ko": "한국어"}
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def home(app):
    """The address of the English edition."""
    return app.config.html_baseurl.removesuffix("ko/" if app.config.language == "ko" else "")


def addresses(root, page):
    return {code: f"{root}{'' if code == 'en' else code + '/'}{page}.html" for code in NAMES}


def add(app, page, template, context, doctree):
    """The link in the bar at the top, and hreflang in the head, of a page that has a partner."""
    here = app.config.language
    context["edition"] = None
    if page not in catalogues.shown():
        return
    other = "en" if here == "ko" else "ko"
    up = "../" * (page.count("/") + (here == "ko"))
    url = f"{up}{'' if other == 'en' else other + '/'}{page}.html"
    context["edition"] = {"code": other, "name": NAMES[other], "url": url}
    hrefs = addresses(home(app), page)
    hrefs["x-default"] = hrefs["en"]
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n<link rel="alternate" hreflang="{code}" href="{href}" />'
        for code, href in hrefs.items()
    )


def sitemap(app, exception):
    """One sitemap for both editions: the Korean pages, and which pages are the same."""
    if exception or app.builder.name != "html" or app.config.language == "ko":
        return
    path = Path(app.outdir, "sitemap.xml")
    text = path.read_text(encoding="utf-8").replace(SPACE, f"{SPACE} {XHTML}", 1)
    for page in catalogues.shown():
        both = addresses(home(app), page)
        same = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{href}"/>'
            for code, href in both.items()
        )
        own = f"<loc>{home(app)}{app.builder.get_target_uri(page)}</loc>"
        text = text.replace(own, f"{own}{same}")
        text = text.replace("</urlset>", f"  <url><loc>{both['ko']}</loc>{same}</url>\n</urlset>")
    path.write_text(text, encoding="utf-8")
