"""Which entries a report holds."""

from casefile.entries import Status


def entries(model, day, published):
    """Return the entries of a kind on record on a day: published ones, or all but retracted."""
    if published:
        return model.objects.public(day)
    return model.objects.on_record(day).exclude(status=Status.RETRACTED)
