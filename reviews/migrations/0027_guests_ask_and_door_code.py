import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0026_meeting_basis_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="asks_door_code",
            field=models.BooleanField(default=True, verbose_name="扫码签到核对到会码"),
        ),
        migrations.AlterField(
            model_name="question",
            name="asker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
                verbose_name="提问人",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="asker_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="其他提问人"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("asker__isnull", False), ("asker_name", ""))
                | models.Q(("asker__isnull", True), models.Q(("asker_name", ""), _negated=True)),
                name="question_has_one_asker",
            ),
        ),
    ]
