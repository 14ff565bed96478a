"""Make _static/katex from the npm package katex: the style sheet and fonts of mathematics.

    python scripts/make_katex.py

needs npm. The formulas themselves are set while the book is built, by sphinxcontrib-katex;
a page needs only these. The version must be the one that sphinxcontrib-katex carries.
"""

import re
from pathlib import Path

from npm_package import package, size_of

TARGET = Path(__file__).parents[1] / "_static" / "katex"
VERSION = "0.16.22"
SHA512 = "XCHRdUw4lf3SKBaJe4EvgqIuWwkPSo9XoeO8GjQW94Bp7TWv9hNhzZjZ+OH9yf1UmLygb7DIT5GSFQiyt16zYg=="


def main():
    TARGET.joinpath("fonts").mkdir(parents=True, exist_ok=True)
    with package("katex", VERSION, SHA512) as (read, names):
        for path in names:
            if path.endswith(".woff2"):
                TARGET.joinpath(path.removeprefix("dist/")).write_bytes(read(path))
        # Every browser of the last years reads woff2; the older formats stay out.
        css = read("dist/katex.min.css").decode()
        css = re.sub(r',url\([^)]*\.(woff|ttf)\) format\("\w+"\)', "", css)
        TARGET.joinpath("katex.min.css").write_text(css, encoding="utf-8")
        TARGET.joinpath("LICENSE").write_bytes(read("LICENSE"))
    print(size_of(TARGET))


if __name__ == "__main__":
    main()
