"""The figures' arithmetic in browsers is that under Node; tests/explore compares that with ours."""

import importlib.util
import json
import sys
import time

import numpy as np
from test_other_browsers import firefox  # noqa: F401

from conftest import ROOT

EXPLORE = ROOT / "tests" / "explore"
sys.path.insert(0, str(EXPLORE))
from node import NAMES, ask  # noqa: E402

ASKED = {
    "rules": ["in_the_page"],
    "layers": ["standardized", "thinned"],
    "places": ["placed", "variances"],
}


def questions():
    """(expression, data) of each comparison that tests/explore makes under Node."""
    found = []
    for name, functions in ASKED.items():
        spec = importlib.util.spec_from_file_location(
            f"explore_{name}", EXPLORE / f"test_{name}.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.ask = lambda expression, data: found.append((expression, data))
        for function in functions:
            getattr(module, function)()
    assert all(len(data) >= 300 for _, data in found)
    return found


def program(site, expression):
    """A script that imports the figures' modules from the site and answers."""
    address = f"{site}_static/explore/"
    imports = "".join(f"const {n} = await import('{address}{n}.mjs');\n" for n in NAMES)
    return f"{imports}return JSON.stringify({expression});"


def flat(answer):
    return np.array(json.loads("[" + json.dumps(answer).replace("[", "").replace("]", "") + "]"))


def agree(answers, asked):
    for answer, (expression, data) in zip(answers, asked, strict=True):
        there, here = flat(answer), flat(ask(expression, data))
        np.testing.assert_allclose(there, here, rtol=1e-9, atol=1e-12 * np.abs(here).max())


def test_chromium(site, browser):
    page = browser.new_page()
    page.goto(f"{site}explore/slopes.html")
    asked = questions()
    script = "async ([body, data]) => new (async () => {}).constructor('data', body)(data)"
    answers = [
        json.loads(page.evaluate(script, [program(site, expression), data]))
        for expression, data in asked
    ]
    page.close()
    agree(answers, asked)


def test_firefox(site, firefox):  # noqa: F811
    go, run = firefox
    go(f"{site}explore/slopes.html")
    asked, answers = questions(), []
    for expression, data in asked:
        work = f"(async (data) => {{ {program(site, expression)} }})({json.dumps(data)})"
        run(f"delete window.answer; {work}.then((text) => {{ window.answer = text }});")
        end = time.monotonic() + 60
        while (answer := run("return window.answer")) is None:
            assert time.monotonic() < end, expression
            time.sleep(0.1)
        answers.append(json.loads(answer))
    agree(answers, asked)
