from django.db import migrations

# How often a state begins by a day, and right after a deadline: without these the planner takes
# letters that came to be overdue for a few, and reads all of them for one jurisdiction.
STATISTICS = """
CREATE STATISTICS letters_stateinterval_begins
    ON (lower(during)) FROM letters_stateinterval;
CREATE STATISTICS letters_days_after_deadline
    ON (lower(during) - effective_deadline) FROM letters_stateinterval;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0018_search_asks_names_quickly"),
    ]

    operations = [
        migrations.RunSQL(
            STATISTICS,
            "DROP STATISTICS letters_stateinterval_begins, letters_days_after_deadline",
        )
    ]
