"""The admin as a browser meets it: pages by name, and forms filled in and posted."""

from django.urls import reverse


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
