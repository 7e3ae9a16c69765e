"""What came back to each of some letters, and until when staff looked for it."""

from collections import defaultdict

from letters.facts import verification

KINDS = {"responses", "extensions"}


def answers_from(rows, letters, day):
    """Set ``answers``, ``prolonged`` and ``verification`` of letters from rows of the docket.

    The rows hold all of ``scopes.answers_to`` them. Answers are responses, and what prolonged a
    letter are extensions: rows, oldest first.
    """
    found = defaultdict(list)
    for row in reversed(rows):
        if row.kind in KINDS:
            found[row.kind, row.page_key].append(row)
    for letter in letters:
        letter.answers = found["responses", letter.key]
        letter.verification = verification(letter, day)
        letter.prolonged = found["extensions", letter.key]
