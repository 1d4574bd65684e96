"""Whether what a count deleted is off the disk is kept; rounds of before are scrubbed once more by the clock."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0022_void_lines_of_paper_ballots'),
    ]

    operations = [
        migrations.AddField(
            model_name='ballotround',
            name='scrubbed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='ballotround',
            name='scrub_fault',
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
    ]
