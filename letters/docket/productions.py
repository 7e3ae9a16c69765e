"""What each of some responses produced, item by item."""

from collections import defaultdict

from letters.models import Production


def attach_productions(responses):
    """Set ``productions`` of the docket's rows of responses, in the order of the items."""
    found = defaultdict(list)
    ids = [row.pk for row in responses]
    productions = Production.objects.filter(response__in=ids).select_related("item")
    for production in productions.order_by("item__number"):
        found[production.response_id].append(production)
    for row in responses:
        row.productions = found[row.pk]
