"""Measured values: what is stored agrees with itself, and nothing wears the marker by hand."""

import ast
import re

from controls import trees

from dlcourse import _box
from dlcourse.measured import MIME as MEASURED
from dlcourse.measured import plain_number, said

CLAIM = "application/vnd.dlcourse.claim+json"
RECORD = "application/papermill.record/"
NUMBER = r"[\d,]+(?:\.\d+)?(?:e[+−]?\d+)?"
MARKED = re.compile(rf"≈ ?(?P<value>[+−]?{NUMBER})")
# ≈9.7 ± 0.2 % (9 to 10.5)
WITH_RANGE = re.compile(
    rf"{MARKED.pattern}(?: ± {NUMBER})?[^()≈\n]*"
    rf"\((?P<low>−?{NUMBER}) to (?P<high>−?{NUMBER})\)"
)
TYPED_COUNT = re.compile(r"\bhere (?:in )?(?:\d+ of\b|$)")
NOT_PROSE = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)


def outputs(nb):
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells, 1):
        for output in cell.outputs:
            yield number, output


def agrees(nb):
    """Stored texts are what the stored numbers give, and these keep criterion and range."""
    return [
        f"code cell {number} stores {fault}"
        for number, output in outputs(nb)
        for fault in _faults(output)
    ]


def _faults(output):
    data, measured = output.get("data", {}), output.get("metadata", {}).get("dlcourse")
    if output.output_type == "stream":
        return outside(output.text)
    if CLAIM in data:
        return _claim(data, measured)
    if any(key.endswith(MEASURED) for key in data):
        return _glued(data, measured)
    if "≈" in data.get(f"{RECORD}text/plain", "") + data.get("text/markdown", ""):
        return ["a measured value that no between has made"]
    return outside(data.get("text/plain", "") + data.get("text/html", ""))


def outside(text):
    """Every marker has its range behind it, and lies inside."""
    faults, ranged = [], {match.start(): match for match in WITH_RANGE.finditer(text)}
    for match in MARKED.finditer(text):
        found = ranged.get(match.start())
        if found is None:
            faults.append(f"{match.group()!r} without a range behind it: print what between gives")
            continue
        value, low, high = (_read(found[key]) for key in ("value", "low", "high"))
        decimals = len(found["value"].partition(".")[2])
        slack = 0.5 * 10**-decimals if decimals else max(0.5, 0.05 * (high - low))
        if not low - slack <= value <= high + slack:
            faults.append(f"{found.group()!r}, which is outside its range")
    return faults


def _read(text):
    return float(text.replace(",", "").replace("−", "-"))


def _claim(data, measured):
    kept = data[CLAIM]
    if measured is None:
        return [f"claim {kept['id']} without what it measured"]
    faults = []
    texts = {"text/plain": _box.plain, "text/markdown": _box.markdown}
    for kind, write in texts.items():
        if write(kept, measured) != data[kind]:
            faults.append(f"claim {kept['id']} with a {kind} that its numbers do not give")
    if f"in at least {kept['needed']} of {kept['cases']} " not in kept["criterion"]:
        faults.append(f"claim {kept['id']} with a criterion that its counts do not give")
    if not kept["needed"] <= measured["held"] <= kept["cases"]:
        faults.append(f"claim {kept['id']}, which held in {measured['held']}")
    if (kept["control_at_most"] is None) != (measured["control"] is None):
        faults.append(f"claim {kept['id']} with half a control")
    elif measured["control"] is not None and not (
        0 <= measured["control"] <= kept["control_at_most"]
    ):
        faults.append(f"claim {kept['id']}, whose control held in {measured['control']}")
    effect, within = measured["effect"], kept["effect_within"]
    if effect and not effect["low"] <= effect["mean"] <= effect["high"]:
        faults.append(f"claim {kept['id']} with an effect outside its own interval")
    if effect and within and not within[0] <= effect["mean"] <= within[1]:
        faults.append(f"claim {kept['id']} with an effect outside {within}")
    values, within = measured["values"], kept["within"]
    if (
        values
        and measured["held"] == kept["cases"]
        and not (within[0] <= values[0] <= values[1] <= within[1])
    ):
        faults.append(f"claim {kept['id']} with values outside {within}")
    return faults


def _glued(data, measured):
    (kept,) = (value for key, value in data.items() if key.endswith(MEASURED))
    low, high = kept["low"], kept["high"]
    text = data[f"{RECORD}text/plain"]
    if measured is None or measured["value"] is None:
        return [f"{text} without the number behind it"]
    faults = []
    if not low <= measured["value"] <= high:
        ends = f"{plain_number(low)} to {plain_number(high)}"
        faults.append(f"{measured['value']}, which is outside {ends}")
    if text != repr(said(measured["value"], measured["uncertainty"], low, high, kept["unit"])):
        faults.append(f"{text}, which is not {measured['value']}")
    return faults


def typed_by_hand(nb):
    """The marker comes from `between` and the word *here* from `claim`: neither is typed."""
    faults = []
    for number, tree in trees(nb):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                typed = "≈" in node.value or TYPED_COUNT.search(node.value)
                if typed:
                    faults.append(f"code cell {number} types {node.value!r}: use between or claim")
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            for match in MARKED.finditer(NOT_PROSE.sub(" ", cell.source)):
                faults.append(f"the text types {match.group()!r}: glue what between gives")
    return faults


def translatable(nb):
    """What is glued is a number and a symbol: English words belong into the sentence."""
    return [
        f"code cell {number} glues the words {text}: leave out the unit, and write it in the text"
        for number, output in outputs(nb)
        if (text := output.get("data", {}).get(f"{RECORD}text/plain"))
        and re.search(r"[A-Za-z]", text)
    ]
