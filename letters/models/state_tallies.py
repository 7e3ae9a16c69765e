"""What triggers keep of how many public letters stand where, so that no page has to count them."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from letters.states import StateField


class Subject(models.TextChoices):
    """What the letters are counted for."""

    USPS = "usps", "US state"
    ROUND = "round", "Round"


class StateTally(models.Model):
    """By how many the public letters of a subject in a state change within a period.

    The value is a USPS code, or the id of a round. Made by ``letters/sql/state_tallies.sql`` at
    each commit; nobody else writes it. The letters of a day are the sum of the years before it, the
    months before it in its year, and the days up to it in its month.
    """

    subject = models.CharField(choices=Subject)
    value = models.CharField()
    state = StateField()
    period = models.CharField(help_text="day, month or year")
    begins = models.DateField()
    letters = models.IntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(
                name="letters_statetally_once",
                fields=["subject", "value", "state", "period", "begins"],
            )
        ]
        indexes = [
            models.Index(name="tally_of_day", fields=["subject", "period", "begins"]),
            # Most of what adds up to a day are years, and these lie all over the table.
            models.Index(
                name="tally_of_years",
                fields=["subject", "begins"],
                include=["value", "state", "letters"],
                condition=Q(period="year"),
            ),
        ]
        verbose_name_plural = "state tallies"

    def __str__(self):
        return f"{self.value}, {self.period} of {self.begins}: {self.letters:+} {self.state.label}"


class StateChange(models.Model):
    """What a transaction that isn't committed has noted for the tallies, see there."""

    transaction = models.BigIntegerField(db_index=True)
    subject = models.CharField(choices=Subject)
    value = models.CharField()
    state = StateField()
    day = models.DateField()
    letters = models.IntegerField()

    def __str__(self):
        return f"{self.value}, {self.day}: {self.letters:+} {self.state.label}"
