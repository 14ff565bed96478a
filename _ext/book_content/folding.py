"""Code that is not read with the text lies folded; a switch below the title shows all of it."""

SWITCH = '<button type="button" class="fold-switch" aria-pressed="false">Show all code</button>'


def add_switch(app, page, template, context, doctree):
    body = context.get("body", "")
    if '<details class="admonition hide' in body:
        context["body"] = body.replace("</h1>", f"</h1>\n{SWITCH}", 1)
