"""What can be asked of letters."""

from casefile.entries import EntryQuerySet


class LetterQuerySet(EntryQuerySet):
    pass
