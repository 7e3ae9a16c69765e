from django.db import migrations

from letters.state_tallies import SQL


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0021_letters_by_date'),
    ]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
