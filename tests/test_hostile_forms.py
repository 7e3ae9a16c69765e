"""Bad forms at the desk: each is answered, and nothing of it is written."""

from urllib.parse import urlencode

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client, TestCase

from tests.attacked_desk import PAGES, POINTS, AttackedDesk, kind_of, model_of, what_is_written
from tests.desk import page

FORM = "application/x-www-form-urlencoded"
NO_IDS = ["abc", "-1", "9" * 30, "2147483648", "9223372036854775808", "1,2", "<script>alert(1)"]

NOT_HERE = {"logout", "jsi18n", "use", "login"}


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
            (point.name, token): stranger.post(self.plain(point), {"csrfmiddlewaretoken": token})
            for point in POINTS
            for token in ("", "x" * 64)
        }

        accepted = {
            asked: answer.status_code
            for asked, answer in answers.items()
            if answer.status_code not in (403, 405)
        }
        assert accepted == {}
        assert what_is_written() == before

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
