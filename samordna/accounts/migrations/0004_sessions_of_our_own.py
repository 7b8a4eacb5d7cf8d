"""Sessions get a table of our own, with the key that came after one that was replaced. Who is logged in stays so."""

from django.db import migrations, models

COPY = """
INSERT INTO accounts_session (session_key, session_data, expire_date, replaced_by)
SELECT session_key, session_data, expire_date, '' FROM django_session
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_limits_that_fit"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("replaced_by", models.CharField(blank=True, db_index=True, default="", max_length=40)),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop),
    ]
