"""The question bank: every question whole, and each file read by a parser of its format."""

import base64
import zipfile
from xml.etree import ElementTree as ET

import pytest
import question_bank
import quizzes
from lark import Lark

QUESTIONS = list(quizzes.everything())
QTI = "{" + question_bank.QTI + "}"
# GIFT as Moodle's documentation has it: its signs stand for themselves behind a backslash only,
# and an empty line ends a question.
GIFT = Lark(
    r"""
    start: (category | question)+
    category: "$CATEGORY: " /[^\n]+/ "\n"+
    question: "::" TEXT "::" "[html]" TEXT "{\n" choice+ "}" "\n"+
    choice: MARK TEXT "#" TEXT "\n"
    MARK: "=" | "~"
    TEXT: /([^\\~=#{}:\n]|\\[\\~=#{}:])+/
    """,
    parser="lalr",
)


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    assert question_bank.write(folder) == len(QUESTIONS)
    return folder


def test_there_are_sixty_ten_a_chapter():
    assert len(QUESTIONS) >= 60
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)
    chapters = [question.chapter for question in QUESTIONS]
    assert len(set(chapters)) == 6
    assert min(map(chapters.count, chapters)) >= 10


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_a_question_is_whole(question):
    assert len(question.choices) >= 3
    assert [choice.right for choice in question.choices].count(True) == 1
    for text in (question.text, *(t for c in question.choices for t in (c.text, c.told))):
        assert text
        assert "::" not in text
    if question.picture:
        assert question.picture.startswith(b"\x89PNG")
        assert question.alt


def test_moodle_reads_its_file(bank):
    quiz = ET.parse(bank / "moodle.xml").getroot()
    asked = [q for q in quiz if q.get("type") == "multichoice"]
    assert [q.find("name/text").text.split()[0] for q in asked] == [q.name for q in QUESTIONS]
    for one, question in zip(asked, QUESTIONS, strict=True):
        marks = [answer.get("fraction") for answer in one.findall("answer")]
        assert marks == ["100" if c.right else "0" for c in question.choices]
        assert all(a.find("feedback/text").text for a in one.findall("answer"))
        pictures = one.findall("questiontext/file")
        assert [base64.b64decode(p.text) for p in pictures] == [question.picture] * len(pictures)
        assert len(pictures) == ("@@PLUGINFILE@@" in one.find("questiontext/text").text)


def test_a_parser_of_gift_reads_its_file(bank):
    tree = GIFT.parse((bank / "questions.gift").read_text(encoding="utf-8"))
    read = [part for part in tree.children if part.data == "question"]
    assert len(tree.children) - len(read) == 6, "a category for each chapter"
    for one, question in zip(read, QUESTIONS, strict=True):
        choices = [part for part in one.children if getattr(part, "data", "") == "choice"]
        assert [c.children[0] == "=" for c in choices] == [c.right for c in question.choices]


@pytest.mark.parametrize("sign", "~=#{}:")
def test_the_parser_of_gift_minds_a_sign_without_backslash(sign):
    good = "::q1::[html]a b{\n=yes#Right\n~no#No\n}\n"
    assert GIFT.parse(good)
    with pytest.raises(Exception, match="Unexpected|No terminal"):
        GIFT.parse(good.replace("a b", f"a {sign} b"))


def test_the_package_of_qti_is_whole(bank):
    with zipfile.ZipFile(bank / "qti21.zip") as package:
        names = set(package.namelist())
        manifest = ET.fromstring(package.read("imsmanifest.xml"))
        files = {f.get("href") for f in manifest.iter("{" + question_bank.PACKAGE + "}file")}
        assert files == names - {"imsmanifest.xml"}
        for question in QUESTIONS:
            item = ET.fromstring(package.read(f"{question.name}.xml"))
            right = item.find(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value").text
            choices = list(item.iter(f"{QTI}simpleChoice"))
            told = {f.get("identifier") for f in item.iter(f"{QTI}modalFeedback")}
            assert told == {choice.get("identifier") for choice in choices}
            assert question.choices[int(right[1:])].right
            assert {i.get("src") for i in item.iter(f"{QTI}img")} <= names


def test_a_question_with_two_right_choices_is_refused():
    text = "**1. Which?**\n\n" + 2 * (
        "<details><summary>A. This</summary>\n\nRight.\n\n</details>\n\n"
    )
    with pytest.raises(ValueError, match="x-1: exactly one choice must begin with Right"):
        list(quizzes.parsed(text, "X", "x"))
