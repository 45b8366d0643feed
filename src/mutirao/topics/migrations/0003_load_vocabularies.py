"""Every database has the vocabularies, tests too; a later change of the files needs a new call."""

from django.db import migrations

from mutirao.topics.actions import load_vocabularies


def load(apps, schema_editor):
    load_vocabularies(apps)


class Migration(migrations.Migration):
    dependencies = [("topics", "0002_section")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
