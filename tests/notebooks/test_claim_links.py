"""Numbers of claims become links, and what is wrong with them is a warning of the build."""

import re
from types import SimpleNamespace

import book_facts
import nbformat
import pytest
from book_content import claim_links
from book_content.claims_ledger import choices, short
from book_content.notes_page import judged, lines, same_words
from docutils import nodes
from test_figure_files import CHAPTERS

import dlcourse as dl

PAGES = sorted([*CHAPTERS.glob("*.md"), *CHAPTERS.glob("*.ipynb")])
PLACES = {"C1.1": "01-dropout", "C5.b2": "05-beyond"}


@pytest.fixture
def app(monkeypatch):
    """What the extension needs of Sphinx; `app.warned` are its warnings."""
    monkeypatch.setattr(book_facts, "claims", lambda: PLACES)
    monkeypatch.setattr(claim_links, "claims", lambda: PLACES)
    for module in (book_facts, claim_links):
        monkeypatch.setattr(module, "old_claims", lambda: {"C1.1", "C1.14"})
    warned = []
    monkeypatch.setattr(claim_links.logger, "warning", lambda text, **_: warned.append(text))
    env = SimpleNamespace(docname="chapters/glossary", note_dependency=lambda path: None)
    builder = SimpleNamespace(get_relative_uri=lambda here, there: there.split("/")[-1] + ".html")
    return SimpleNamespace(env=env, builder=builder, warned=warned)


def linked(app, *children, page="chapters/glossary"):
    """text -> address of the links in a page with these nodes."""
    app.env.docname = page
    tree = nodes.container("", *children)
    claim_links.add_links(app, tree)
    return {node.astext(): node["refuri"] for node in tree.findall(nodes.reference)}


def test_numbers_lead_to_their_boxes_and_old_ones_to_their_table(app):
    text = nodes.paragraph("", "See C1.1, C1.14 and C5.b2; not AC1.1 or C1.")
    assert linked(app, text) == {
        "C1.1": "01-dropout.html#claim-c1-1",
        "C1.14": "errata.html#old-claim-c1-14",
        "C5.b2": "05-beyond.html#claim-c5-b2",
    }
    assert text.astext() == "See C1.1, C1.14 and C5.b2; not AC1.1 or C1."
    assert not app.warned


def test_on_the_page_of_errata_first_columns_hold_old_numbers(app):
    """C1.1 of the first edition is not the C1.1 of today."""
    cells = [nodes.entry("", nodes.paragraph("", text)) for text in ("C1.1, text", "see C1.1")]
    rows = [nodes.row("", *cells)]
    rows.append(nodes.row("", nodes.entry("", nodes.paragraph("", "C1.1, C1.14"))))
    sections = [nodes.section("", row, ids=[name]) for row, name in zip(rows, "xo", strict=True)]
    sections[1]["ids"] = ["old-numbers"]
    page = nodes.section("", *sections, ids=["top"])
    app.env.docname = "chapters/errata"
    claim_links.add_links(app, page)
    links = [(n.astext(), n["refuri"]) for n in page.findall(nodes.reference)]
    place = "01-dropout.html#claim-c1-1"
    assert links == [("C1.1", "#old-claim-c1-1"), ("C1.1", place)]
    marks = [i for n in sections[1].findall(nodes.literal) for i in n["ids"]]
    assert marks == ["old-claim-c1-1", "old-claim-c1-14"]


def test_in_its_own_box_a_number_leads_to_the_list_of_claims(app):
    box = nodes.container("", nodes.paragraph("", "Claim C1.1"), ids=["claim-c1-1"])
    found = linked(app, box, page="chapters/01-dropout")
    assert found["C1.1"] == "claims.html#claim-c1-1"


def test_on_its_own_page_a_number_leads_to_its_box(app):
    assert linked(app, nodes.paragraph("", "C1.1"), page="chapters/01-dropout") == {
        "C1.1": "#claim-c1-1"
    }


@pytest.mark.parametrize(
    "node",
    [
        nodes.literal("", "C1.1"),
        nodes.title("", "C1.1"),
        nodes.math("", "C1.1"),
        nodes.literal_block("", "C1.1"),
    ],
)
def test_code_formulas_and_headings_stay(app, node):
    assert not linked(app, nodes.paragraph("", "", node))


def test_what_is_a_link_already_stays(app):
    link = nodes.reference("", "C1.1", refuri="elsewhere")
    assert linked(app, nodes.paragraph("", "", link)) == {"C1.1": "elsewhere"}


def test_a_number_that_never_was_is_a_warning(app):
    assert not linked(app, nodes.paragraph("", "See C1.99."))
    assert "there is no claim C1.99" in app.warned[0]


