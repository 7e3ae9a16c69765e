"""Keys: the stable identifiers of records. Where nobody gives one, the record proposes it."""

from itertools import chain, count

from django.apps import apps
from django.utils.text import slugify

LONGEST = 190  # characters, which leaves room for a number


def propose(model, *words, numbered=False):
    """Return a free key made of words: ``chicago-il-ordinance``, then ``chicago-il-ordinance-2``.

    With ``numbered`` already the first has a number: ``2018-01-24-chicago-il-response-1``.
    """
    stem = slugify("-".join(str(word) for word in words))[:LONGEST].strip("-")
    stem = stem or model._meta.model_name
    taken = set(model.objects.filter(key__startswith=stem).values_list("key", flat=True))
    merges = apps.get_model("casefile.Merge").objects.of(model)
    taken |= set(merges.filter(old_key__startswith=stem).values_list("old_key", flat=True))
    numbers = (f"{stem}-{number}" for number in count(1 if numbered else 2))
    return next(key for key in chain([] if numbered else [stem], numbers) if key not in taken)
