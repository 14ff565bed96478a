"""A name of the library leads to its entry at its first use, and an entry to its lines of code."""

from pathlib import Path

import pytest
from book_content.library_links import entries, first_uses, resolve, skip_fields

import dlcourse

ROOT = Path(__file__).resolve().parents[2]
PLACES = {"Dropout": "api#D", "fit": "api#f", "scale": "api#s"}


def text(code):
    return f'<code class="docutils literal notranslate"><span class="pre">{code}</span></code>'


def call(name):
    return f'<pre><span class="n">{name}</span><span class="p">(</span></pre>'


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        (text("Dropout") * 2, [f'<a class="api-link" href="api#D">{text("Dropout")}</a>']),
        (text("Dropout(rate=0.5)"), ["api#D"]),
        (text("dlcourse.Dropout"), ["api#D"]),
        (call("Dropout") + text("Dropout"), [f'api#D">{text("Dropout")}</a>']),
        (call("fit") * 2, ['api#f"><span class="n">fit</span></a><span class="p">(']),
        (text("fit(model)"), ["api#f"]),
        ('<span class="n">rng</span><span class="o">.</span>' + call("fit")[5:-6], []),
        (text("fit"), []),  # a small word may be a variable
        (text("torch.nn.Dropout"), []),
        (text("Dropouts"), []),
        ('<pre><span class="n">scale</span> = 1</pre>', []),
        (f"<h2>{text('Dropout')}</h2>", []),
        (f'<a href="x">{text("Dropout")}</a>', []),
        (f"<summary>{text('Dropout')}</summary>", []),
    ],
)
def test_the_first_use_is_a_link(body, linked):
    done = first_uses(body, PLACES)
    assert done.count("api-link") == len(linked)
    assert all(part in done for part in linked)


def test_entries_are_those_of_the_reference_and_of_dlcourse_itself():
    objects = [
        ("dlcourse.dropout.Dropout", "", "class", "chapters/api", "D", 1),
        ("dlcourse.dropout.Dropout.forward", "", "method", "chapters/api", "DF", 1),
        ("dlcourse.checks.accuracy", "", "function", "chapters/api", "c", 1),
        ("dlcourse.training.fit", "", "function", "elsewhere", "f", 1),
        ("dlcourse.training.nobody", "", "function", "chapters/api", "n", 1),
    ]
    assert entries(objects) == {"Dropout": "D"}


@pytest.mark.parametrize(
    ("module", "name", "starts"),
    [
        ("dlcourse.dropout", "Dropout", "class Dropout"),
        ("dlcourse.dropout", "Dropout.forward", "def forward"),
        ("dlcourse.optimizers", "Adam", "class Adam"),
        ("dlcourse.seeding", "replay", "@contextmanager"),
    ],
)
def test_an_address_names_the_lines(module, name, starts):
    address = resolve(ROOT, "https://host/book")("py", {"module": module, "fullname": name})
    path, _, lines = address.removeprefix("https://host/book/blob/main/").partition("#")
    first, last = (int(line.removeprefix("L")) for line in lines.split("-"))
    code = (ROOT / path).read_text("utf-8").splitlines()[first - 1 : last]
    assert code[0].strip().startswith(starts)
    assert len(code) > 1


@pytest.mark.parametrize("name", ["nothing", "Adam.nothing", "__name__"])
def test_what_has_no_lines_has_no_address(name):
    where = resolve(ROOT, "https://host/book")
    assert where("py", {"module": "dlcourse.optimizers", "fullname": name}) is None


def test_fields_of_a_named_tuple_are_left_out():
    field = type(dlcourse.streams(0)).init
    assert "Alias for field" in field.__doc__
    assert skip_fields(None, "class", "init", field, False, {}) is True
    assert skip_fields(None, "class", "fit", dlcourse.fit, False, {}) is None
