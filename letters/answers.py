"""What came back to each of some letters, and until when staff looked for it."""

from collections import defaultdict

from letters.docket import Docket, scopes
from letters.facts import verification

KINDS = {"responses", "extensions"}


def attach_answers(letters, day):
    """Set ``answers``, ``prolonged`` and ``verification`` of public letters, in one query."""
    answers_from(Docket(scopes.answers_to(letters), day).newest() if letters else [], letters, day)


def answers_from(rows, letters, day):
    """Set what ``attach_answers`` sets, from rows of the docket that hold all of it.

    Answers are responses, and what prolonged a letter are extensions: rows, oldest first.
    """
    found = defaultdict(list)
    for row in reversed(rows):
        if row.kind in KINDS:
            found[row.kind, row.page_key].append(row)
    for letter in letters:
        letter.answers = found["responses", letter.key]
        letter.verification = verification(letter, day)
        letter.prolonged = found["extensions", letter.key]
