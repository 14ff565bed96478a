"""The question bank: question_bank.py OUT writes Moodle XML, GIFT and QTI 2.1 (for Canvas).

Each choice keeps its feedback. Pictures lie inside Moodle's file and the QTI package; GIFT has
none, so there a question links to the site's picture.
"""

import base64
import sys
import zipfile
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from book_facts import config
from quizzes import everything, html

XML = "http://www.w3.org/XML/1998/namespace"
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"


def element(parent, tag, text=None, **attributes):
    """A new child of an element."""
    made = ET.SubElement(parent, tag, attributes)
    made.text = text
    return made


def words(parent, tag, text, **attributes):
    """A child with a text of its own, as Moodle has it."""
    made = element(parent, tag, **attributes)
    element(made, "text", text)
    return made


def moodle(questions):
    """Moodle XML: a category for each chapter, one question after the other."""
    quiz, category = ET.Element("quiz"), None
    for question in questions:
        if question.chapter != category:
            category = question.chapter
            head = element(quiz, "question", type="category")
            words(head, "category", f"$course$/dlcourse/{category}")
        one = element(quiz, "question", type="multichoice")
        words(one, "name", f"{question.name} {question.chapter}")
        text = html(question.text)
        if question.picture:
            text += f'<p><img src="@@PLUGINFILE@@/plot.png" alt="{escape(question.alt)}"></p>'
        asked = words(one, "questiontext", text, format="html")
        if question.picture:
            data = base64.b64encode(question.picture).decode()
            element(asked, "file", data, name="plot.png", path="/", encoding="base64")
        for tag, value in (("single", "true"), ("shuffleanswers", "false"),
                           ("answernumbering", "ABCD"), ("defaultgrade", "1")):  # fmt: skip
            element(one, tag, value)
        for choice in question.choices:
            fraction = "100" if choice.right else "0"
            answer = words(one, "answer", html(choice.text), fraction=fraction, format="html")
            words(answer, "feedback", html(choice.told), format="html")
    return ET.tostring(quiz, encoding="unicode", xml_declaration=True)


def gift_text(text):
    """A text with the signs that GIFT reads otherwise behind a backslash, on one line."""
    for sign in "\\~=#{}:":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def gift(questions, site):
    """GIFT: a line for the category, then each question with its choices and feedback."""
    blocks, category = [], None
    for question in questions:
        if question.chapter != category:
            category = question.chapter
            blocks.append(f"$CATEGORY: dlcourse/{category}")
        text = html(question.text)
        if question.picture:
            text += f' (<a href="{site}">the picture stands in the chapter\'s quiz</a>)'
        lines = [
            f"{'=' if c.right else '~'}{gift_text(html(c.text))}#{gift_text(html(c.told))}"
            for c in question.choices
        ]
        title = gift_text(f"{question.name} {question.chapter}")
        blocks.append(f"::{title}::[html]{gift_text(text)}{{\n" + "\n".join(lines) + "\n}")
    return "\n\n".join(blocks) + "\n"


def paragraphs(parent, tag, markdown, **attributes):
    """A child whose content is HTML made from Markdown."""
    text = f'<{tag} xmlns="{QTI}">{html(markdown)}</{tag}>'.replace("<br>", "<br/>")
    made = ET.fromstring(text)
    made.attrib.update(attributes)
    for part in made.iter():
        part.tag = part.tag.removeprefix("{" + QTI + "}")
    parent.append(made)
    return made


def qti_item(question):
    """A question as one assessment item of QTI 2.1."""
    item = ET.Element("assessmentItem", {"xmlns": QTI, "identifier": question.name})
    item.attrib |= {"title": f"{question.name} {question.chapter}"}
    item.attrib |= {"adaptive": "false", "timeDependent": "false"}
    choices = [(f"C{i}", choice) for i, choice in enumerate(question.choices)]
    declared = element(item, "responseDeclaration", identifier="RESPONSE",
                       cardinality="single", baseType="identifier")  # fmt: skip
    correct = element(declared, "correctResponse")
    element(correct, "value", next(name for name, choice in choices if choice.right))
    for name, kind in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        element(item, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind)
    body = element(item, "itemBody")
    paragraphs(body, "div", question.text)
    if question.picture:
        holder = element(body, "p")
        element(holder, "img", src=f"{question.name}.png", alt=question.alt)
    asked = element(body, "choiceInteraction", responseIdentifier="RESPONSE",
                    shuffle="false", maxChoices="1")  # fmt: skip
    for name, choice in choices:
        paragraphs(asked, "simpleChoice", choice.text, identifier=name)
    process = element(item, "responseProcessing")
    condition = element(process, "responseCondition")
    matched = element(element(condition, "responseIf"), "match")
    element(matched, "variable", identifier="RESPONSE")
    element(matched, "correct", identifier="RESPONSE")
    score = element(condition.find("responseIf"), "setOutcomeValue", identifier="SCORE")
    element(score, "baseValue", "1", baseType="float")
    said = element(process, "setOutcomeValue", identifier="FEEDBACK")
    element(said, "variable", identifier="RESPONSE")
    for name, choice in choices:
        paragraphs(item, "modalFeedback", choice.told, outcomeIdentifier="FEEDBACK",
                   showHide="show", identifier=name)  # fmt: skip
    return ET.tostring(item, encoding="unicode", xml_declaration=True)


def qti(questions, path):
    """A package of all items, with its manifest."""
    manifest = ET.Element("manifest", {"xmlns": PACKAGE, "identifier": "dlcourse"})
    data = element(manifest, "metadata")
    element(data, "schema", "QTIv2.1 Package")
    element(data, "schemaversion", "1.0.0")
    element(manifest, "organizations")
    resources = element(manifest, "resources")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for question in questions:
            names = [f"{question.name}.xml"] + [f"{question.name}.png"] * bool(question.picture)
            package.writestr(names[0], qti_item(question))
            if question.picture:
                package.writestr(names[1], question.picture)
            one = element(resources, "resource", identifier=question.name,
                          type="imsqti_item_xmlv2p1", href=names[0])  # fmt: skip
            for name in names:
                element(one, "file", href=name)
        package.writestr(
            "imsmanifest.xml", ET.tostring(manifest, encoding="unicode", xml_declaration=True)
        )


def write(out):
    """All three files, into a folder; returns how many questions there are."""
    out, questions = Path(out), list(everything())
    out.mkdir(parents=True, exist_ok=True)
    (out / "moodle.xml").write_text(moodle(questions), encoding="utf-8")
    site = config()["html"]["baseurl"]
    (out / "questions.gift").write_text(gift(questions, site), encoding="utf-8")
    qti(questions, out / "qti21.zip")
    return len(questions)


if __name__ == "__main__":
    print(f"wrote {write(sys.argv[1])} questions to {sys.argv[1]}")
