"""The notebooks to run number equations and exercises as the pages do."""

import re

import pytest
from book_facts import CHAPTERS, EQUATIONS, EXERCISES, labels

from conftest import SITE

ON_PAGE = {
    EQUATIONS: r'id="equation-([\w-]+)".*?class="eqno">\(([\d.]+)\)',
    EXERCISES: r'id="(ex-[\w-]+)".*?Exercise ([\d.]+)',
}


@pytest.mark.parametrize("pattern", ON_PAGE, ids=["equations", "exercises"])
def test_numbers_are_those_of_the_page(pattern):
    shown = {}
    for path in CHAPTERS.glob("*.ipynb"):
        page = (SITE / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8")
        shown.update(re.findall(ON_PAGE[pattern], page, flags=re.DOTALL))
    assert len(shown) > 30
    assert labels(pattern) == shown


def test_the_download_button_gives_the_notebook_that_runs():
    for path in CHAPTERS.glob("*.ipynb"):
        page = (SITE / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8")
        source = re.search(r'href="\.\./(_sources/chapters/[^"]+\.ipynb)"', page)[1]
        text = (SITE / source).read_text(encoding="utf-8")
        assert "This notebook runs the chapter" in text
        assert "{glue:text}" not in text


def test_launch_buttons_lead_to_notebooks_that_run():
    page = (SITE / "chapters" / "01-dropout.html").read_text(encoding="utf-8")
    assert "/blob/run/chapters/01-dropout.ipynb" in page
    assert "/blob/main/chapters/01-dropout.ipynb" not in page
