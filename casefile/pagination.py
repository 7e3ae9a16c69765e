"""The pages of a list, at a cost that does not grow with the list."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db import connection
from django.utils.functional import SimpleLazyObject

from casefile.kept_parts import kept_part

ROWS_PER_PAGE = 50
COUNT_LIMIT = 10_000
COSTLY_LIMIT = 1_000  # where each row that is counted has to be looked up


class BoundedPaginator(Paginator):
    """Show no more than the first 10,000 rows: who needs others narrows the list.

    It knows the length of a list, not its rows: ``found`` is how many there are, or one more than
    the ``limit`` if there are more than that.
    """

    def __init__(self, found, limit):
        super().__init__(range(min(found, limit)), ROWS_PER_PAGE)
        self.found = found
        self.is_cut = found > limit

    def _get_page(self, *args):
        return RowsPage(*args)


class RowsPage(Page):
    """A page of rows that are fetched when they are first asked for.

    ``keys`` are the primary keys of the rows, in their order, which may be known without them.
    """

    @property
    def has_rows(self):
        return self.paginator.count > 0


def page_of(rows, request, **bounds):
    """Return the page that the request asks for, fetched: the nearest one, if it is none such."""
    page = late_page(request, lambda: length_of(rows, **bounds), lambda cut: list(rows[cut]))
    page.object_list = list(page.object_list)
    return page


def late_page(request, length, fetch):
    """Return the page that the request asks for, of rows that are fetched only if need be.

    ``length`` returns what `length_of` does, ``fetch`` the list of the rows of a slice. They are
    counted once for all pages and orders of the same list.
    """
    found, limit = kept_part(request, f"found {question(request)}", length)
    page = BoundedPaginator(found, limit).get_page(request.GET.get("page"))
    cut = slice((page.number - 1) * ROWS_PER_PAGE, page.end_index())
    name = f"keys {question(request, in_order=True)} {page.number}"
    rows = SimpleLazyObject(lambda: fetch(cut))
    page.object_list = rows
    page.keys = SimpleLazyObject(lambda: kept_part(request, name, lambda: [row.pk for row in rows]))
    return page


def length_of(rows, known=None, limit=None):
    """Return how many rows there are, or one more than the limit; and the limit.

    ``known`` returns how many there are, where that is found without them.

    Raises:
        ValueError: the rows have no order, so that a page might repeat another.
    """
    if not rows.ordered:
        raise ValueError("Rows that are shown on pages need an order.")
    limit = limit or COUNT_LIMIT
    # In their order, though a count needs none: it keeps PostgreSQL from a plan that reads all
    # rows where it expects more of them than there are.
    return (known() if known else rows[: limit + 1].count()), limit


def question(request, in_order=False):
    """Return which list is asked for, as text: its address but for the page, and for the order."""
    if not hasattr(request, "questions"):
        request.questions = (
            _without(request, "page", "from", "sort"),
            _without(request, "page", "from"),
        )
    return request.questions[in_order]


def _without(request, *names):
    asked = {name: values for name, values in request.GET.lists() if name not in names}
    return f"{request.path}?{urlencode(asked, doseq=True)}"


def counts_of(*lists, limit=COUNT_LIMIT):
    """Return how many rows each queryset has, in one query; of more, one more than the limit."""
    counted, params = [], ()
    for rows in lists:
        sql, more = rows.order_by().values("pk")[: limit + 1].query.sql_with_params()
        counted.append(f"(SELECT count(*) FROM ({sql}) rows)")
        params += more
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counted)}", params)
        return list(cursor.fetchone())
