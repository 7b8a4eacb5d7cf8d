from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assignments", "0002_first_passwords")]

    operations = [
        migrations.AddField(model_name=name, name="may_decide", field=models.BooleanField(default=False))
        for name in ("appointedright", "moduleright")
    ]
