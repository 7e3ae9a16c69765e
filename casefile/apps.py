from django.apps import AppConfig
from django.db.models.signals import post_migrate

from casefile.triggers import keep_names


class CasefileConfig(AppConfig):
    name = "casefile"
    verbose_name = "Sources"

    def __init__(self, *args):
        super().__init__(*args)
        keep_names()

    def ready(self):
        from casefile import request_ids, slow_queries
        from casefile.database_role import grant_to_app_role
        from casefile.signing_in import checks, recording  # noqa: F401  checks register themselves

        # Of the highest app, so that all tables are there.
        post_migrate.connect(grant_to_app_role, sender=self.apps.get_app_config("letters"))
        recording.connect()
        request_ids.connect()
        slow_queries.connect()
