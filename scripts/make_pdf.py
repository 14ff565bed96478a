"""Print every page of the built site with headless Chromium into a PDF an edition: make pdf.

The browser that the tests use anyway does it, so the book on paper looks like the site and
nothing else has to be installed: no LaTeX, no second set of styles. Links to other pages lead
to the published site.
"""

import io
import sys

import yaml
from catalogues import LANGUAGE, shown, words
from check_site import ROOT, SITE, pages
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from tqdm import tqdm

sys.path.insert(0, str(ROOT / "tests" / "site"))
from conftest import FLAGS, chromium, serving  # noqa: E402

FOLDER = ROOT / "build"
ADDED = "Answers and solutions", "Question {number}: "  # by the script below; in interface.po
MARGIN = {"top": "16mm", "bottom": "18mm", "left": "16mm", "right": "16mm"}
FOOT = """<div style="font-size: 8px; width: 100%; text-align: center">
<span class="title"></span></div>"""
# Answers and solutions stand behind all questions, at the end of their page.
ANSWERS = """([behind, asked]) => {
  const boxes = ':is(#quiz, #exercises, #self-test) details:not(.hide)';
  const answers = [...document.querySelectorAll(boxes)];
  if (!answers.length) return;
  const end = document.createElement('section');
  end.id = 'answers';
  end.append(Object.assign(document.createElement('h2'), {textContent: behind}));
  let question = 0;
  for (const box of answers) {
    const [summary, ...content] = box.children;
    const inQuiz = box.closest('#quiz, #self-test');
    if (inQuiz && box.previousElementSibling?.tagName !== 'DETAILS') question += 1;
    const head = document.createElement('strong');  // with its formulas, as they are set
    head.style = 'display: block; break-after: avoid; margin-top: 1rem';
    const text = summary.querySelector('.sd-summary-text') ?? summary;
    const number = inQuiz ? asked.replace('{number}', question) : '';
    head.append(number, ...text.cloneNode(true).childNodes);
    head.querySelectorAll('.visually-hidden').forEach(e => { e.className = ''; });
    end.append(head, ...content);
    box.open = false;
  }
  document.querySelector('article').append(end);
}"""
READY = """async published => {
  document.querySelectorAll('img[loading=lazy]').forEach(e => { e.loading = 'eager'; });
  await Promise.all([...document.images].map(e => e.decode().catch(() => null)));
  await document.fonts.ready;
  for (const link of document.querySelectorAll('a[href]')) {  // to another page of the site
    if (link.host === location.host && link.pathname !== location.pathname) {
      link.href = published + link.pathname.slice(1) + link.hash;
    }
  }
}"""


def printed(page, address, published, said):
    """The title of one page of the site, and the page as a PDF of many sheets."""
    page.goto(address, wait_until="load")
    page.evaluate(ANSWERS, [said.get(text, text) for text in ADDED])
    page.evaluate(READY, published)
    pdf = page.pdf(
        format="A4",
        margin=MARGIN,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOT,
        tagged=True,  # for screen readers
    )
    return page.locator("h1").first.text_content().removesuffix("#"), PdfReader(io.BytesIO(pdf))


def print_edition(browser, site, names, target, config, said):
    """All pages of one edition in one file."""
    book, page = PdfWriter(), browser.new_page()
    for name in tqdm(names, desc="printing"):
        title, pdf = printed(page, f"{site}{name}.html", config["html"]["baseurl"], said)
        book.append(pdf, outline_item=title)
    page.close()
    title = config["title"]
    book.add_metadata({"/Title": said.get(title, title), "/Author": config["author"]})
    book.compress_identical_objects()
    target.parent.mkdir(exist_ok=True)
    book.write(target)
    size = target.stat().st_size / 1e6
    print(f"{len(book.pages)} pages, {size:.1f} MB: {target.relative_to(ROOT)}")


def main():
    path = chromium()
    if path is None:
        sys.exit("error: Chromium is missing\nwhat to do: make browser")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    names = pages(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
    korean = [f"{LANGUAGE}/{name}" for name in names if name in shown()]
    with serving(SITE) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        print_edition(browser, site, names, FOLDER / "dlcourse.pdf", config, {})
        print_edition(browser, site, korean, FOLDER / f"dlcourse-{LANGUAGE}.pdf", config, words())
        browser.close()


if __name__ == "__main__":
    main()
