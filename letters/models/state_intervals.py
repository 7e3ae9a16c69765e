"""What triggers keep of where letters stand, so that a page finds it for any day at once."""

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import DateField, Func, Q, Value
from django.db.models.functions import Coalesce

from jurisdictions.models import Jurisdiction
from letters.models.enforcement import EnforcementKind
from letters.models.letters import Letter
from letters.states import CAME, State, StateField, came_late_by


class EnforcementStageField(models.CharField):
    """Read database values as EnforcementKind; empty where no step is on record."""

    def from_db_value(self, value, expression, connection):
        return EnforcementKind(value) if value else value


def ends(interval=""):
    """Return the expression for the first day on which an interval is over, ``infinity`` for none.

    As a condition it is what an index has of how late intervals end.
    """
    upper = Func(f"{interval}during", function="upper", output_field=DateField())
    return Coalesce(upper, Value("infinity"), output_field=DateField())


class StateInterval(models.Model):
    """A stretch of days on which all about a letter's standing stays the same.

    Made by the rule in ``letters/sql/state_rule.sql`` whenever something about the letter changes;
    nobody else writes it. A letter's intervals begin with its date, leave no gap and have no end.
    """

    letter = models.ForeignKey(Letter, models.DO_NOTHING, related_name="state_intervals")
    # The letter's. The index that has it begins with it.
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.DO_NOTHING,
        related_name="state_intervals",
        db_index=False,
        db_constraint=False,
    )
    published = models.BooleanField(help_text="Part of what readers see.")
    entered = models.BooleanField(help_text="Part of what staff see: drafts count.")
    during = DateRangeField()
    state = StateField()
    effective_deadline = models.DateField(null=True)
    first_substantive_on = models.DateField(null=True)
    first_complete_on = models.DateField(null=True)
    exposure = models.CharField()
    extension_count = models.PositiveSmallIntegerField()
    enforcement = EnforcementStageField()
    deadline_order = models.BigIntegerField(help_text="Deadline, then letter, as one number.")
    newest_order = models.BigIntegerField(help_text="Newest letter first, likewise.")

    class Meta:
        # Read in order of distance (see LetterQuerySet.by_deadline), such an index yields the
        # letters of a day in order and passes over whole stretches of other days. One for each
        # state: with the state as a column, pages of the index mix states, and that cost 100 times
        # as much where an index grew by inserts. Dates follow deadlines closely enough to share it.
        indexes = [
            GistIndex(
                name=f"standing_{state}",
                fields=["deadline_order", "during", "newest_order"],
                condition=Q(published=True, state=state),
            )
            for state in State
        ] + [
            GistIndex(
                name="standing_any",
                fields=["deadline_order", "during", "newest_order"],
                condition=Q(published=True),
            ),
            # One for each step of enforcement, which few letters have.
            *(
                GistIndex(
                    name=f"enforced_{kind}",
                    fields=["deadline_order", "during", "newest_order"],
                    condition=Q(published=True, enforcement=kind),
                )
                for kind in EnforcementKind
            ),
            # Letters to the jurisdictions of a US state, by where they stand on a day: of what is
            # in force on it, the end is later. And all letters to a jurisdiction, of which the rule
            # says what they add up to.
            models.Index(
                "jurisdiction",
                "state",
                ends().desc(),
                name="standing_of_jurisdiction",
            ),
            # Those whose answer came late: what is still due has its deadlines in order above.
            models.Index(
                "state",
                came_late_by().desc(nulls_last=True),
                "letter",
                name="standing_came_late",
                condition=Q(published=True, state__in=CAME),
            ),
            models.Index(
                models.Func("during", function="lower", output_field=models.DateField()).desc(),
                name="standing_overdue_on",
                condition=Q(published=True, state=State.OVERDUE),
            ),
        ]

    def __str__(self):
        return f"{self.state.label}, {self.during.lower} to {self.during.upper or 'now'}"
