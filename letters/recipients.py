"""The recipients of a round: a draft letter for each of many jurisdictions at once."""

from casefile.models import Citation
from casefile.refusals import refusals
from letters.models import Letter


def draft_letters(round_, jurisdictions, *, date, deadline=None, source=None, pin=""):
    """Make a draft letter of a round to each jurisdiction, all or none. Return them.

    Where a source is given, each letter cites it as a whole.

    Raises:
        Refusal: a rule of the database says no: a letter twice, or a deadline before the date.
    """
    with refusals():
        letters = []
        for jurisdiction in jurisdictions:
            letter = Letter(round=round_, jurisdiction=jurisdiction, date=date, deadline=deadline)
            letter.save()
            letters.append(letter)
        if source:
            # Neither a passage nor a quotation: there are no words to check one by one.
            Citation.objects.bulk_create(
                Citation(entry=letter, source=source, pin=pin) for letter in letters
            )
    return letters
