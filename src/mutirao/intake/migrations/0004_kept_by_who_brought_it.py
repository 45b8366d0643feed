"""Whoever brought a document in looks after it, until they hand it over."""

from django.db import migrations

GIVE = """UPDATE intake_draft SET keeper_id = person_id
WHERE keeper_id IS NULL AND state NOT IN ('accepted', 'discarded')"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_keeper")]

    operations = [migrations.RunSQL(GIVE, migrations.RunSQL.noop)]
