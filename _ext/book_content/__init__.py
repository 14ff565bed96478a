"""What the book shows of its own: claims, words, figures with captions, notebooks to run."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
from . import (  # noqa: E402
    all_figures,
    assignment_pages,
    cited_figures,
    claim_boxes,
    claim_links,
    claims_ledger,
    course_pages,
    downloads,
    explore,
    folding,
    front_page,
    library_links,
    notes_page,
    solutions,
    word_list,
)


def setup(app):
    app.add_directive("claims-ledger", claims_ledger.ClaimsLedger)
    app.add_directive("notes-statements", notes_page.NotesStatements)
    app.add_directive("word-list", word_list.WordList)
    app.add_directive("all-figures", all_figures.AllFigures)
    app.add_directive("assignment-list", assignment_pages.AssignmentList)
    app.add_directive("session", course_pages.Session)
    app.add_directive("short-session", course_pages.ShortSession)
    app.add_directive("objective-map", course_pages.ObjectiveMap)
    app.add_directive("moving-figures", explore.MovingFigures)
    app.add_role("fig", cited_figures.FigureRole())
    app.add_role("statement", front_page.Statement())
    app.add_role("outcome", front_page.Outcome())
    app.add_role("verdicts", front_page.Verdicts())
    steps = [claim_boxes.add_boxes, cited_figures.add_words, folding.name_boxes]
    for step in (*steps, claim_links.add_links, assignment_pages.add_buttons):
        app.connect("doctree-read", step)
    app.connect("env-updated", notes_page.complete)
    app.connect("doctree-read", explore.add_controls, 900)  # when all others are done with it
    app.connect("html-collect-pages", explore.alone)
    app.connect("html-page-context", explore.fill_gallery, 400)
    app.connect("html-page-context", explore.add_script, 400)
    app.connect("config-inited", library_links.set_resolve)
    app.connect("autodoc-skip-member", library_links.skip_fields)
    app.connect("doctree-resolved", solutions.fold, 800)
    app.connect("html-page-context", folding.add_switch)
    app.connect("html-page-context", library_links.add_first_uses)
    app.connect("build-finished", downloads.replace)
    app.connect("build-finished", cited_figures.write_files)
    return {"version": "1", "parallel_read_safe": True}
