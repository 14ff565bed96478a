"""Make _ext/book_slides/site/reveal from the npm package reveal.js: what a deck of slides needs.

    python scripts/make_reveal.py

needs npm. The notes are the plugin with which a speaker sees hers on a second screen.
"""

from pathlib import Path

from npm_package import package, size_of

TARGET = Path(__file__).parents[1] / "_ext" / "book_slides" / "site" / "reveal"
VERSION = "5.2.1"
SHA512 = "r7//6mIM5p34hFiDMvYfXgyjXqGRta+/psd9YtytsgRlrpRzFv4RbH76TXd2qD+7ZPZEbpBDhdRhJaFgfQ7zNQ=="
FILES = ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE")


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    with package("reveal.js", VERSION, SHA512) as (read, _):
        for path in FILES:
            TARGET.joinpath(Path(path).name).write_bytes(read(path))
    print(size_of(TARGET))


if __name__ == "__main__":
    main()
