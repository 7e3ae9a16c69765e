"""What came back to each of some letters, and until when staff looked for it."""

from collections import defaultdict

from letters.docket import Docket, scopes
from letters.facts import verification


def attach_answers(letters, day):
    """Set ``answers``, ``prolonged`` and ``verification`` of public letters.

    Answers are responses, and what prolonged a letter are extensions: rows of the docket, oldest
    first.
    """
    rows = Docket(scopes.answers_to(letters), day).newest() if letters else []
    found = defaultdict(list)
    for row in reversed(rows):
        found[row.kind, row.page_key].append(row)
    for letter in letters:
        letter.answers = found["responses", letter.key]
        letter.verification = verification(letter, day)
        letter.prolonged = found["extensions", letter.key]
