from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casefile', '0003_quotation_checks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(db_index=True)),
                ('token', models.UUIDField()),
                ('transaction', models.BigIntegerField()),
                ('began_at', models.DateTimeField(db_index=True)),
                ('raised_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-number', models.F('raised_at').desc(nulls_first=True)],
                'constraints': [models.UniqueConstraint(condition=models.Q(('raised_at__isnull', False)), fields=('number',), name='casefile_revision_numbers_differ')],
            },
        ),
    ]
