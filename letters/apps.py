from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self):
        from letters.groups import make_groups

        post_migrate.connect(make_groups, sender=self)
