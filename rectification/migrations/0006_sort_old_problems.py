"""Problems from before are sorted as a new one would be: domain, responsible person, last year's item."""

from django.db import migrations


def sort_problems(apps, schema_editor):
    Problem = apps.get_model("rectification", "Problem")
    RectificationItem = apps.get_model("rectification", "RectificationItem")
    Reporter = apps.get_model("reporting", "Reporter")
    posts = {(r.cycle_id, r.organization_id): r.post_id for r in Reporter.objects.only("cycle", "organization", "post")}
    known = set(RectificationItem.objects.values_list("pk", flat=True))
    for problem in Problem.objects.select_related("organization", "carried_item").iterator():
        problem.domain_id = problem.organization.domain_id
        problem.responsible_id = posts.get((problem.cycle_id, problem.organization_id))
        if problem.carried_item_id:
            problem.novelty = "old"
            origin = problem.carried_item.origin
            problem.previous_id = origin if origin in known else None
        problem.save(update_fields=["domain", "responsible", "novelty", "previous"])


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0005_problem_scope_and_links"),
        ("reporting", "0015_five_ones_and_self_check"),
    ]

    operations = [migrations.RunPython(sort_problems, migrations.RunPython.noop)]
