"""The facts of a letter as readers see them, each beside the sources that are about it."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from casefile.citations import Citations
from casefile.dates import describe
from letters.docket.branches import LATER_DATES

FACTS = {
    "date": gettext_lazy("Dated"),
    "sent_on": gettext_lazy("Sent"),
    "received_on": gettext_lazy("Received"),
    "recipient_agency": gettext_lazy("Recipient agency"),
    "addressee": gettext_lazy("Addressee"),
    "signed_by": gettext_lazy("Signed by"),
    "reference": gettext_lazy("Reference"),
}
TEXTS = {"recipient_agency", "addressee", "signed_by", "reference"}
RULES = {
    ("calendar", "dated"): gettext_lazy("%(days)s calendar days from the day it was dated"),
    ("calendar", "received"): gettext_lazy("%(days)s calendar days from the day it was received"),
    ("business", "dated"): gettext_lazy("%(days)s business days from the day it was dated"),
    ("business", "received"): gettext_lazy("%(days)s business days from the day it was received"),
}
DEADLINE = ["deadline", "deadline_text", "deadline_days", "deadline_unit", "deadline_basis"]


@dataclass(frozen=True)
class Fact:
    """One field of a letter. An empty value is not on record; a text of the record is as it is."""

    name: str
    value: str
    cited: Citations
    remark: str = ""
    is_of_record: bool = False


def facts_of(letter, day):
    """Return the facts of a public letter, which has its ``cited``, as of a day.

    A date that is later than the day was not on the record yet.
    """
    values = {field: getattr(letter, field) for field in FACTS}
    values["date"] = letter.dated
    for field in ("sent_on", "received_on"):
        values[field] = describe(values[field]) if values[field] and values[field] <= day else ""
    remarks = {"received_on": _announced_before_receipt(letter) if values["received_on"] else ""}
    return [
        Fact(
            name,
            values[field],
            letter.cited.about(field) if values[field] else Citations(),
            remarks.get(field, ""),
            field in TEXTS,
        )
        for field, name in FACTS.items()
    ]


def first_deadline(letter):
    """Return the deadline that the letter itself gives, with its own words and its rule."""
    rule = ""
    if letter.deadline_days:
        rule = RULES[letter.deadline_unit, letter.deadline_basis] % {"days": letter.deadline_days}
    return Fact(
        gettext("Deadline in the letter"),
        describe(letter.deadline) if letter.deadline else "",
        _with_support(letter.cited.about(*DEADLINE), letter),
        rule,
    )


def whole_letter(letter):
    """Return the citations that are about no one fact, deadline or outcome: about the letter."""
    return letter.cited.except_about({*FACTS, *DEADLINE, "withdrawn_on", "cleared_on"})


def sources_of(record, day):
    """Return the citations of an entry or award but those of a date yet to come on a day."""
    dates = LATER_DATES.get(type(record), ())
    later = {field for field in dates if (getattr(record, field) or day) > day}
    return record.cited.except_about(later)


def verification(letter, day):
    """Return until when staff checked for an answer, in words that begin a sentence."""
    return capfirst(checked(letter, day))


def checked(letter, day):
    """Return until when staff checked for an answer, in words for the middle of a sentence."""
    through = letter.verified_through
    if through is None:
        return gettext("not verified since the letter")
    if through >= day:
        return gettext("checked through %(day)s") % {"day": describe(day)}
    return gettext("checked through %(day)s, not verified since") % {"day": describe(through)}


def _with_support(cited, letter):
    """Return citations, with those of the whole letter if none of them supports."""
    return cited if cited.support else Citations([*letter.cited.about(""), *cited])


def _announced_before_receipt(letter):
    days = (letter.received_on - letter.round.announced_on).days
    if days <= 0:
        return ""
    words = ngettext(
        "The round was announced %(days)s day before.",
        "The round was announced %(days)s days before.",
        days,
    )
    return words % {"days": days}
