"""The steps of review as staff see them: buttons of a form, and actions of a list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casefile import review
from casefile.admin.reasons import REASON
from casefile.entries import Status

SEEN = "_seen"  # ticked by who has looked at what there is to doubt
SHOWN_ERRORS = 10  # of an action on many entries


@dataclass(frozen=True)
class Step:
    """A review step as staff see it: a button of the form, and an action of the list."""

    name: str
    label: str
    done: str
    origin: Status
    permission: str
    take: Callable
    asks: str = ""  # the argument that a field of the form gives, if it takes one
    asked: str = REASON  # the name of that field


SUBMIT = Step("submit", "Submit for review", "Submitted", Status.DRAFT, "change", review.submit)
SEND_BACK = Step(
    "send_back",
    "Send back to draft",
    "Sent back",
    Status.IN_REVIEW,
    "change",
    review.send_back,
    "remark",
)
PUBLISH = Step(
    "publish",
    "Publish",
    "Published",
    Status.IN_REVIEW,
    "publish",
    review.publish,
    "seen",
    SEEN,
)
RETRACT = Step(
    "retract", "Retract", "Retracted", Status.PUBLISHED, "publish", review.retract, "reason"
)
CONFIRM = Step(
    "confirm", "Confirm the changes", "Confirmed", Status.PUBLISHED, "publish", review.confirm
)
IMMATERIAL = Step(
    "immaterial",
    "Mark the changes as not material",
    "Marked as not material",
    Status.PUBLISHED,
    "publish",
    review.mark_immaterial,
)
STEPS = [SUBMIT, SEND_BACK, PUBLISH, CONFIRM, IMMATERIAL, RETRACT]
# What a second reviewer does, about changes that wait for one.
SIGNATURES = [CONFIRM, IMMATERIAL]


def publish_all(page, request, entries):
    """Publish entries. Where there is something to doubt, return a page that shows it first."""
    doubtful = []
    if SEEN not in request.POST:
        ready = [entry for entry in entries if entry.status == PUBLISH.origin]
        found = [(entry, review.doubts(entry)) for entry in ready if not review.missing(entry)]
        doubtful = [(entry, doubts) for entry, doubts in found if doubts]
    if not doubtful:
        take_step(page, request, PUBLISH, entries)
        return None
    context = {
        **page.admin_site.each_context(request),
        "title": _("Before publication"),
        "opts": page.opts,
        "doubtful": doubtful,
        "seen": SEEN,
        "action": request.POST["action"],
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "selection_name": ACTION_CHECKBOX_NAME,
        "across": request.POST.get("select_across", "0"),
    }
    request.current_app = page.admin_site.name
    return TemplateResponse(request, "admin/publish_doubtful.html", context)


def take_step(page, request, step, entries):
    """Take a step for each of some entries that it can be taken for, and say how it went."""
    done, errors = [], []
    why = {step.asks: request.POST.get(step.asked, "")} if step.asks else {}
    for entry in entries:
        try:
            step.take(entry, request.user, **why)
        except review.ReviewError as error:
            errors.append(str(error))
        else:
            done.append(entry)
    if done:
        many = f"{len(done)} {done[0]._meta.verbose_name_plural} {step.done.lower()}."
        report = f"{step.done}: {done[0]}." if len(done) == 1 else many
        page.message_user(request, report, messages.SUCCESS)
    for error in errors[:SHOWN_ERRORS]:
        page.message_user(request, error, messages.ERROR)
    if more := len(errors[SHOWN_ERRORS:]):
        page.message_user(request, f"And {more} more.", messages.ERROR)
