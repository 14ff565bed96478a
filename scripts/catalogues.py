"""The catalogues of the Korean edition: locale/ko/*.po, one for each page; `make translations`.

A message that stands on several pages is in the catalogue of the first. `common.po` has the frames
of claims, `interface.po` the words of the site around the pages. A page is shown in Korean when
its catalogue says `X-Shown: yes` in its head, or `begun` while much of it is still English.
"""

import difflib
import json
import re
import sys
from functools import cache
from pathlib import Path

import polib
import yaml
from check_site import pages
from claim_words import FRAMES
from notebook_messages import CLAIM, EXPLORE, messages, visit_output

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale" / "ko"
LANGUAGE = "ko"
SHOWN = "X-Shown"
HEAD = {
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def sources(root=ROOT):
    """Every page of the table of contents that is written as text, in reading order."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    for name in pages(toc):
        for ending in (".ipynb", ".md"):
            path = root / f"{name}{ending}"
            if path.is_file():
                yield name, path


def file_of(name, locale=LOCALE):
    return locale / f"{name.split('/')[-1]}.po"


@cache
def read(file):
    """The catalogue in a file, or an empty one."""
    po = polib.pofile(str(file)) if Path(file).is_file() else polib.POFile()
    po.wrapwidth = 0
    return po


def said(entry):
    """What an entry says in Korean today, or nothing."""
    return "" if entry is None or entry.obsolete or "fuzzy" in entry.flags else entry.msgstr


def shown(locale=LOCALE, root=ROOT):
    """The pages that the Korean edition has, in reading order."""
    names = [name for name, _ in sources(root)]
    states = {name: read(file_of(name, locale)).metadata.get(SHOWN) for name in names}
    return [name for name in names if states[name] in ("yes", "begun")]


def translator(locale=LOCALE):
    """English -> Korean; what is missing or stale stays English."""
    words = {
        entry.msgid: said(entry)
        for file in sorted(locale.glob("*.po"))
        if file.stem != "interface"
        for entry in read(file)
        if said(entry)
    }
    return lambda text: words.get(text, text)


def by_catalogue(locale=LOCALE, root=ROOT, also=()):
    """Name -> messages of each page that has a catalogue, each message in the first only."""
    found, seen = {"common": list(FRAMES)}, set(FRAMES)
    for name, path in sources(root):
        if file_of(name, locale).is_file() or path.stem in also:
            texts = [*messages(path), *quoted(path, root)]
            found[name] = [text for text in dict.fromkeys(texts) if text not in seen]
            seen.update(found[name])
    return found


def words():
    """The words of the site around the pages, from interface.po."""
    return {entry.msgid: said(entry) for entry in read(LOCALE / "interface.po") if said(entry)}


def quoted(path, root):
    """What a page quotes from chapters, as the front page does: claims, and figures that move."""
    text = path.read_text(encoding="utf-8")
    claims = re.findall(r"\{statement\}`([^`]+)`", text)
    figures = re.findall(r"\{moving-figures\} (\S+)", text)
    if not claims and not figures:
        return []
    outputs = [one for nb in sorted((root / "chapters").glob("*.ipynb")) for one in stored(nb)]
    said = {one["data"][CLAIM]["id"]: one for one in outputs if CLAIM in one["data"]}
    moving = {one["data"][EXPLORE]["figure"]: one for one in outputs if EXPLORE in one["data"]}
    found = [said[number]["data"][CLAIM]["statement"] for number in claims if number in said]
    for name in figures:
        visit_output(moving[name], lambda text: found.append(text) or text)
    return found


def stored(path):
    """The outputs of a notebook that hold data."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [one for cell in cells for one in cell.get("outputs", []) if "data" in one]


def update(locale=LOCALE, root=ROOT, also=()):
    """Bring the catalogues up to date: a changed message keeps its Korean, marked fuzzy.

    Of the pages that have none, those named in `also` get theirs.
    """
    locale.mkdir(parents=True, exist_ok=True)
    found = by_catalogue(locale, root, also)
    everywhere = {e.msgid: e for f in locale.glob("*.po") for e in read(f) if said(e)}
    for name, texts in found.items():
        write(file_of(name, locale), texts, everywhere)
    read.cache_clear()


def write(file, texts, everywhere):
    before = read(file)
    old = {entry.msgid: entry for entry in before}
    gone = [entry for entry in before if entry.msgid not in texts and entry.msgstr]
    po = polib.POFile(wrapwidth=0)
    po.metadata = {**HEAD, **{k: v for k, v in before.metadata.items() if k == SHOWN}}
    for text in texts:
        entry = old.get(text) or everywhere.get(text)
        po.append(copied(entry) if entry else new(text, gone))
    if texts and str(po) != str(before):
        file.write_text(f"{po}\n" if not str(po).endswith("\n") else str(po), encoding="utf-8")


def copied(entry):
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        flags=list(entry.flags),
        previous_msgid=entry.previous_msgid,
    )


def new(text, gone):
    """A message that was not there, with the Korean of the one that it took the place of."""
    near = difflib.get_close_matches(text, [entry.msgid for entry in gone], 1, 0.7)
    if not near:
        return polib.POEntry(msgid=text)
    before = next(entry for entry in gone if entry.msgid == near[0])
    was = before.previous_msgid if "fuzzy" in before.flags else before.msgid
    return polib.POEntry(msgid=text, msgstr=before.msgstr, previous_msgid=was, flags=["fuzzy"])


if __name__ == "__main__":
    update(also=sys.argv[1:])
    for page in shown():
        count = sum(not said(entry) for entry in read(file_of(page)))
        print(f"{page}: {count} of {len(read(file_of(page)))} messages wait for their Korean")
