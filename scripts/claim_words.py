"""A claim in the words of another language, from its data: what `dlcourse._box` does in English."""

import math
import re

from dlcourse import _box
from dlcourse.measured import decimals_for, marked

FRAMES = (
    "Claim", "Criterion", "Measured", "true", "false", "needs qualification",
    "in at least {needed} of {cases} {unit}", "between {low} and {high}, {criterion}",
    "{criterion}, and a mean difference of {low} to {high} {unit}",
    "holds here in {held} of {cases} (needs {needed})", "values {low} to {high}",
    "difference {effect}", "{mean} {unit} ({low} to {high})", "{mean} {unit}",
    "control, *{what}*: {count}", "here {held} of {cases} (at most {most})", "No control: {why}",
    "The notes (statement {number}) say",
)  # fmt: skip
CRITERION = re.compile(
    r"(?:between (?P<low>\S+) and (?P<high>\S+), )?in at least (?P<needed>\d+) of (?P<cases>\d+) "
    r"(?P<unit>.+?)(?:, and a mean difference of (?P<a>\S+) to (?P<b>\S+) (?P<effect>.+))?"
)


def translated(data, say):
    """The data of a claim with its words translated; its verdict stays a key."""
    words = ("statement", "control_is", "why_no_control", "unit", "notes_say")
    said = {key: say(data[key]) for key in words if data.get(key)}
    return data | said | {"criterion": criterion(data["criterion"], say)}


def criterion(text, say):
    found = CRITERION.fullmatch(text)
    if not found:
        raise ValueError(f"the criterion has a new form, add it to claim_words.py: {text}")
    part = found.groupdict()
    said = say("in at least {needed} of {cases} {unit}").format(
        needed=part["needed"], cases=part["cases"], unit=say(part["unit"])
    )
    if part["low"]:
        said = say("between {low} and {high}, {criterion}").format(
            low=part["low"], high=part["high"], criterion=said
        )
    if part["effect"]:
        said = say("{criterion}, and a mean difference of {low} to {high} {unit}").format(
            criterion=said, low=part["a"], high=part["b"], unit=say(part["effect"])
        )
    return said


class Box:
    """Writes claims whose data is translated already, as the functions of `_box` do."""

    def __init__(self, say):
        self.say = say

    def markdown(self, data, measured):
        say = self.say
        text = f"✓ **{say('Claim')} {data['id']}** {data['statement']}\n\n"
        text += f"*{say('Criterion')}:* {data['criterion']}."
        text += f"\n\n*{say('Measured')}:* {self.summary(data, measured)}"
        if data["verdict"]:
            notes = say("The notes (statement {number}) say").format(number=data["notes"])
            text += f"\n\n*{notes}:* “{data['notes_say']}” → **{say(data['verdict'])}**"
        return text

    def summary(self, data, measured):
        text = self.outcome(data, measured)
        if data["control_is"]:
            count = self.control(data, measured)
            what = self.say("control, *{what}*: {count}")
            text += "; " + what.format(what=data["control_is"], count=count)
        elif data["why_no_control"]:
            why = data["why_no_control"].rstrip(".")
            text += ". " + self.say("No control: {why}").format(why=why)
        return f"{text}."

    def outcome(self, data, measured):
        text = self.say("holds here in {held} of {cases} (needs {needed})")
        parts = [text.format(held=measured["held"], cases=data["cases"], needed=data["needed"])]
        if measured["values"]:
            low, high = data["within"]
            decimals, either = decimals_for(high - low), low < 0 < high
            low, high = (marked(x, decimals, either) for x in measured["values"])
            parts.append(self.say("values {low} to {high}").format(low=low, high=high))
        if measured["effect"]:
            effect = self.effect(measured["effect"], data["unit"], data["effect_within"])
            parts.append(self.say("difference {effect}").format(effect=effect))
        return "; ".join(parts)

    def effect(self, numbers, unit, within):
        mean, low, high = (math.nan if x is None else x for x in map(numbers.get, _KEYS))
        either = within is None or within[0] < 0 < within[1]
        if math.isnan(low):
            return self.say("{mean} {unit}").format(mean=marked(mean, 3, either), unit=unit)
        decimals = decimals_for(2.5 * (high - low))
        low, high = (marked(x, decimals, True) for x in (low, high))
        mean = marked(mean, decimals, either)
        frame = self.say("{mean} {unit} ({low} to {high})")
        return frame.format(mean=mean, unit=unit, low=low, high=high)

    def control(self, data, measured):
        return self.say("here {held} of {cases} (at most {most})").format(
            held=measured["control"], cases=data["cases"], most=data["control_at_most"]
        )


_KEYS = ("mean", "low", "high")
IN_ENGLISH = {name: getattr(_box, name) for name in ("summary", "outcome", "effect", "control")}
