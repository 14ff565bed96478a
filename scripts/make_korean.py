"""Build the Korean edition and lay it below the English one: make_korean.py (part of `make book`).

Its sources are made anew from the English pages and the catalogues, into _build/ko/source. There
all pages stand, so that numbers and references are those of the English edition, and only the
translated ones are written; of other pages of text the headings are enough. What the editions
share lies there once.
"""

import re
import shutil
import subprocess
import sys

import korean_site
import yaml
from catalogues import LANGUAGE, ROOT, file_of, read, said, shown, sources, translator, words
from notebook_messages import spoken

WORK = ROOT / "_build" / LANGUAGE
SOURCE = WORK / "source"
OWN = {"chapters", "assignments", "_ext", "scripts"}  # these know their folder: made, not linked
LEFT = {".git", ".venv", "_build", "build", "tests", ".pytest_cache", ".ruff_cache"}


def put(text, path):
    """Write a file unless it says the same already: then it is not read again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() or not path.is_file() or path.read_text("utf-8") != text:
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")


def lay(target, source):
    """The same file at another place, without a copy of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.is_symlink():
        target.unlink(missing_ok=True)
        target.symlink_to(source)


def tree(say):
    """The sources of the Korean edition."""
    pages = {path.relative_to(ROOT).as_posix() for _, path in sources()}
    for path in sorted(ROOT.iterdir()):
        own = path.name in pages or path.name.startswith(("_config", "_toc"))
        if path.name not in LEFT | OWN and not own:
            lay(SOURCE / path.name, path)
    for folder in ("_ext", "scripts"):
        shutil.rmtree(SOURCE / folder, ignore_errors=True)
        shutil.copytree(ROOT / folder, SOURCE / folder)
    for folder in ("chapters", "assignments"):
        for path in sorted((ROOT / folder).rglob("*")):
            place = path.relative_to(ROOT)
            if path.is_file() and place.as_posix() not in pages and "." not in place.parts[1][:1]:
                lay(SOURCE / place, path)
    translated = shown()
    for name, path in sources():
        if name in translated or path.suffix == ".ipynb":
            put(spoken(path, say), SOURCE / path.relative_to(ROOT))
        else:
            put(headings(path.read_text("utf-8")), SOURCE / path.relative_to(ROOT))


def headings(text):
    """The headings of a page and its labels, to which others may refer."""
    text = re.sub(r"^(`{3,}|:{3,}).*?^\1 *$", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n\n".join(re.findall(r"^(?:#+ .+|\([\w-]+\)=)$", text, re.MULTILINE)) + "\n"


def settings(said):
    """_config.yml and _toc.yml in Korean."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    sphinx = config["sphinx"]["config"]
    title = said[config["title"]]
    config["title"] = sphinx["ogp_site_name"] = sphinx["html_theme_options"]["logo"]["text"] = title
    config["html"]["extra_footer"] = said[config["html"]["extra_footer"]]
    root = config["html"]["baseurl"]
    config["html"]["baseurl"] = f"{root}{LANGUAGE}/"
    sphinx["language"] = LANGUAGE
    sphinx["ogp_image"] = f"{root}{sphinx['ogp_image']}"
    sphinx["ogp_image_alt"] = said[sphinx["ogp_image_alt"]]
    sphinx["edition_words"] = said
    sphinx["edition_anchors"] = str(ROOT / "_build" / ".doctrees")
    config["sphinx"]["local_extensions"].pop("book_slides", None)  # there is one set of decks
    # Links were checked in the English edition, which has all of every page.
    sphinx["suppress_warnings"] = [*sphinx.get("suppress_warnings", []), "myst.xref_missing"]
    for part in toc["parts"]:
        part["caption"] = said.get(part["caption"], part["caption"])
    for content, name in ((config, "_config.yml"), (toc, "_toc.yml")):
        put(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), SOURCE / name)


def build():
    """Build it; warnings are errors, as in the English edition."""
    command = [".venv/bin/jupyter-book", "build", str(SOURCE), "--path-output", str(WORK)]
    command += ["-W", "-n", "--keep-going", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        sys.exit("error: the Korean edition has the warnings above\nwhat to do: mend locale/ko")


def main():
    pages = shown()
    if not pages:
        return
    tree(translator())
    settings(words())
    build()
    home = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["html"]["baseurl"]
    built = WORK / "_build" / "html"
    site = korean_site.join(built, ROOT / "_build" / "html", pages, words(), home)
    english = [
        f"{name} ({sum(not said(e) for e in read(file_of(name)))})"
        for name in pages
        if read(file_of(name)).metadata["X-Shown"] == "begun"
    ]
    note = f"; with messages in English: {', '.join(english)}" if english else ""
    print(f"the Korean edition has {len(pages)} pages{note}; open {site / 'index.html'}")


if __name__ == "__main__":
    main()
