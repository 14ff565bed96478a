"""MyST, which the book's pages are written in, as Markdown that every notebook program shows.

What is not known here is an error: a role or directive that is new must be given a plain form.
"""

import re

from book_facts import NOTES, NUMBER

ROLE = re.compile(r"\{([a-z][\w:.-]*)\}`([^`]*)`")
FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\} *(?P<title>.*)$")
EQUATION = re.compile(r"^\$\$\n(.*?)\n\$\$ \(([\w-]+)\)$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"(?<!!)\[([^\[\]]*)\]\((?!https?:|mailto:|#)([\w./-]+?)\.(?:md|ipynb)(#[\w-]+)?\)"
)
TARGET = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
BLOCK = re.compile(r"(^`{3,}(?!\{).*?^`{3,}$)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`[^`\n]+`)")
# No running text: code, formulas, links, tags, headings.
APART = re.compile(
    r"(`[^`\n]+`|\$[^$]+\$|\[[^\[\]]*\]\([^)]*\)|<summary>.*?</summary>|<[^>\n]+>|^#+ .*$)",
    re.MULTILINE,
)
BOXES = {"note", "tip", "warning", "important", "caution", "hint", "seealso", "attention"}


class Page:
    """What a page's text refers to: numbers, values, sources, and where the site is.

    Parameters
    ----------
    number : str
        The chapter's number as the site shows it; "" for the pages around the chapters.
    site : str
        Address of the page's folder on the site, with a slash at its end.
    name : str
        The page's file name without its ending.
    values, equations, exercises, titles : dict
        Glued texts; numbers of equations and exercises by label; titles of pages by name.
    claim_place : callable
        Number of a claim -> (page, anchor).
    figures : dict
        Name, for those of other pages with the page in front -> (page, name, number).
    sources : dict
        Key -> (authors, year, address, whole entry).
    """

    def __init__(
        self,
        number,
        site,
        name,
        values,
        equations,
        exercises,
        titles,
        figures,
        claim_place,
        sources,
    ):
        self.number, self.site, self.name = number, site, name
        self.values, self.equations, self.exercises = values, equations, exercises
        self.titles, self.figures, self.sources = titles, figures, sources
        self.claim_place = claim_place
        self.cited, self.notes_linked = {}, not number

    def address(self, page, anchor=""):
        return f"{self.site}{page}.html{anchor}"


def plain(text, page):
    """The text of a cell without MyST."""
    lines, done = text.split("\n"), []
    while lines:
        line = lines.pop(0)
        opened = FENCE.match(line)
        if opened:
            done += directive(opened, inside(lines, opened["fence"]), page).split("\n")
        elif re.match(r"^(`{3,})(?!\{)", line):  # a block of code stays as it is
            fence = re.match(r"`+", line).group()
            done += [line, *inside(lines, fence), fence]
        else:
            done.append(line)
    text = EQUATION.sub(lambda m: equation(m, page), TARGET.sub("", "\n".join(done)))
    blocks = BLOCK.split(text)  # every other one is code
    return "".join(
        b if i % 2 else numbers(links(roles(b, page), page), page) for i, b in enumerate(blocks)
    )


def inside(lines, fence):
    """Take the lines of a block off the list, up to the fence that closes it."""
    taken = []
    while lines:
        line = lines.pop(0)
        if re.fullmatch(rf"{fence[0]}{{{len(fence)},}} *", line):
            return taken
        taken.append(line)
    raise ValueError(f"a block that {fence} opens is never closed: {taken[:1]}")


def directive(opened, lines, page):
    """The plain form of a directive."""
    name, title = opened["name"], opened["title"].strip()
    options = {}
    while lines and (option := re.match(r"^:([\w-]+): *(.*)$", lines[0])):
        options[option[1]] = option[2]
        lines.pop(0)
    body = "\n".join(lines).strip("\n")
    if name == "bibliography":
        return bibliography(page)
    if name == "list-table":
        return list_table(plain(body, page), title)
    if name == "math":
        return f"$$\n{body}\n$$"
    body = plain(body, page)
    if name == "dropdown":
        return (
            f"<details><summary>{in_html(plain(title, page))}</summary>\n\n{body}\n\n</details>\n"
        )
    if name in BOXES or name == "admonition":
        label = plain(title, page) if name == "admonition" else name.capitalize()
        return "> " + f"**{label}.** {body}".replace("\n", "\n> ")
    if name == "exercise":
        return f"### Exercise {page.exercises[options['label']]}. {title}\n\n{body}"
    if name == "solution-start":
        return f"#### Solution of exercise {page.exercises[title]}"
    if name == "solution-end":
        return ""
    raise ValueError(f"{page.name}: the directive {name} has no plain form; give it one here")


def in_html(text):
    """Code and emphasis of a summary, which notebooks take as HTML."""
    text = re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", text)  # a link inside would not open it
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"(?<!\w)\*([^*]+)\*", r"<em>\1</em>", text)


def equation(match, page):
    return f"$$\n{match[1]} \\tag{{{page.equations[match[2]]}}}\n$$"


def roles(text, page):
    return ROLE.sub(lambda m: role(m[1], m[2], page), text)


def role(name, content, page):
    if name == "glue:text":
        return page.values[content]
    if name == "eq":
        return f"({page.equations[content]})"
    if name == "fig":
        return figure(*page.figures[content], page)
    if name in ("cite:p", "cite:t", "cite"):
        return cite(content.split(","), name == "cite:t", page)
    if name in ("doc", "ref", "numref"):
        label = re.fullmatch(r"(.*)<(.*)>", content)
        return label[1].strip() if label else content
    raise ValueError(f"{page.name}: the role {name} has no plain form; give it one here")


def cite(keys, in_text, page):
    """(Author, year), each with a link to the paper or to the list of sources."""
    found = []
    for key in (key.strip() for key in keys):
        authors, year, address, entry = page.sources[key.partition("-")[2] or key]
        page.cited[entry] = None
        label = f"{authors} ({year})" if in_text else f"{authors}, {year}"
        found.append(f"[{label}]({address or page.address(page.name, '#sources')})")
    return " and ".join(found) if in_text else f"({'; '.join(found)})"


def figure(place, name, number, page):
    return f"[Figure {number}]({page.address(place, f'#fig-{name}')})"


def bibliography(page):
    listed = "\n".join(f"- {entry}" for entry in sorted(page.cited))
    return f"{listed}\n\n[The sources on the site]({page.address(page.name, '#sources')})"


def links(text, page):
    """Links between pages, as links to the site."""

    def link(match):
        title = match[1] or page.titles[match[2]]
        return f"[{title}]({page.address(match[2], match[3] or '')})"

    parts = CODE.split(text)
    return "".join(p if i % 2 else LINK.sub(link, p) for i, p in enumerate(parts))


def numbers(text, page):
    """Numbers of claims, and the first *the notes* of a chapter, as links to the site."""

    def claim(match):
        place, anchor = page.claim_place(match[0])
        return f"[{match[0]}]({page.address(place, f'#{anchor}')})"

    def notes(match):
        page.notes_linked = True
        return f"[{match[0]}]({page.address('notes')})"

    parts = APART.split(text)
    for i, part in enumerate(parts[::2]):
        part = NUMBER.sub(claim, part)
        parts[2 * i] = part if page.notes_linked else NOTES.sub(notes, part, count=1)
    return "".join(parts)


def list_table(body, title):
    """A table of lists as a table of bars."""
    rows = re.split(r"^\* ", body, flags=re.MULTILINE)[1:]
    cells = [re.split(r"^(?:  )?- ?", row, flags=re.MULTILINE)[1:] for row in rows]
    lines = [f"| {' | '.join(' '.join(cell.split()) for cell in row)} |" for row in cells]
    lines.insert(1, "|---" * len(cells[0]) + "|")
    return (f"**{title}**\n\n" if title else "") + "\n".join(lines)
