"""Move the project to another address: make address REPOSITORY=OWNER/NAME SITE=https://HOST/PATH/.

`_config.yml` says where the repository and the published site are; the extensions and scripts read
it there. Texts that name an address themselves (README, pages, notebooks) are rewritten here.
Nothing is run again: only the letters of the address change, also where they stand in an output.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GITHUB = "https://github.com/"
NOT_OURS = {".git", ".venv", "_build", "build", "node_modules"}


def files(root):
    """The text files of the repository: path -> text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [root / name for name in listed.stdout.decode().split("\0") if name]
    else:  # a copy without its history
        names = [p for p in root.rglob("*") if not NOT_OURS & set(p.relative_to(root).parts)]
    found = {}
    for path in names:
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            found[path] = data.decode("utf-8", errors="surrogateescape")
    return found


def now(root):
    """(OWNER/NAME, address of the site), as `_config.yml` says."""
    text = (root / "_config.yml").read_text(encoding="utf-8")
    repository = re.search(rf"^  url: {GITHUB}(\S+)", text, re.MULTILINE)[1]
    return repository, re.search(r"^  baseurl: (\S+)", text, re.MULTILINE)[1]


def ways(repository, site):
    """How the two addresses stand in a text: pattern -> text. The first column is what is named."""
    owner, name = repository.split("/")
    return {
        "clone": f"{repository} && cd {name}",
        "repository": repository,
        "in a query": f"{owner}%2F{name}",
        "site": site,
    }


def alone(text):
    """A pattern for an address that is not a part of a longer name.

    The address stands first and what may not be before it follows, for a search ten times as fast.
    """
    text, ends = re.escape(text), text.endswith("/")
    end = "" if ends else r"(?![\w-]|\.(?!git\b)\w)"
    return rf"{text}(?:(?<![\w.-]{text})|(?<=%2F{text})){end}"


def moved(text, old, new):
    """The text with every old address replaced by the new one, in one pass."""
    places = dict(zip(old.values(), new.values(), strict=True))
    pattern = re.compile("|".join(map(alone, places)))
    return pattern.sub(lambda found: places[found[0]], text)


def fault(repository, site):
    """What is wrong with an address that was given, or nothing."""
    if not re.fullmatch(r"[\w-]+/[\w.-]+", repository) or repository.endswith((".git", ".")):
        return f"REPOSITORY is {repository!r}, which is not like OWNER/NAME on GitHub"
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?/([\w.~-]+/)*", site):
        return f"SITE is {site!r}, which is not like https://HOST/ or https://HOST/PATH/"
    return None


def move(root, repository, site):
    """Rewrite all files; gives the paths of those that changed."""
    wrong = fault(repository, site)
    if wrong:
        raise ValueError(f"{wrong}\nwhat to do: write both as in the line above; SITE ends in /")
    before = now(root)
    old, new = ways(*before), ways(repository, site)
    texts = files(root)
    # What stands there already could not be told from what is moved, on the way back.
    for was, given in zip(before, (repository, site), strict=True):
        there = [p for p, text in texts.items() if given != was and re.search(alone(given), text)]
        if there:
            named = ", ".join(str(path.relative_to(root)) for path in there[:3])
            raise ValueError(f"{given} stands already in {named}\nwhat to do: take it out there")
    changed = []
    for path, text in texts.items():
        if (text_now := moved(text, old, new)) != text:
            path.write_bytes(text_now.encode("utf-8", errors="surrogateescape"))
            changed.append(path)
    return changed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repository", help="OWNER/NAME on GitHub")
    parser.add_argument("site", help="where the site is published, with a / at its end")
    given = parser.parse_args()
    try:
        changed = move(ROOT, given.repository.removeprefix(GITHUB), given.site)
    except ValueError as error:
        sys.exit(f"error: {error}")
    print(f"{len(changed)} files changed; look at them with git diff, then: make book")


if __name__ == "__main__":
    main()
