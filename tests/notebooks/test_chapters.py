"""Every chapter keeps every rule of rules.py, and is in the table of contents."""

from pathlib import Path

import nbformat
import pytest
import yaml
from article import ARTICLE
from beyond import BEYOND, counted, is_beyond, misplaced
from captions import captioned
from check_site import pages
from criteria import CRITERIA
from prose import sourced
from rules import RULES, scaled

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))


def rules_for(path):
    """A page around the chapters, which has no number, chooses its own sections and sizes."""
    rules = [*RULES, sourced, captioned, *CRITERIA]
    if not path.name[:2].isdigit():
        return [rule for rule in rules if rule is not scaled]
    return rules + (BEYOND if is_beyond(path.stem) else ARTICLE)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        pytest.param(path, rule, id=f"{rule.__name__}-{path.stem}")
        for path in CHAPTERS
        for rule in rules_for(path)
    ],
)
def test_rule(path, rule):
    faults = rule(nbformat.read(path, as_version=4))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "path",
    [path for path in CHAPTERS if path.name[:2].isdigit()],
    ids=lambda path: path.stem,
)
def test_claims_are_numbered_from_one(path):
    assert not (found := counted(nbformat.read(path, as_version=4), path.stem)), found


def test_every_notebook_is_in_the_book():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert {f"chapters/{path.stem}" for path in CHAPTERS} <= set(pages(toc))
    assert not (found := misplaced([path.stem for path in CHAPTERS], toc)), found
    assert CHAPTERS, "there is no chapter"


def test_one_repository_address():
    """The address of the repository is the same wherever it stands."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    address = config["repository"]["url"]
    owner_and_name = address.removeprefix("https://github.com/")
    elsewhere = ("CONTRIBUTING.md", "index.md", "pyproject.toml", "assignments/requirements.txt")
    for name in ("README.md", *elsewhere):
        assert address in (ROOT / name).read_text(encoding="utf-8"), name
    for path in [ROOT / "README.md", ROOT / "index.md", *CHAPTERS]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "mybinder.org/v2/gh/" in line or "colab.research.google.com/github/" in line:
                assert owner_and_name in line, f"{path.name}: {line}"
            if "git+https://" in line:
                assert f"git+{address}" in line, f"{path.name}: {line}"
