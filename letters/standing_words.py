"""Where a jurisdiction stands, as one sentence of plain language.

It says what is on record and what is not, never what anybody did or failed to do beyond that.
"""

from django.utils.translation import gettext, gettext_lazy, ngettext

from casefile.dates import describe
from letters.facts import checked
from letters.states import State

# What the record says of one letter, with a deadline and without one.
CLAUSES = {
    State.WITHDRAWN: (
        gettext_lazy("the Department of Justice withdrew it"),
        gettext_lazy("the Department of Justice withdrew it"),
    ),
    State.CLEARED: (
        gettext_lazy(
            "the Department of Justice said that the jurisdiction complies, or closed the matter"
        ),
        gettext_lazy(
            "the Department of Justice said that the jurisdiction complies, or closed the matter"
        ),
    ),
    State.ANSWERED: (
        gettext_lazy("a complete response is on record, dated by the deadline of %(deadline)s"),
        gettext_lazy("a complete response is on record"),
    ),
    State.ANSWERED_LATE: (
        gettext_lazy("a complete response is on record, dated after the deadline of %(deadline)s"),
        gettext_lazy("a complete response is on record"),
    ),
    State.ON_HOLD: (
        gettext_lazy("its clock is on hold (deadline %(deadline)s)"),
        gettext_lazy("its clock is on hold"),
    ),
    State.REFUSED: (
        gettext_lazy("a refusal is on record (deadline %(deadline)s)"),
        gettext_lazy("a refusal is on record"),
    ),
    State.RESPONDED: (
        gettext_lazy(
            "a response is on record whose completeness nobody has judged (deadline %(deadline)s)"
        ),
        gettext_lazy("a response is on record whose completeness nobody has judged"),
    ),
    State.PARTLY_ANSWERED: (
        gettext_lazy("a partial response is on record; the deadline is %(deadline)s"),
        gettext_lazy("a partial response is on record"),
    ),
    State.INCOMPLETE: (
        gettext_lazy(
            "a partial response is on record, and the deadline of %(deadline)s has passed"
        ),
        gettext_lazy("a partial response is on record"),
    ),
    State.AWAITING: (
        gettext_lazy("no response is on record, and the deadline is %(deadline)s"),
        gettext_lazy("no response is on record"),
    ),
    State.OVERDUE: (
        gettext_lazy("no response is on record, and the deadline of %(deadline)s has passed"),
        gettext_lazy("no response is on record"),
    ),
    State.OPEN: (
        gettext_lazy("neither a response nor a deadline is on record"),
        gettext_lazy("neither a response nor a deadline is on record"),
    ),
}
# Up to so many letters are told one by one.
MOST_TOLD = 3
# Where it is said that something isn't on record, it is said until when staff looked for it.
OF_ABSENCE = {
    State.PARTLY_ANSWERED,
    State.INCOMPLETE,
    State.AWAITING,
    State.OVERDUE,
    State.OPEN,
}


def standing_sentence(jurisdiction, letters, day):
    """Return where a jurisdiction stands as of a day: by each of its letters, if they are few.

    Takes a jurisdiction with its standing, and its public letters with theirs, or the newest ones.
    """
    count = jurisdiction.letter_count
    if not count:
        return gettext("No letter to it is on record.")
    if count > MOST_TOLD:
        return gettext(
            "%(count)s letters to it are on record; the most pressing state of one is “%(state)s”."
        ) % {"count": count, "state": jurisdiction.pressing_state.label}
    clauses = (
        gettext("on that of %(date)s, %(clause)s")
        % {"date": letter.dated, "clause": clause(letter, day)}
        for letter in letters
    )
    return ngettext(
        "One letter to it is on record: %(clauses)s.",
        "%(count)s letters to it are on record: %(clauses)s.",
        count,
    ) % {"count": count, "clauses": "; ".join(clauses)}


def clause(letter, day):
    """Return what the record says of a letter that has its standing, as part of a sentence."""
    deadline = letter.effective_deadline
    words = CLAUSES[letter.state][0 if deadline else 1]
    said = words % {"deadline": describe(deadline)} if deadline else str(words)
    if letter.state in OF_ABSENCE:
        return f"{said} ({checked(letter, day)})"
    return said
