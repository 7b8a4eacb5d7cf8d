from django.db import migrations, models


class Migration(migrations.Migration):
    """What was asked before was asked about a SIP: there was nothing else."""

    dependencies = [("cases", "0018_one_counter_for_the_county")]

    operations = [
        migrations.AddField(
            model_name="existencequestion",
            name="module",
            field=models.CharField(choices=[("SIP", "SIP"), ("SPU", "SPU")], default="SIP", max_length=3),
            preserve_default=False,
        ),
    ]
