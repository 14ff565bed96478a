"""Lead the launch buttons to notebooks that run.

The theme writes the address of *JupyterLite* as it stands in _config.yml, which is right for
pages in the top folder only; and it looks for all notebooks on one branch, while those for
*Colab* are on the branch that the publishing workflow makes.
"""

BRANCH = "run"


def lead(app, page, template, context, doctree):
    korean = app.config.language == "ko"
    for group in context.get("header_buttons", []):
        buttons = group.get("buttons", []) if group["type"] == "group" else []
        if korean:  # Binder starts from the repository, which holds the English notebooks
            buttons[:] = [button for button in buttons if button["text"] != "Binder"]
        for button in buttons:
            if button["text"] == "JupyterLite":
                button["url"] = context["pathto"](button["url"], resource=True)
                if korean:
                    button["url"] = button["url"].replace("?path=", "?path=ko/")
                button["tooltip"] = "Run in your own browser"
            elif button["text"] == "Colab":
                button["url"] = button["url"].replace(
                    "/blob/main/", f"/blob/{BRANCH}/{'ko/' * korean}"
                )
