"""The first version of what people agree to, in three languages. Nobody is asked about it anew."""

from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).resolve().parent.parent / "texts"


def write(apps, schema_editor):
    text = apps.get_model("accounts", "ConsentText")
    for kind in ("terms", "privacy"):
        words = {
            code: (TEXTS / f"{kind}.{code}.txt").read_text(encoding="utf-8").strip()
            for code in ("pt", "es", "en")
        }
        text.objects.create(kind=kind, version=1, text=words)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_devices_and_consent")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