def test_the_first_word_of_the_notes_leads_to_their_page(app):
    texts = [nodes.paragraph("", "The notes say so."), nodes.paragraph("", "The notes say more.")]
    (tree,) = [nodes.container("", *texts)]
    assert linked(app, tree, page="chapters/02-activations") == {"The notes": "notes.html"}
    assert not linked(app, nodes.paragraph("", "The notes"), page="chapters/glossary")


def test_old_numbers_are_read_from_their_table():
    assert {"C1.1", "C1.14"} <= book_facts.old_claims()
    assert all(book_facts.claim_place(number) for number in book_facts.old_claims())


APART = re.compile(r"^`{3,}(?!\{).*?^`{3,}|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def numbers_in(path):
    """The numbers of claims in the text of a page, code left out."""
    texts = [path.read_text("utf-8")]
    if path.suffix == ".ipynb":
        cells = nbformat.reads(texts[0], as_version=4).cells
        texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return {number for text in texts for number in book_facts.NUMBER.findall(APART.sub("", text))}


def unknown(path):
    known = book_facts.claims().keys() | book_facts.old_claims()
    return sorted(numbers_in(path) - known)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_number_in_a_text_is_a_claim_or_was_one(path):
    """The build says so too; this test says it in seconds."""
    assert not unknown(path), "correct them, or add them to the table of old numbers in errata.md"


def test_a_number_that_never_was_is_found(tmp_path):
    (tmp_path / "page.md").write_text("See C1.1 and C1.99, but not `C1.98`.")
    assert unknown(tmp_path / "page.md") == ["C1.99"]


def test_the_page_of_the_notes_is_whole():
    """Each statement has one verdict, and each claim on a statement has its line."""
    claims = [claim for path in PAGES if path.suffix == ".ipynb"
              for claim in book_facts.stored_claims(path) if claim["notes"]]  # fmt: skip
    page = (CHAPTERS / "notes.md").read_text("utf-8")
    blocks = re.findall(r"^```\{notes-statements\}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    told = [line for block in blocks for line in lines(block.splitlines())]
    assert not [fault for line in told for fault in judged(*line, claims)[-1]]
    assert {str(claim["notes"]) for claim in claims} <= {number for number, *_ in told}


CLAIM = {"id": "C2.6", "notes": "7", "verdict": "false"}


@pytest.mark.parametrize(
    ("line", "claims", "fault"),
    [
        ("7 | its slope is 1 or 0", [CLAIM, CLAIM | {"verdict": "true"}], "disagree: false, true"),
        ("7 | its slope is 1 or 0 | false", [CLAIM], "delete it from the line"),
        ("8 | it has no slope", [CLAIM], "write its verdict behind a |"),
        ("8 | it has no slope | maybe", [CLAIM], "write its verdict behind a |"),
        ("7 |", [CLAIM], "it has no text"),
        ("7 | its slope is 1 or 0", [CLAIM], None),
        ("8 | it has no slope | false", [CLAIM], None),
        ("– | There are many variants.", [CLAIM], None),
    ],
)
def test_a_statement_that_is_not_whole_is_found(line, claims, fault):
    (told,) = lines([line])
    faults = judged(*told, claims)[-1]
    assert (fault is None and not faults) or fault in faults[0]


def test_claims_quote_the_notes_as_the_page_does():
    """One text: what a claim gives as `notes_say` is what the page *The notes* has."""
    page = (CHAPTERS / "notes.md").read_text(encoding="utf-8").splitlines()
    told = {line.split("|")[0].strip(): line.split("|")[1] for line in page if "|" in line}
    different = []
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        for claim in book_facts.stored_claims(path):
            quoted = [
                same_words(text)
                for text in (claim["notes_say"] or "", told.get(claim["notes"], ""))
            ]
            if claim["notes"] and "$" not in told[claim["notes"]] and quoted[0] != quoted[1]:
                different.append(f"{claim['id']}: {claim['notes_say']}")
    assert not different


def test_the_buttons_and_the_short_form_of_what_was_measured():
    gains = [2.0, 2.5, 3.0, 2.2, 2.8]
    made = dl.claim("C1.1", "A beats B.", [True] * 5, effect=gains, unit="points",
                    control=[False] * 4 + [True], control_is="no A")  # fmt: skip
    assert short(made.data, made.measured).startswith("5 of 5 (needs 5); ≈ +2.5 points (")
    assert short(made.data, made.measured).endswith("; control 1 of 5")
    html = choices([("chapters/01-dropout", 1, made.data, made.measured)])
    assert 'id="verdict-own"> the book’s own (1)' in html
    assert html.count(" checked") == 2
