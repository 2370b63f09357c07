import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ampersand", "0015_meetings_video_rooms"),
    ]

    operations = [
        migrations.CreateModel(
            name="NextLook",
            fields=[
                (
                    "pair",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="next_look",
                        serialize=False,
                        to="ampersand.pair",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="ampersand_n_at_acb9a9_idx")],
            },
        ),
        # Pairs that were there before are looked at once, some in each round.
        migrations.RunSQL(
            "INSERT INTO ampersand_nextlook (pair_id, at)"
            " SELECT id, now() FROM ampersand_pair WHERE state <> 'ended'",
            "DELETE FROM ampersand_nextlook",
        ),
    ]
