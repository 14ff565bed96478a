"""Lay the Korean pages below the English site; what is the same in both lies there once.

Words of the site around the pages are put in place here, since they come from a dozen templates
and extensions: a text between two tags, or an attribute that is read out, that is as a whole a
message of interface.po. A {word} in a message stands for anything.
"""

import filecmp
import json
import posixpath
import re
import shutil
from functools import cache

LANGUAGE = "ko"
# Tags whose text is no word of the site, any other tag, and the text between two tags.
PARTS = re.compile(
    r"(?P<closed><(?P<tag>script|style|pre|svg)\b.*?</(?P=tag)>|<a [^>]*lang=\"en\"[^>]*>[^<]*</a>)"
    r"|(?P<open><[^>]*>)|(?P<text>[^<]+)",
    re.DOTALL,
)
FOREIGN = re.compile(r'<a ([^>]*hreflang="en"[^>]*)>((?:(?!</a>).)*)</a>', re.DOTALL)
NOTEBOOK = (
    "[Figure {number}](",
    "### Exercise {number}. ",
    "#### Solution of exercise {number}",
    "*This notebook runs the chapter. The page is easier to read: ",
)
READ_OUT = re.compile(r'\b(title|aria-label|placeholder|data-bs-title)="([^"]+)"')
ADDRESS = re.compile(r'\b(href|src|data-src|data-from)="([^"]+)"')


class Words:
    """Whole texts in Korean, from the messages of interface.po."""

    def __init__(self, said):
        self.said = {key: value for key, value in said.items() if "{" not in key}
        frames = sorted((key for key in said if "{" in key), key=fixed, reverse=True)
        self.frames = [(pattern(key), said[key]) for key in frames]

    def __call__(self, text):
        if not re.search("[A-Za-z]", text):
            return text
        core = " ".join(text.split())
        if core in self.said:
            return text.replace(text.strip(), self.said[core])
        for frame, korean in self.frames:
            if found := frame.fullmatch(core):
                parts = {name: self(part) for name, part in found.groupdict().items()}
                return text.replace(text.strip(), korean.format(**parts))
        return text


def fixed(frame):
    """How many letters of a frame are its own: the frame that says most is tried first."""
    return len(re.sub(r"\{\w+\}", "", frame))


def pattern(frame):
    parts = re.split(r"\{(\w+)\}", frame)
    return re.compile(
        "".join(f"(?P<{p}>.+?)" if i % 2 else re.escape(p) for i, p in enumerate(parts))
    )


def in_korean(html, words):
    def put(found):
        if found["text"]:
            return words(found["text"])
        tag = found["open"]
        if tag and 'lang="en"' not in tag:
            return READ_OUT.sub(lambda m: f'{m[1]}="{words(m[2])}"', tag)
        return found[0]

    return PARTS.sub(put, html)


def join(korean, english, pages, said, home):
    """Lay the pages of `korean` into `english`/ko; gives that folder. `home` is the address."""
    out, words = english / LANGUAGE, Words(said)
    shutil.rmtree(out, ignore_errors=True)
    kept = set(ours(korean, english, pages))
    for place in sorted(kept):
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(korean / place, out / place)
    for path in out.rglob("*.html"):
        html = in_korean(path.read_text("utf-8"), words)
        html = html.replace(f"{home}dlcourse.pdf", f"{home}dlcourse-{LANGUAGE}.pdf")
        here = path.relative_to(out).parent.as_posix()
        path.write_text(said_english(led(html, here, kept)), encoding="utf-8")
    for path in (out / "_static").rglob("*.css"):
        here = path.relative_to(out).parent.as_posix()
        path.write_text(led_sheet(path.read_text("utf-8"), here, kept), encoding="utf-8")
    for path in (out / "_sources").rglob("*.ipynb"):
        text = led_notebook(path.read_text("utf-8"), home, pages)
        path.write_text(in_korean_notebook(text, said), encoding="utf-8")
    name_places(out / "_static" / "search" / "index.js", words)
    return out


def ours(korean, english, pages):
    """The files that the Korean edition has of its own."""
    pages = {f"{name}.html" for name in pages} | {"search.html"}
    for path in korean.rglob("*"):
        place = path.relative_to(korean).as_posix()
        if not path.is_file() or place in ("404.html", "sitemap.xml", ".buildinfo", "objects.inv"):
            continue
        if path.suffix == ".html" and place not in pages and not place.startswith("explore/"):
            continue
        other = english / place
        module = place.startswith("_static/explore/") and path.suffix == ".mjs"  # finds the others
        if module or not other.is_file() or not filecmp.cmp(path, other, shallow=False):
            yield place


def up(address, here, kept):
    """The address seen from the Korean page: into the English edition where only that has it."""
    path = re.split("[?#]", address)[0]
    if not path or ":" in path or path.startswith("/"):
        return address
    target = posixpath.normpath(posixpath.join(here, path))
    if target.startswith("..") or target in kept:
        return address
    depth = len([part for part in here.split("/") if part not in ("", ".")])
    return f"{'../' * (depth + 1)}{target}{address[len(path) :]}"


def led(html, here, kept):
    """A page whose links lead to what is there, be it in the other edition."""

    def put(found):
        name, address = found.groups()
        new = up(address, here, kept)
        foreign = new != address and name == "href" and re.search(r"\.html(#|$)", new)
        return f'{name}="{new}"' + ' hreflang="en"' * bool(foreign)

    def tag(found):
        return ADDRESS.sub(put, found["open"]) if found["open"] else found[0]

    return PARTS.sub(lambda m: ADDRESS.sub(put, m[0]) if m["closed"] else tag(m), html)


def said_english(html):
    """A link with the English title of a page that is not translated says that it is English."""

    def put(found):
        korean = re.search("[가-힣]", found[2]) or re.search(r'\blang="', found[1])
        return found[0] if korean else f'<a {found[1]} lang="en">{found[2]}</a>'

    return FOREIGN.sub(put, html)


def led_sheet(css, here, kept):
    return re.sub(r"url\(([\"']?)([^)\"']+)\1\)", lambda m: f"url({up(m[2], here, kept)})", css)


def led_notebook(text, home, pages):
    """A notebook's links to the site: a page that is not translated is the English one."""
    return re.sub(
        rf"{re.escape(home)}{LANGUAGE}/([\w/-]+)\.html",
        lambda found: found[0] if found[1] in pages else f"{home}{found[1]}.html",
        text,
    )


def in_korean_notebook(text, said):
    """The few words that scripts/plain_markdown.py and runnable.py write into a notebook."""
    for frame in NOTEBOOK:
        found = re.escape(frame).replace(re.escape("{number}"), r"(?P<number>[\d.b]+)")
        korean = said.get(frame, frame).replace("{number}", r"\g<number>")
        text = re.sub(found, korean, text)
    return text


def name_places(index, words):
    """The titles that the search made itself, such as *Claim C1.1*."""
    start, _, rest = index.read_text("utf-8").partition("=")
    data = json.loads(rest.strip().removesuffix(";"))
    say = cache(words)
    for entry in data["entries"]:
        entry["title"], entry["above"] = say(entry["title"]), [say(one) for one in entry["above"]]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    index.write_text(f"{start}= {text};\n", encoding="utf-8")
