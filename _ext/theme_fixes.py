"""Two faults of what we build on, mended on the way out."""


def fix(app, page, template, context, doctree):
    # Jupyter Book always adds sphinx-thebe. We do not use it, and it names another host.
    context["script_files"] = [
        script
        for script in context["script_files"]
        if "thebe" not in f"{script.filename} {script.attributes.get('body', '')}"
    ]
    # A list whose children are no list items confuses screen readers.
    if "body" in context:
        context["body"] = context["body"].replace(
            'role="list" class="citation-list"', 'class="citation-list"'
        )


def setup(app):
    app.connect("html-page-context", fix, priority=900)
    return {"version": "1", "parallel_read_safe": True}
