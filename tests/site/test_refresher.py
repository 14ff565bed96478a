"""Who misses some of the ten questions has a short refresher, and gets there by a link."""

from looks import ALL_DRAWN
from page_limits import SCREEN

NAME = "chapters/before-you-start"
MOST = 12  # screens
HEIGHT = """() => {
  const top = (id) => document.getElementById(id).getBoundingClientRect().top;
  const article = document.querySelector("article").getBoundingClientRect();
  return article.bottom - top("shapes");
}"""


def test_the_refresher_is_short(site, browser):
    page = browser.new_page(viewport={"width": 1280, "height": SCREEN})
    page.goto(f"{site}{NAME}.html")
    page.add_style_tag(content=ALL_DRAWN)
    assert 2 * SCREEN < page.evaluate(HEIGHT) <= MOST * SCREEN
    page.close()


def test_answers_open_without_scripts_and_lead_to_the_refresher(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{NAME}.html")
    option = page.locator("#self-test details").nth(1)
    answer = option.locator(".sd-summary-content")
    assert not answer.is_visible()
    option.locator("summary").click()
    assert answer.is_visible()
    answer.get_by_role("link").first.click()
    assert page.url.endswith("#shapes")
    context.close()
