"""The API: the reports as JSON, row by row the same as their CSV, with an OpenAPI document.

Each report's declaration makes its addresses, parameters and schemas. The API reads published
entries alone, and knows no session.
"""

from functools import cached_property

from django.db import OperationalError
from django.http import Http404
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError

from casefile.problems import problem_response
from casefile.timeouts import was_too_slow
from letters.api import parameters, schemas
from letters.api.one import one_of
from letters.api.rows import rows_of
from letters.license import LICENSE
from letters.reports import REPORTS
from letters.reports.asking import NotUnderstoodError

DESCRIPTION = (
    "The public record of the Justice Department's demand letters on 8 U.S.C. 1373. The rows of"
    " each report, and their values, are those of its CSV with raw=1; what is empty there is null"
    " here. as_of shows the record of a past day."
)
PUBLIC_REPORTS = [report for report in REPORTS if not report.staff_only]


class RecordAPI(NinjaAPI):
    @cached_property
    def document(self):
        """The OpenAPI document, made once. That HEAD answers wherever GET does goes unsaid."""
        document = super().get_openapi_schema()
        for path in document["paths"].values():
            path.pop("head", None)
        return document

    def get_openapi_schema(self, **options):
        return self.document


api = RecordAPI(
    title="Casefile",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    docs_decorator=require_safe,
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": LICENSE["title"], "url": LICENSE["path"]}}},
)


@api.exception_handler(NotUnderstoodError)
def not_understood(request, error):
    return problem_response(request, str(error))


@api.exception_handler(ValidationError)
def not_valid(request, error):
    problems = (f"{problem['loc'][-1]}: {problem['msg']}." for problem in error.errors)
    return problem_response(request, " ".join(problems))


@api.exception_handler(Http404)
def not_there(request, error):
    return problem_response(request, "This is not on the public record as of the day.", status=404)


@api.exception_handler(OperationalError)
def took_too_long(request, error):
    if not was_too_slow(error):
        raise error
    problem = "This takes longer than a page may. Narrow it by a filter, or fetch the report."
    return problem_response(request, problem, status=503)


def add(path, view, name, summary, description, asked, *problems):
    """Add an operation; ``view`` is annotated with what it returns."""
    api.default_router.add_api_operation(
        path,
        ["GET", "HEAD"],
        view,
        response={
            200: view.__annotations__["return"],
            **dict.fromkeys(problems, schemas.Problem),
        },
        operation_id=name,
        url_name=name,
        summary=summary,
        description=description,
        openapi_extra={"parameters": asked},
    )


for report in PUBLIC_REPORTS:
    add(
        f"/{report.name}",
        rows_of(report),
        report.name,
        report.title,
        report.description,
        [parameters.AS_OF, *parameters.filters(report)],
        400,
        414,
        503,
    )
    if report.is_keyed:
        add(
            f"/{report.name}/{{slug:key}}",
            one_of(report),
            f"{report.name}_one",
            f"{report.title}: one",
            "One row by its stable key, with what it rests on.",
            [parameters.AS_OF],
            400,
            404,
            414,
            503,
        )
