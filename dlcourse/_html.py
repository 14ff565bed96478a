"""A table as HTML, for notebooks."""


def table(caption, head, rows):
    """A table with a caption, a row of headings, and rows of text."""
    from html import escape  # here, so that `import dlcourse` stays light

    headings = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{headings}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
