"""A real Chromium for the tests that need one: Debian's, never one that a package downloads."""

import shutil

import pytest

from tests.desk import code_of, make_app
from tests.factories import UserFactory

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",  # root may run no sandbox; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def refused(request):
    """Return what there is to complain of in a request that failed: a list of addresses.

    That the page was left, or asked anew, before an answer came is no fault of either.
    """
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url} {request.failure}"]


def pytest_collection_modifyitems(items):
    """Skip, and say why, where there is no Chromium."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no chromium: install Debian's package to run this")
                )


@pytest.fixture(autouse=True)
def patience(settings):
    """On a busy machine a search may take its time; its bound has tests of its own."""
    settings.SEARCH_TIMEOUT = "20s"


@pytest.fixture(scope="module")
def browser(django_db_setup):
    # Imported here: where there is no Chromium, nothing of this is needed.
    from playwright.sync_api import expect, sync_playwright

    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, so Django takes it for an async program.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=30_000)  # as long as a click waits
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """Open an address in a fresh window.

    What the page complains of is in ``page.complaints``, what it asked for in ``page.answers``.
    """
    contexts = []

    def open_page(address, *, theme="light", width=1280, **options):
        context = browser.new_context(
            color_scheme=theme, viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.answers = []
        page.on("response", lambda response: page.answers.append(response))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("requestfailed", lambda request: page.complaints.extend(refused(request)))
        page.goto(live_server.url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(open_page):
    """Sign a new member of the staff in, in a window of their own."""

    def sign_in(username, group):
        user = UserFactory(username=username, group=group)
        user.set_password("a long password")
        user.save()
        app = make_app(user)
        page = open_page("/admin/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill("a long password")
        page.get_by_role("button", name="Log in").click()
        page.get_by_label("Code").fill(code_of(app))
        page.get_by_role("button", name="Go on").click()
        return page

    return sign_in
