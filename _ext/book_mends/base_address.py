"""The page for wrong addresses and the link previews take the site's address from one place.

It is `html: baseurl` of `_config.yml`. The page is shown at any depth, so its links begin with the
path at which the site stands on its host.
"""

from urllib.parse import urlsplit


def derive(app, config):
    config.ogp_site_url = config.html_baseurl
    config.notfound_urls_prefix = urlsplit(config.html_baseurl).path or "/"
    body = config.notfound_context["body"].replace("{front}", config.notfound_urls_prefix)
    config.notfound_context = {**config.notfound_context, "body": body}
