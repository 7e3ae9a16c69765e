"""Which entries a report holds."""

from casefile.entries import Status


def entries(model, day, published):
    """Return the entries of a kind on record on a day: published ones, or all but retracted.

    What belongs to a retracted entry is retracted with it.
    """
    if published:
        return model.objects.public(day)
    not_retracted = {
        f"{prefix}status__in": [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED]
        for prefix in model.lineage()
    }
    return model.objects.on_record(day).filter(**not_retracted)
