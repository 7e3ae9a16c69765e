"""Make one staff account for each group, to try the desk with."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

ACCOUNTS = {"editor": "Editors", "reviewer": "Reviewers", "administrator": "Administrators"}


class Command(BaseCommand):
    help = (
        "Makes the staff accounts editor, reviewer and administrator with new passwords, which are"
        " printed once. Accounts that exist are left as they are."
    )

    @transaction.atomic
    def handle(self, **options):
        users = get_user_model().objects
        for username, group in ACCOUNTS.items():
            if users.filter(username=username).exists():
                self.stdout.write(f"{username:14} exists already, with its own password")
                continue
            password = secrets.token_urlsafe(12)
            user = users.create_user(username, password=password, is_staff=True)
            user.groups.add(Group.objects.get(name=group))
            self.stdout.write(f"{username:14} {password}")
