"""What the site's own role may do in the database, where migrations run as another.

``APP_ROLE`` names the role that serves the site. It reads and writes the record, reads the history,
and can change neither the history nor its seals: triggers write the history with the rights of its
owner, and the role can't tell them not to. What happened about signing in it only adds to.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from pghistory.models import Context

from casefile.history import tracked_models
from casefile.seals import Seal, SealedEvent
from casefile.signing_in.events import SignInEvent

# No trigger may be ignored but by the owner, whatever the role sets pgtrigger.ignore to.
NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT session_user = {owner} AND trigger_name::text = ANY (
        coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{{}}')::text[]
    )
$$
"""


def grant_to_app_role(using="default", **kwargs):
    """Give the role APP_ROLE its rights on all tables. A receiver of post_migrate.

    Raises:
        ImproperlyConfigured: there is no such role, or it owns what it shall not change.
    """
    role = settings.APP_ROLE
    if not role:
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT rolsuper OR pg_has_role(oid, current_user, 'USAGE')"
            " FROM pg_roles WHERE rolname = %s)",
            [role],
        )
        owner, mighty = cursor.fetchone()
        if mighty is None:
            raise ImproperlyConfigured(
                f"APP_ROLE is {role}, but the database has no such role. Make it first:"
                f" CREATE ROLE {role} LOGIN PASSWORD '...';"
            )
        if mighty:
            raise ImproperlyConfigured(
                f"APP_ROLE is {role}, who may do all that {owner} may: migrate as another role,"
                " who owns the tables."
            )
        quote = connection.ops.quote_name
        cursor.execute(
            f"""
            GRANT USAGE ON SCHEMA public TO {quote(role)};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quote(role)};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(role)};
            REVOKE INSERT, UPDATE, DELETE ON {", ".join(map(quote, kept_tables()))}
                FROM {quote(role)};
            REVOKE UPDATE, DELETE ON {quote(SignInEvent._meta.db_table)} FROM {quote(role)};
            """
        )
        for function in _history_functions(cursor):
            cursor.execute(
                f"ALTER FUNCTION {function}() SECURITY DEFINER SET search_path = public, pg_temp"
            )
        cursor.execute("SELECT quote_literal(%s)", [owner])
        cursor.execute(NEVER_IGNORE.format(owner=cursor.fetchone()[0]))


def kept_tables():
    """Return the tables that the site's role only reads: history, its contexts, and the seals."""
    models = [history for _, history in tracked_models()] + [Context, Seal, SealedEvent]
    return [model._meta.db_table for model in models] + ["django_migrations"]


def _history_functions(cursor):
    """Return the trigger functions that write the history."""
    cursor.execute(
        """
        SELECT p.oid::regproc::text FROM pg_trigger t
        JOIN pg_proc p ON p.oid = t.tgfoid
        JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relname = ANY(%s)
            AND t.tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_'
        """,
        [[model._meta.db_table for model, _ in tracked_models()]],
    )
    return [name for (name,) in cursor.fetchall()]
