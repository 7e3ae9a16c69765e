from django.db import migrations

from letters.search.upkeep import SQL


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0017_lines_keep_their_direction"),
    ]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
