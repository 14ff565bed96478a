"""Make _ext/book_search/site/minisearch from the npm package: the engine of the site's search.

    python scripts/make_minisearch.py

needs npm. `_ext/book_search` says what it is used for.
"""

from pathlib import Path

from npm_package import package, size_of

TARGET = Path(__file__).parents[1] / "_ext" / "book_search" / "site" / "minisearch"
VERSION = "7.2.0"
SHA512 = "dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg=="


def main():
    TARGET.mkdir(exist_ok=True)
    with package("minisearch", VERSION, SHA512) as (read, _):
        lines = read("dist/umd/index.js").decode().splitlines(keepends=True)
        lines = [line for line in lines if "sourceMappingURL" not in line]
        TARGET.joinpath("index.js").write_text("".join(lines), encoding="utf-8")
        TARGET.joinpath("LICENSE").write_bytes(read("LICENSE.txt"))
    print(size_of(TARGET))


if __name__ == "__main__":
    main()
