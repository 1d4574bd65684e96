"""What was decided before versions were kept becomes the first version; the own grade of a closed year stays visible."""

from django.db import migrations
from django.utils import timezone


def keep_versions(apps, schema_editor):
    results = apps.get_model("reviews", "Result").objects
    versions = apps.get_model("reviews", "ResultVersion").objects
    publications = apps.get_model("reviews", "Publication").objects
    for result in results.filter(decided_grade__isnull=False, versions__isnull=True).select_related("reporter__cycle"):
        versions.create(
            result=result,
            number=1,
            composite=result.composite,
            derivation=result.derivation,
            proposed_grade=result.proposed_grade,
            decided_grade=result.decided_grade,
            deciding_meeting=result.deciding_meeting,
            decided_on=result.decided_on,
            reason=result.reason,
            decided_by=result.decided_by,
            at=result.computed_at or timezone.now(),
        )
        cycle = result.reporter.cycle
        if cycle.phase == "closed" and result.decided_by_id and not publications.filter(cycle=cycle).exists():
            publications.create(cycle=cycle, readers="own", at=timezone.now(), by_id=result.decided_by_id)


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0020_versions_corrections_feedback_and_publication'),
    ]

    operations = [migrations.RunPython(keep_versions, migrations.RunPython.noop)]
