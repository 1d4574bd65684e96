from django.db import migrations

from accounts.models.sealed_keys import KeyUnreadable, open_key, seal_key


def seal_keys(apps, schema_editor):
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        try:
            open_key(device.key, user_id=device.user_id)
        except KeyUnreadable:
            device.key = seal_key(bytes.fromhex(device.key), user_id=device.user_id)
            device.save(update_fields=["key"])


def open_keys(apps, schema_editor):
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = open_key(device.key, user_id=device.user_id).hex()
        device.save(update_fields=["key"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0012_import_files_wait_to_be_read"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppDevice",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunPython(seal_keys, open_keys),
    ]
