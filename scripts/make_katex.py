"""Make _static/katex from the npm package katex: the style sheet and fonts of mathematics.

    python scripts/make_katex.py

needs npm. The formulas themselves are set while the book is built, by sphinxcontrib-katex;
a page needs only these. The version must be the one that sphinxcontrib-katex carries.
"""

import base64
import hashlib
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).parents[1] / "_static" / "katex"
VERSION = "0.16.22"
SHA512 = "XCHRdUw4lf3SKBaJe4EvgqIuWwkPSo9XoeO8GjQW94Bp7TWv9hNhzZjZ+OH9yf1UmLygb7DIT5GSFQiyt16zYg=="


def main():
    with tempfile.TemporaryDirectory() as folder:
        name = subprocess.check_output(
            ["npm", "pack", "--silent", f"katex@{VERSION}"], cwd=folder, text=True
        ).strip()
        archive = Path(folder) / name
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        assert found == SHA512, f"katex {VERSION} has another SHA-512 than expected: {found}"
        with tarfile.open(archive) as files:
            read = lambda path: files.extractfile(f"package/{path}").read()  # noqa: E731
            TARGET.joinpath("fonts").mkdir(parents=True, exist_ok=True)
            for path in files.getnames():
                if path.endswith(".woff2"):
                    font = path.removeprefix("package/dist/")
                    TARGET.joinpath(font).write_bytes(read(f"dist/{font}"))
            css = read("dist/katex.min.css").decode()
            # Every browser of the last years reads woff2; the older formats stay out.
            css = re.sub(r',url\([^)]*\.(woff|ttf)\) format\("\w+"\)', "", css)
            TARGET.joinpath("katex.min.css").write_text(css, encoding="utf-8")
            TARGET.joinpath("LICENSE").write_bytes(read("LICENSE"))
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"{TARGET}: {size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
