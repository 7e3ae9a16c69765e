"""Bad forms at the desk: each is answered, and nothing of it is written."""

from collections import defaultdict
from itertools import cycle
from urllib.parse import urlencode

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.test import Client, TestCase

from casefile import versions
from casefile.admin.versions import VERSION
from tests.attacked_desk import PAGES, POINTS, AttackedDesk, kind_of, model_of, what_is_written
from tests.desk import form_data, page
from tests.hostile import turn

FORM = "application/x-www-form-urlencoded"
NO_IDS = ["abc", "-1", "9" * 30, "2147483648", "9223372036854775808", "1,2", "<script>alert(1)"]
MULTIPART = "multipart/form-data; boundary=edge"
PART = b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
FILE = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n1\r\n'

# No form at all, or none that Django or the gate lets through to a view. Other character sets are
# refused before Django: tests/casefile/test_gate.py.
NO_FORMS = {
    "nothing": (b"", FORM),
    "cut escape": (b"%", FORM),
    "more fields than may be": (b"&".join(b"a=%d" % n for n in range(1_001)), FORM),
    "larger than it may be": (b"a=" + b"x" * 2_700_000, FORM),
    "no UTF-8": (b"a=%FF", FORM),
    "surrogate": (b"a=%ED%A0%80", FORM),
    "raw bytes": (b"a=\xff\xfe", FORM),
    "NUL": (b"a=%00", FORM),
    "control": (b"a=%0B", FORM),
    "name with a NUL": (b"a%00=1", FORM),
    "no boundary": (PART, "multipart/form-data"),
    "boundary of other signs": (PART, "multipart/form-data; boundary=\x7f\xe9"),
    "start of a part": (b"--edge\r\n", MULTIPART),
    "part without an end": (PART[:-1], MULTIPART),
    "another boundary": (PART.replace(b"edge", b"other"), MULTIPART),
    "part that is no base64": (
        PART.replace(b"\r\n\r\n1", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!"),
        MULTIPART,
    ),
    "more files than may be": (FILE * 101 + b"--edge--", MULTIPART),
    "deep JSON": (b"[" * 5_000, "application/json"),
    "text": (b"\xff\xfe\x00", "text/plain"),
}  # fmt: skip

# What is wrong in a form that is otherwise as its page has it: in its rows, or in its version. A
# name stands for all that end so; None takes it out.
MISFITS = {
    "a billion rows": {TOTAL_FORM_COUNT: "1000000000"},
    "fewer rows than none": {TOTAL_FORM_COUNT: "-1"},
    "rows by no number": {TOTAL_FORM_COUNT: "x"},
    "rows by a control character": {TOTAL_FORM_COUNT: "\0"},
    "no count of rows": {TOTAL_FORM_COUNT: None},
    "nothing about rows": {TOTAL_FORM_COUNT: None, INITIAL_FORM_COUNT: None},
    "more old rows than there are": {TOTAL_FORM_COUNT: "9", INITIAL_FORM_COUNT: "9"},
    "fewer old rows than none": {INITIAL_FORM_COUNT: "-1"},
    "no version": {VERSION: None},
    "version that nobody signed": {VERSION: "e30:x"},
    "version of nothing": {VERSION: versions.sign({})},
}

TOKENS = ["", "x" * 64, "of another time"]
NOT_HERE = {"logout", "jsi18n", "use", "login", "new", "begin"}


def by_kind(points):
    """Return {kind: pages} of pages."""
    kinds = defaultdict(list)
    for point in points:
        kinds[kind_of(point)].append(point)
    return kinds


def several(bodies, points, point):
    """Return some bodies for a page: at least two, and all for the pages of its kind together."""
    share = max(1, min(len(points), len(bodies)) // 2)
    return turn(list(bodies.values()), points.index(point), share)


class BadForms(AttackedDesk, TestCase):
    def post(self, here, data, content_type=FORM):
        body = data if isinstance(data, bytes) else urlencode(data, doseq=True).encode()
        what = f"{here} {body[:60]}"
        self.attack.note(what, lambda: self.client.post(here, body, content_type=content_type))

    def check_nothing_is_written(self, points, bodies):
        """Post what ``bodies(point, here)`` yields to points; no page breaks or writes anything."""
        written, before = {}, what_is_written()
        for point in points:
            here = self.plain(point)
            for body in bodies(point, here):
                self.post(here, *body)
            now = what_is_written()
            if now != before:
                written[point.name] = [name for name in now if now[name] != before.get(name)]
                before = now
        assert dict(self.attack.faults) == {}
        assert written == {}

    def test_form_without_its_token_is_refused_by_every_page(self):
        stranger = Client(enforce_csrf_checks=True)
        stranger.cookies.update(self.client.cookies)
        before = what_is_written()

        answers = {
            point.route: stranger.post(self.plain(point), {"csrfmiddlewaretoken": token})
            for point, token in zip(POINTS, cycle(TOKENS))
        }

        accepted = {
            asked: answer.status_code
            for asked, answer in answers.items()
            if answer.status_code not in (403, 405)
        }
        assert len(answers) >= 200
        assert accepted == {}
        assert what_is_written() == before

    def test_what_is_no_form_is_refused_by_every_kind_of_page(self):
        kinds = by_kind(point for point in POINTS if point.name != "admin:None")
        for points in [points for kind, points in kinds.items() if kind not in NOT_HERE]:
            self.check_nothing_is_written(
                points, lambda point, _here, points=points: several(NO_FORMS, points, point)
            )

        assert len(NO_FORMS) + len(MISFITS) == 30
        assert self.attack.count >= 350

    def test_form_whose_rows_or_version_do_not_fit_is_refused(self):
        def bodies(point, here):
            shown = self.client.get(here)
            if shown.context and "adminform" in shown.context:
                form = form_data(shown)
                for misfit in several(MISFITS, points, point):
                    if any(name.endswith(ending) for ending in misfit for name in form):
                        yield (changed(form, misfit),)

        for kind in ("add", "change"):
            points = [point for point in POINTS if kind_of(point) == kind]
            self.check_nothing_is_written(points, bodies)

        assert self.attack.count >= 50

    def test_action_on_what_is_not_there_does_nothing(self):
        names = {model: self.actions_of(model) for model in PAGES}

        def bodies(point, _here):
            for action in [*names[model_of(point)], "none-such", "<script>alert(1)"]:
                yield ({"action": action, ACTION_CHECKBOX_NAME: NO_IDS, "post": "yes"},)
                yield ({"action": action, ACTION_CHECKBOX_NAME: "", "index": "9" * 30},)

        self.check_nothing_is_written(
            [point for point in POINTS if kind_of(point) == "changelist"], bodies
        )

    def actions_of(self, model):
        page_ = self.client.get(page(model, "changelist"))
        form = page_.context["action_form"]
        return [name for name, _label in form.fields["action"].choices if name] if form else []


def changed(form, misfit):
    """Return a form with what doesn't fit in the fields whose names end so."""
    form = dict(form)
    for ending, value in misfit.items():
        for name in [name for name in form if name.endswith(ending)]:
            if value is None:
                del form[name]
            else:
                form[name] = value
    return form
