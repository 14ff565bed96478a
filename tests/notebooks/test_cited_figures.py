"""The role {fig} finds a figure's number and place, and a caption may hold formulas and code."""

from types import SimpleNamespace

import pytest
from book_content import cited_figures
from book_content.cited_figures import FigureRole, figure, inline
from docutils import nodes
from figure_files import numbered
from test_figure_files import folder, notebook, write  # noqa: F401


@pytest.fixture
def role(folder, monkeypatch):  # noqa: F811
    """Looks a figure up from chapter 5; `role.warned` are its warnings."""
    write(folder, notebook(("rates", "The rates.")), "which-technique")
    pages = [(f"chapters/{path.stem}", str(path)) for path in sorted(folder.glob("*.ipynb"))]
    monkeypatch.setattr(cited_figures, "notebooks", lambda env: pages)
    warned = []
    monkeypatch.setattr(cited_figures.logger, "warning", lambda t, *a, **_: warned.append(t % a))
    monkeypatch.setattr(FigureRole, "get_location", lambda self: "here")
    builder = SimpleNamespace(get_relative_uri=lambda here, there: there.split("/")[-1] + ".html")
    env = SimpleNamespace(
        docname="chapters/05-optimizers",
        app=SimpleNamespace(builder=builder),
        note_dependency=lambda path: None,
    )

    def find(text):
        made = FigureRole()
        made.text = text
        made.inliner = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=env)))
        (node,), _ = made.run()
        return node.astext(), node.get("refuri") if isinstance(node, nodes.reference) else None

    find.warned = warned
    return find


@pytest.mark.parametrize(
    ("text", "label", "address"),
    [
        ("bowl", "Figure 5.2", "#fig-bowl"),
        ("05-zigzag", "Figure 5.1", "#fig-zigzag"),
        ("05-beyond-zigzag", "Figure 5.b1", "05-beyond.html#fig-zigzag"),
        ("which-technique-rates", "Figure 1", "which-technique.html#fig-rates"),
    ],
)
def test_a_figure_is_found(role, text, label, address):
    assert role(text) == (label, address)
    assert not role.warned


@pytest.mark.parametrize("text", ["rates", "06-bowl", "nothing", "beyond-zigzag"])
def test_a_name_that_no_figure_has_is_a_warning(role, text):
    assert role(text) == (text, None)
    assert role.warned == [f"no figure is called {text}"]


def test_numbers_count_the_figures_with_names(folder):  # noqa: F811
    write(folder, notebook(("a", "A."), None, ("b", "B.")))
    assert numbered(folder / "05-optimizers.ipynb") == {"a": "5.1", "b": "5.2"}


def test_a_caption_holds_formulas_and_code():
    parts = list(inline("With $\\mu = 0.9$ and `NAG` it is $2$ times as fast."))
    assert [type(part) for part in parts] == [
        *(nodes.Text, nodes.math, nodes.Text, nodes.literal, nodes.Text, nodes.math, nodes.Text)
    ]
    assert parts[1].astext() == "\\mu = 0.9"


def test_a_figure_has_number_anchor_and_files():
    made = figure(nodes.image(uri="x.png"), "5.3", "zigzag", "It zigzags.", "05")
    assert made["ids"] == ["fig-zigzag"]
    assert made.children[1].astext() == "Figure 5.3. It zigzags."
    assert 'href="figures/05-zigzag.svg"' in made.children[2].astext()
