"""Lead the launch button *JupyterLite* to the site's own copy, from whatever folder a page is in.

The theme writes the address from _config.yml as it stands there, which is right for pages in the
top folder only.
"""


def lead(app, page, template, context, doctree):
    for group in context.get("header_buttons", []):
        for button in group.get("buttons", []) if group["type"] == "group" else ():
            if button["text"] == "JupyterLite":
                button["url"] = context["pathto"](button["url"], resource=True)
                button["tooltip"] = "Run in your own browser"
