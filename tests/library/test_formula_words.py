r"""A formula that cannot be read is told by its token, with what may be written."""

import pytest
from docstring_formulas import Page, clean
from formula_words import Unreadable

# What a docstring might say -> the beginning of what is said of it.
BAD = {
    r"\mu_t = 2": r"\mu_t on the left is no name that can be read",
    r"3 = w": "3 on the left is no name",
    r"w = \mu_t": r"\mu_t cannot be read: it has another index than i, j or k",
    r"w = x y_{il}": r"y_{il} cannot be read: it has another index than i, j or k",
    r"w \leftarrow \prod_i x_i": r"\prod cannot be read",
    r"w = \sinh x": r"\sinh cannot be read",
    r"w = \mathbf{x}": r"\mathbf cannot be read",
    r"w = x \bmod 2": r"\bmod cannot be read",
    r"w \to x": r"it has no = and no \leftarrow",
    "w": r"it has no = and no \leftarrow",
    r"f(x) = \begin{cases} 1 & a<x<b \\ 0 & \text{otherwise} \end{cases}": (
        "a<x<b is not one comparison"
    ),
    r"f(x) = \begin{cases} 1 & x \\ 0 & \text{otherwise} \end{cases}": "x is not one comparison",
    "w = q": "the formula uses q, which has no value yet",
    "w = ": "Unexpected end-of-input",
    "w = (x": "Unexpected end-of-input",
    "w = x | x": "Unexpected end-of-input",
    r"w = \frac{x}": "Unexpected end-of-input",
    r"w = \max(x)": "maximum() takes from 2 to 3",
}


@pytest.mark.parametrize("latex", BAD)
def test_the_token_and_the_formula_are_named(latex):
    page = Page(x=1.0, a=0.0, b=2.0, y=1.0, **{r"\mu": 1.0})
    with pytest.raises(Unreadable) as caught:
        page.read(clean(latex))
    said = str(caught.value)
    assert said.startswith(BAD[latex])
    assert "in the formula\n    " in said
    assert "It may have names such as" in said
    assert "NOT_READ" in said


def test_cases_are_shown_as_they_are_written():
    page = Page(x=1.0)
    with pytest.raises(Unreadable, match=r"in the formula\s+w = .begin\{cases\} 1 & x > 0"):
        page.read(clean(r"w = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases} \prod x"))


@pytest.mark.parametrize("latex", [r"w = \lfloor 1.5 x \rfloor", r"w = \log(\exp(x))", "w = 1 = x"])
def test_what_may_be_written_is_read(latex):
    assert Page(x=1.0).read(clean(latex))["w"] == 1
