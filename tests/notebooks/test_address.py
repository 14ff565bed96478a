"""The project can move: one command changes every address, and the way back changes nothing."""

import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "scripts"), str(ROOT / "_ext")]
from address import files, move, moved, now, ways  # noqa: E402
from book_mends.base_address import derive  # noqa: E402

HOME = now(ROOT)
# In pieces, so that a copy of this file does not hold it.
ELSEWHERE = ("/".join(["someone-else", "my-own.course"]), "/".join(["https://course.invalid", ""]))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The repository's files elsewhere, without its history."""
    target = tmp_path_factory.mktemp("copy")
    for path in files(ROOT):
        there = target / path.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
    return target


def test_there_and_back(copy):
    before = {path: path.read_bytes() for path in files(copy)}
    changed = move(copy, *ELSEWHERE)
    assert now(copy) == ELSEWHERE
    names = {str(path.relative_to(copy)) for path in changed}
    assert {"README.md", "_config.yml", "pyproject.toml", "chapters/run.md"} <= names
    assert {"assignments/requirements.txt", "chapters/01-dropout.ipynb"} <= names
    owner = HOME[0].split("/")[0]
    for path, text in files(copy).items():
        assert owner not in text, path
        if path.suffix == ".ipynb":
            after, stored = json.loads(text), json.loads(before[path])
            nbformat.validate(after)
            outputs, were = ([c.get("outputs") for c in nb["cells"]] for nb in (after, stored))
            assert moved(repr(were), *all_ways()) == repr(outputs)
    move(copy, *HOME)
    assert {path: path.read_bytes() for path in files(copy)} == before


def all_ways():
    return ways(*HOME), ways(*ELSEWHERE)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "pip install git+https://github.com/o/n@main",
            "pip install git+https://github.com/a/b@main",
        ),
        ("mybinder.org/v2/gh/o/n/main?urlpath=lab", "mybinder.org/v2/gh/a/b/main?urlpath=lab"),
        ("?repo=https%3A%2F%2Fgithub.com%2Fo%2Fn", "?repo=https%3A%2F%2Fgithub.com%2Fa%2Fb"),
        ("git clone https://github.com/o/n && cd n", "git clone https://github.com/a/b && cd b"),
        ("See o/n. Or o/n, (o/n), `o/n`.", "See a/b. Or a/b, (a/b), `a/b`."),
        ("https://o.github.io/n/chapters/run.html", "https://h.org/chapters/run.html"),
        ("github.com/o/n.git", "github.com/a/b.git"),
        ("to/n, o/next, no/n, o/n-2, o/n.py", "to/n, o/next, no/n, o/n-2, o/n.py"),
    ],
)
def test_every_way_to_write_an_address(text, after):
    old, new = ways("o/n", "https://o.github.io/n/"), ways("a/b", "https://h.org/")
    assert moved(text, old, new) == after
    assert moved(after, new, old) == text


@pytest.mark.parametrize(
    ("repository", "site", "said"),
    [
        ("", "", "not like OWNER/NAME"),
        ("name", "https://h.org/", "not like OWNER/NAME"),
        ("a/b/c", "https://h.org/", "not like OWNER/NAME"),
        ("a/b.git", "https://h.org/", "not like OWNER/NAME"),
        ("a/b", "https://h.org", "SITE ends in /"),
        ("a/b", "h.org/", "not like https://"),
        ("a/b", "https://h.org/?x=1/", "not like https://"),
        ("tests/library", "https://h.org/", "stands already"),
        ("a/b", "https://pyodide.org/", "stands already"),
    ],
)
def test_a_wrong_address_changes_nothing(copy, repository, site, said):
    (copy / "note.md").write_text("tests/library, https://pyodide.org/", encoding="utf-8")
    before = {path: path.read_bytes() for path in files(copy)}
    with pytest.raises(ValueError, match=said) as error:
        move(copy, repository, site)
    assert "what to do" in str(error.value)
    assert {path: path.read_bytes() for path in files(copy)} == before
    (copy / "note.md").unlink()


@pytest.mark.parametrize(
    ("site", "prefix"),
    [("https://o.github.io/n/", "/n/"), ("https://h.org/", "/"), ("https://h.org/a/b/", "/a/b/")],
)
def test_the_page_for_wrong_addresses_follows(site, prefix):
    config = SimpleNamespace(html_baseurl=site, notfound_context={"body": '<a href="{front}x">'})
    derive(None, config)
    assert config.ogp_site_url == site
    assert config.notfound_urls_prefix == prefix
    assert config.notfound_context["body"] == f'<a href="{prefix}x">'
