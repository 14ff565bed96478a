"""English text in a Korean page says that it is English, so that it is read out as such.

A page that is not all translated yet says so below its title, with the number of its texts.
"""

import re

import catalogues
from docutils import nodes
from korean_site import Words

BLOCKS = (nodes.paragraph, nodes.title, nodes.term, nodes.caption, nodes.rubric)
NOTE = "이 쪽의 문장과 낱말 가운데 {count}개는 아직 번역하지 않아 영어로 보입니다."


def mark(app, doctree):
    later = Words(catalogues.words())  # what the site says around the pages is put in at the end
    for block in doctree.findall(lambda node: isinstance(node, BLOCKS)):
        words = " ".join("".join(later(text) for text in block.findall(nodes.Text)).split())
        if re.search("[A-Za-z]{3,} [A-Za-z]{2,}", words) and not re.search("[가-힣]", words):
            block["classes"].append("language-en")  # docutils makes lang="en" of it


def say(app, doctree):
    page = app.env.docname
    if page not in catalogues.shown():
        return
    entries = catalogues.read(catalogues.file_of(page))
    count = sum(not catalogues.said(entry) for entry in entries)
    title = next(doctree.findall(nodes.title), None)
    if count and title:
        note = nodes.paragraph("", NOTE.format(count=count), classes=["still-english"])
        title.parent.insert(title.parent.index(title) + 1, note)
