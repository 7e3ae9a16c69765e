"""Recovery codes of which only the beginning of the hash was kept are gone: none would be taken."""

from django.db import migrations


def delete_codes(apps, schema_editor):
    apps.get_model("otp_static", "StaticToken").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("casefile", "0015_sessions_of_users"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [migrations.RunPython(delete_codes, migrations.RunPython.noop)]
