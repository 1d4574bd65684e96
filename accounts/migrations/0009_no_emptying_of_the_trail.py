"""PostgreSQL refuses TRUNCATE of the trail as well (docs/decisions/0005). SQLite has no such statement."""

from django.db import migrations

TABLE = "accounts_auditentry"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        f"""
        CREATE FUNCTION {TABLE}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'audit entries are only ever added' USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_no_truncate()"
    )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_no_truncate()")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_recovery_codes")]
    operations = [migrations.RunPython(guard, unguard)]
