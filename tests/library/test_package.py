"""What people install, clone and publish: Pythons, licences, links, line ends, permissions."""

import importlib.metadata
import re
import subprocess
import tomllib

import pytest
import yaml
from cases import REPOSITORY
from packaging.specifiers import SpecifierSet

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ["3.11.0", "3.11.2", "3.12.0", "3.13.0", "3.14.0"]
PINS = re.findall(r"^([\w.-]+)==", (REPOSITORY / "requirements.txt").read_text(), re.MULTILINE)


def refusing(requirements):
    """Which of (name, the Pythons it takes) refuse a Python that README promises."""
    return {
        name: [version for version in PYTHONS if not SpecifierSet(takes or "").contains(version)]
        for name, takes in requirements
        if any(not SpecifierSet(takes or "").contains(version) for version in PYTHONS)
    }


def test_all_pins_take_every_python_that_is_promised():
    assert PROJECT["requires-python"] == ">=3.11"
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "Python 3.11 or newer" in readme
    installed = [
        (name, importlib.metadata.metadata(name)["Requires-Python"])
        for name in PINS
        if list(importlib.metadata.distributions(name=name))
    ]
    assert len(installed) > 100
    assert not refusing(installed)


def test_a_pin_that_refuses_debians_python_is_found():
    assert refusing([("soupsieve", ">=3.11.5")]) == {"soupsieve": ["3.11.0", "3.11.2"]}


def test_licences_name_the_digits():
    assert "CC-BY-SA-3.0" in PROJECT["license"]
    for name in PROJECT["license-files"]:
        assert (REPOSITORY / name).is_file()
    notice = (REPOSITORY / "dlcourse" / "data" / "LICENSE").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by-sa/3.0/" in notice


def test_links_of_the_readme_hold_on_a_package_index():
    readme = (REPOSITORY / PROJECT["readme"]).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]*)\)", readme)
    assert targets
    assert [target for target in targets if not target.startswith("https://")] == []


def test_files_of_this_repository_that_the_readme_links_exist():
    readme = (REPOSITORY / PROJECT["readme"]).read_text(encoding="utf-8")
    address = re.escape(PROJECT["urls"]["Repository"].removeprefix("https://github.com/"))
    found = re.findall(rf"{address}/(?:blob/|tree/)?main/([^)\s]+)", readme)
    assert found
    assert [name for name in found if not (REPOSITORY / name).exists()] == []


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="not a git checkout")
def test_line_ends_are_those_of_unix_on_every_machine():
    """A checkout on Windows must not change them: sh refuses a script with CRLF."""
    names = ["scripts/venv.sh", ".ci/run", "binder/postBuild", "Makefile", "chapters/run.md"]
    done = subprocess.run(
        ["git", "check-attr", "eol", *names], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert re.findall(r": eol: (.*)", done.stdout) == ["lf"] * len(names)


def workflows():
    for path in sorted((REPOSITORY / ".github" / "workflows").glob("*.yml")):
        yield path.name, yaml.safe_load(path.read_text(encoding="utf-8"))


def writing(workflow):
    """The jobs that may write, each with the steps that run more than GitHub's own actions."""
    for name, job in workflow["jobs"].items():
        allowed = job.get("permissions", workflow.get("permissions", {}))
        if allowed == "write-all" or "write" in dict(allowed).values():
            yield name, [step for step in job["steps"] if not plain_step(step)]


def plain_step(step):
    """One of GitHub's own actions, or git and nothing else."""
    lines = step.get("run", "").splitlines()
    return step.get("uses", "").startswith("actions/") or (
        lines and all(line.startswith("git ") and not re.search("[|;&]", line) for line in lines)
    )


def test_no_job_that_may_write_runs_others_code():
    found = {(file, job): steps for file, w in workflows() for job, steps in writing(w)}
    assert {("publish.yml", "publish"), ("publish.yml", "notebooks")} == set(found)
    assert not [steps for steps in found.values() if steps]


def test_a_job_that_builds_with_the_right_to_write_is_found():
    bad = {"permissions": {"pages": "write"}, "jobs": {"one": {"steps": [{"run": "make book"}]}}}
    assert list(writing(bad)) == [("one", [{"run": "make book"}])]
    bad["jobs"]["one"]["steps"] = [{"run": "git push; make book"}]
    assert [steps for _, steps in writing(bad)] == [[{"run": "git push; make book"}]]
