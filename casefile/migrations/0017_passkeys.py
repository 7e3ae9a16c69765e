"""Passkeys are kept by the site itself; those that an app of another kept move here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


MOVE = """
DO $$
BEGIN
    IF to_regclass('django_otp_webauthn_webauthncredential') IS NOT NULL THEN
        INSERT INTO casefile_passkey (user_id, name, confirmed, created_at, last_used_at,
                                      credential_id, public_key, sign_count, transports)
        SELECT user_id, name, confirmed, created_at, last_used_at,
               credential_id, public_key, sign_count, transports
        FROM django_otp_webauthn_webauthncredential
        ORDER BY id;
        DROP TABLE django_otp_webauthn_webauthnattestation,
                   django_otp_webauthn_webauthncredential,
                   django_otp_webauthn_webauthnuserhandle;
        DELETE FROM django_migrations WHERE app = 'django_otp_webauthn';
    END IF;
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casefile', '0016_recovery_codes_are_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='The date and time when this device was initially created in the system.', null=True)),
                ('last_used_at', models.DateTimeField(blank=True, help_text='The most recent date and time this device was used.', null=True)),
                ('credential_id', models.BinaryField(unique=True)),
                ('public_key', models.BinaryField()),
                ('sign_count', models.BigIntegerField(default=0)),
                ('transports', models.JSONField(default=list)),
                ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': [],
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
