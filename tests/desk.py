"""The admin as a browser meets it: pages by name, and forms filled in and posted."""

import re
import time

from django.contrib import admin
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from casefile.desk import register_pages
from casefile.signing_in import urls as signing_in_urls
from casefile.signing_in.factors import VERIFIED_AT
from letters import desk_urls as letters_urls
from tests.reader import Reader

register_pages()  # tests read which there are


def make_app(user):
    """Return a second factor of a user: an authenticator app."""
    return TOTPDevice.objects.create(user=user, name="Authenticator app")


class DeskClient(Reader):
    """A browser. Who is signed in by ``force_login`` has given a second factor too, a real one."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        self.verify(make_app(user))

    def verify(self, device, ago=0):
        """Note in the session that a device was used, some seconds ago."""
        session = self.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session[VERIFIED_AT] = int(time.time()) - ago
        session.save()


def code_of(device, steps=0):
    """Return the code that an authenticator app shows, or will show some steps from now."""
    return f"{totp(device.bin_key, t0=-steps * device.step):06}"


def page(model, name, *args):
    """Return the address of an admin page of a kind of record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def form_data(response):
    """Return what a browser would post of the form on a page if nothing was typed."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    version = response.context.get("version")
    return ({"_version": version} if version else {}) | {
        field.html_name: field.field.prepare_value(value)
        for form in forms
        for field in form
        if not field.field.disabled and (value := field.value()) not in (None, "")
    }


def post(client, address, **typed):
    """Open a form, type into it and send it. ``__`` in a name stands for ``-``."""
    data = form_data(client.get(address))
    return client.post(address, data | {name.replace("__", "-"): v for name, v in typed.items()})


def errors(response):
    """Return all that a form says is wrong, in one list."""
    said = response.context["errors"]  # of a field a list, of a whole formset a sentence
    return [m for each in said for m in ([each] if isinstance(each, str) else each)]


def messages(response):
    """Return what the page that follows a form or an action says of it."""
    return [str(message) for message in response.context["messages"]]


def desk_addresses():
    """Return {name: address} of every address of the desk, taken from its site map.

    What stands for an object is 1, and the names of Django's pages are as in ``reverse``.
    """
    addresses = {}

    def collect(patterns, prefix):
        for pattern in patterns:
            route = prefix + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
            if hasattr(pattern, "url_patterns"):
                collect(pattern.url_patterns, route)
            elif not pattern.name:
                continue  # redirects of old addresses, and what is no address at all
            elif pattern.name == "app_list":
                for config in {type(page.opts.app_config): page for page in pages}.values():
                    label = config.opts.app_label
                    addresses[f"app_list {label}"] = f"{prefix}{label}/"
            else:
                addresses[pattern.name] = route

    pages = admin.site._registry.values()
    collect(admin.site.get_urls(), "/admin/")
    collect(signing_in_urls.urlpatterns, "/admin/second-factor/")
    collect(letters_urls.urlpatterns, "/admin/")
    return addresses
