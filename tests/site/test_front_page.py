"""The front page says what it is for before a reader scrolls, on a desk and on a phone."""

import pytest

PARTS = ["img.front-picture", ".front-result", ".front-result + p", ".front-buttons"]


def below(page, height):
    """The parts that end below the fold."""
    boxes = {part: page.locator(part).first.bounding_box() for part in PARTS}
    return {part: box for part, box in boxes.items() if box["y"] + box["height"] > height}


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 664)])
def test_picture_result_verdicts_and_buttons_are_above_the_fold(browser, site, width, height):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{site}index.html")
    assert not below(page, height)
    page.add_style_tag(content="img.front-picture { height: 500px }")
    assert set(below(page, height)) >= {".front-buttons"}
    page.close()
