"""The letters that are most days late, found without sorting all: a list of them, page by page.

How late a letter is depends on the day where an answer is still due, and stays where one came late.
Of the former the earliest deadlines are the latest letters; of the latter an index has the days. So
the first letters of the list are among the first of each part.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Cast

from letters.models import StateInterval
from letters.querysets import FIRST, Distance, LetterQuerySet
from letters.states import CAME, LATER_EACH_DAY, came_late_by, days_late

LATEST = F("came_late").desc(nulls_last=True)


@dataclass(frozen=True)
class MostLateFirst:
    """The public letters on record on a day, with their standing, the most days late first."""

    letters: LetterQuerySet
    day: date
    ordered = True

    def __getitem__(self, rows):
        """Return the letters of a slice. Where it goes beyond the late ones, all are sorted."""
        late = self._late(rows.stop).order_by("-late", "letter")
        ids = [letter for letter, _ in late[rows]]
        if len(ids) < rows.stop - rows.start:
            return list(sorted_by_days_late(self.letters)[rows])
        return list(sorted_by_days_late(self.letters.filter(pk__in=ids)))

    def _late(self, number):
        """Return a query for letters among which are as many as asked that are most late."""
        stands = StateInterval.objects.filter(published=True, during__contains=self.day)
        earliest = Distance(F("deadline_order"), Cast(Value(FIRST), BigIntegerField()))
        parts = [
            stands.filter(state=state, effective_deadline__lt=self.day).order_by(earliest)
            for state in LATER_EACH_DAY
        ]
        came = stands.alias(came_late=came_late_by()).filter(came_late__gt=0)
        parts += [came.filter(state=state).order_by(LATEST, "letter") for state in CAME]
        first, *others = (
            part.annotate(late=days_late(self.day)).values_list("letter", "late")[:number]
            for part in parts
        )
        return first.union(*others, all=True)


def sorted_by_days_late(letters, state=None):
    """Return letters that have their standing, sorted as a whole; all in a state, if it is given.

    The letters in one state can be sorted as an index has them.
    """
    if state in LATER_EACH_DAY:
        return letters.by_deadline()
    if state in CAME:
        return letters.alias(came_late=came_late_by("interval__")).order_by(LATEST, "pk")
    return letters.order_by(F("days_late").desc(nulls_last=True), "pk")
