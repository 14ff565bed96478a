"""Verify that every page of _toc.yml was built, and say where the site is."""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"


def pages(toc):
    """The names of all pages of a table of contents, in reading order."""
    if isinstance(toc, list):
        return [page for entry in toc for page in pages(entry)]
    own = [toc[key] for key in ("root", "file") if key in toc]
    return own + [
        page for key in ("parts", "chapters", "sections") for page in pages(toc.get(key, []))
    ]


def main():
    names = pages(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
    missing = [name for name in names if not (SITE / f"{name}.html").is_file()]
    if missing:
        sys.exit(
            f"error: in _toc.yml but not built: {', '.join(missing)}\n"
            "what to do: check the names in _toc.yml, then make clean book"
        )
    print(f"all {len(names)} pages are built; open {SITE / 'index.html'}")


if __name__ == "__main__":
    main()
