"""Chain the trail and have the database refuse to change it (docs/decisions/0005)."""

from django.db import migrations, models

from accounts.rules.audit import BEGINNING, content_of, entry_hash

TABLE = "accounts_auditentry"
CHAINED = ("number", "previous_hash", "hash")
KEPT = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject_type",
    "subject_id",
    "subject_label",
    "organization_id",
    "before",
    "after",
    "note",
    "is_confidential",
)

POSTGRESQL = [
    f"""
    CREATE FUNCTION {TABLE}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.number IS NULL AND NEW.number IS NOT NULL
         AND to_jsonb(NEW) - '{{{",".join(CHAINED)}}}'::text[] = to_jsonb(OLD) - '{{{",".join(CHAINED)}}}'::text[]
      THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'audit entries are only ever added' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    f"CREATE TRIGGER {TABLE}_guard BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_guard()",
]
REFUSAL = "SELECT RAISE(ABORT, 'audit entries are only ever added')"
SAME = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
NO_DELETE = f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN {REFUSAL}; END"
NO_UPDATE = f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    WHEN NOT (OLD.number IS NULL AND NEW.number IS NOT NULL AND {SAME}) BEGIN {REFUSAL}; END
    """
SQLITE = [NO_DELETE, NO_UPDATE]


def chain_entries(apps, schema_editor):
    """What was written so far, in the order in which it was written."""
    entries = apps.get_model("accounts", "AuditEntry").objects
    entries.filter(subject_type="reviews.scoresheet").update(is_confidential=True)
    previous, batch = BEGINNING, []
    for number, entry in enumerate(entries.order_by("id").iterator(), start=1):
        entry.number, entry.previous_hash = number, previous
        entry.hash = previous = entry_hash(number, previous, content_of(entry))
        batch.append(entry)
        if len(batch) == 500:
            entries.bulk_update(batch, CHAINED)
            batch = []
    entries.bulk_update(batch, CHAINED)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_guard ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_guard()")
    else:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_delete")
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_domains")]
    operations = [
        migrations.AddField(
            "auditentry",
            "is_confidential",
            models.BooleanField(default=False, verbose_name="变更内容不显示"),
        ),
        migrations.AddField(
            "auditentry", "number", models.BigIntegerField(null=True, unique=True, verbose_name="序号")
        ),
        migrations.AddField(
            "auditentry",
            "previous_hash",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            "auditentry", "hash", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(condition=models.Q(("number__isnull", True)), fields=["id"], name="audit_entry_unsealed"),
        ),
        migrations.RunPython(chain_entries, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
