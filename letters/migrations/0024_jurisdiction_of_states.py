"""Where letters stand says to which jurisdiction they are, and is found by it and by enforcement."""

import django.db.models.deletion
from django.db import migrations, models

from letters.state_rule import SQL

FIELD = {
    "db_constraint": False,
    "db_index": False,
    "on_delete": django.db.models.deletion.DO_NOTHING,
    "related_name": "state_intervals",
    "to": "jurisdictions.jurisdiction",
}
# The rule says of kept states what it said before. On the way from a record that has no states yet,
# 0030 keeps them.
FILL = """
    UPDATE letters_stateinterval i SET jurisdiction_id = l.jurisdiction_id
    FROM letters_letter l WHERE l.id = i.letter_id;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jurisdictions", "0011_jurisdiction_by_name"),
        ("letters", "0023_letter_texts"),
    ]

    operations = [
        migrations.AddField(
            "stateinterval", "jurisdiction", models.ForeignKey(null=True, **FIELD)
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("stateinterval", "jurisdiction", models.ForeignKey(**FIELD)),
    ]
