"""Addresses of merged records: they lead to the survivor's page, where readers may see that."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from casefile.merges import Merge, key_field


def follow_merges(public):
    """Let a page of one record answer for what was merged into it.

    ``public(day)`` returns the records that readers may see. The page's keyword is the record's
    key. The query string is kept; where the survivor isn't public, the page is not found.
    """

    def decorate(view):
        @wraps(view)
        def followed(request, **kwargs):
            try:
                return view(request, **kwargs)
            except Http404:
                survivors = public(request.day)
                name = key_field(survivors.model)
                merges = Merge.objects.of(survivors.model).filter(old_key=kwargs[name])
                found = survivors.filter(pk__in=merges.values("survivor_id"))
                key = found.values_list(name, flat=True).first()
                if key is None:
                    raise
            address = reverse(request.resolver_match.view_name, kwargs={**kwargs, name: key})
            query = request.GET.urlencode()
            response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
            # A browser would keep it for good, but a merge can be undone.
            response["Cache-Control"] = "no-cache"
            return response

        return followed

    return decorate
