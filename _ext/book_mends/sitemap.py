"""A sitemap of all pages, also when only a few of them were built anew.

(sphinx-sitemap lists the pages of the last run only.)
"""

from pathlib import Path

START = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(app, exception):
    if exception or app.builder.name != "html":
        return
    addresses = [
        f"  <url><loc>{app.config.html_baseurl}{app.builder.get_target_uri(page)}</loc></url>\n"
        for page in sorted(app.env.found_docs)
    ]
    text = f'{START}<urlset xmlns="{SPACE}">\n{"".join(addresses)}</urlset>\n'
    Path(app.outdir, "sitemap.xml").write_text(text, encoding="utf-8")
