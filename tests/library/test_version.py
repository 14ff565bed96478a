"""The version is the same wherever it stands, and one can cite it."""

import re
from pathlib import Path

import yaml

import dlcourse

ROOT = Path(__file__).resolve().parents[2]


def test_one_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == dlcourse.__version__
    page = (ROOT / "index.md").read_text(encoding="utf-8")
    assert f"Version {dlcourse.__version__}" in page
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)[1]
    assert dlcourse.__version__.startswith(f"{newest}.")
    named = re.findall(r"`([A-Z]\w+)`", changes)
    assert named
    assert [name for name in named if not hasattr(dlcourse, name)] == []


def test_citation_has_what_others_need():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["title"] == config["title"]
    assert citation["repository-code"] == config["repository"]["url"]
    assert citation["url"] == config["html"]["baseurl"]
    assert {"message", "authors", "date-released", "license"} <= set(citation)
    entry = re.search(r"```bibtex\n(.*?)```", (ROOT / "index.md").read_text("utf-8"), re.DOTALL)[1]
    assert config["title"] in entry
    assert config["html"]["baseurl"] in entry


def test_mistakes_of_the_first_edition_are_listed():
    page = (ROOT / "chapters" / "errata.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (C\d\.\d+|text|docstring)[^|]*\|([^|]+)\|([^|]+)\|$", page, re.MULTILINE
    )
    assert len(rows) >= 30
    assert {row[0][:2] for row in rows if row[0][0] == "C"} >= {f"C{n}" for n in range(1, 7)}
