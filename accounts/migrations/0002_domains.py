"""The domains the product ships with; an administrator may add to them (S-03)."""

from django.db import migrations

DOMAINS = [
    ("rural", "农村"),
    ("community", "社区（城市）"),
    ("organ", "机关"),
    ("institution", "事业单位"),
    ("soe", "国有企业"),
    ("new_org", "两新组织"),
    ("school", "学校"),
    ("hospital", "医院"),
]


def add_domains(apps, schema_editor):
    domain = apps.get_model("accounts", "Domain")
    for position, (code, name) in enumerate(DOMAINS, start=1):
        domain.objects.get_or_create(code=code, defaults={"name": name, "position": position})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add_domains, migrations.RunPython.noop)]
