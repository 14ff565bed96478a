"""How a claim is written: as plain text, and as Markdown for a notebook and the site.

Both are made from its `data` (the same on every machine) and what was `measured` (marked with
``≈`` or the word *here*) and from nothing else, so a test can write a stored claim anew.
"""

import math

from .measured import decimals_for, marked, plain_number


def plain(data, measured, missed=None):
    """The text of a claim for a terminal."""
    held = "holds" if missed is None else _miss(missed)
    lines = [f"Claim {data['id']} {held}: {data['statement']}"]
    lines.append(f"  criterion: {data['criterion']}")
    lines.append(f"  measured: {outcome(data, measured)}")
    if data["control_is"]:
        lines.append(f"  control, {data['control_is']}: {control(data, measured)}")
    elif data["why_no_control"]:
        lines.append(f"  no control: {data['why_no_control']}")
    if data["verdict"]:
        lines.append(
            f"  the notes (statement {data['notes']}) say: {data['notes_say']} -> {data['verdict']}"
        )
    return "\n".join(lines)


def markdown(data, measured, missed=None):
    """The text of a claim for a notebook."""
    mark = "✓" if missed is None else "✗"
    text = f"{mark} **Claim {data['id']}** {data['statement']}\n\n*Criterion:* {data['criterion']}."
    if missed is not None:
        text += f" **It {_miss(missed)}.**"
    text += f"\n\n*Measured:* {summary(data, measured)}"
    if data["verdict"]:
        text += (
            f"\n\n*The notes (statement {data['notes']}) say:* “{data['notes_say']}” "
            f"→ **{data['verdict']}**"
        )
    return text


def summary(data, measured):
    """What was measured, in one line of Markdown: for a notebook's box and the page *Claims*."""
    text = outcome(data, measured)
    if data["control_is"]:
        return f"{text}; control, *{data['control_is']}*: {control(data, measured)}."
    if data["why_no_control"]:
        return f"{text}. No control: {data['why_no_control'].rstrip('.')}."
    return f"{text}."


def outcome(data, measured):
    """In how many cases it held, between which values, and the size of the effect."""
    text = f"holds here in {_count(data, measured['held'])} (needs {data['needed']})"
    if measured["values"]:
        low, high = data["within"]
        decimals, either = decimals_for(high - low), low < 0 < high
        ends = [marked(_number(x), decimals, either) for x in measured["values"]]
        text += f"; values {ends[0]} to {ends[1]}"
    if measured["effect"]:
        text += f"; difference {effect(measured['effect'], data['unit'], data['effect_within'])}"
    return text


def effect(numbers, unit, within):
    """Mean and 95 % interval. Without a checked range the sign counts as measured, too."""
    mean, low, high = (_number(numbers[key]) for key in ("mean", "low", "high"))
    either = within is None or within[0] < 0 < within[1]
    if math.isnan(low):
        return f"{marked(mean, 3, either)} {unit}"
    decimals = decimals_for(2.5 * (high - low))
    ends = " to ".join(marked(x, decimals, True) for x in (low, high))
    return f"{marked(mean, decimals, either)} {unit} ({ends})"


def control(data, measured):
    """In how many cases the control held."""
    return f"here {_count(data, measured['control'])} (at most {data['control_at_most']})"


def _count(data, count):
    return f"{count} of {data['cases']}"


def _miss(missed):
    return f"does not hold at this small scale ({missed})"


def both(ends, word):
    """``0.4 to 0.6``."""
    return word.join(plain_number(end) for end in ends)


def _number(x):
    return math.nan if x is None else x
