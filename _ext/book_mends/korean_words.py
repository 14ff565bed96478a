"""Korean words in an English page say that they are Korean, so that they are read out as such.

They stand in tables, in lists of words and in running text; marking each by hand is forgotten.
"""

import re

WORDS = r"[가-힣]+(?:[ ·]+[가-힣]+)*"
# What is no text, or can hold no further element; any tag; and the words.
PARTS = re.compile(rf"<(script|style|svg|option|textarea)\b.*?</\1>|<[^>]*>|({WORDS})", re.DOTALL)


def marked(html):
    return PARTS.sub(lambda m: f'<span lang="ko">{m[2]}</span>' if m[2] else m[0], html)


def mark(app, page, template, context, doctree):
    if app.config.language == "ko":
        return
    context["body"] = marked(context.get("body", ""))
    for name in ("generate_toctree_html", "generate_toc_html"):
        if name in context:
            context[name] = marking(context[name])


def marking(make):
    """The theme's function that makes a list of links, with its Korean words marked."""

    def made(*given, **settings):
        html = make(*given, **settings)
        return marked(html) if isinstance(html, str) else html

    return made
